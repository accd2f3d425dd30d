"""Whether a person can be understood."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.candidate import Candidate, Spoken

ANY_LANGUAGE = "mul"


class LanguageMatch(StrEnum):
    """How the best of the person's languages is offered."""

    STAFF = "staff"
    INTERPRETER = "interpreter"
    NOT_RECORDED = "not_recorded"
    NOT_LISTED = "not_listed"
    """The listing names other languages only."""


_MATCHES = tuple(LanguageMatch)
_VALUES = np.array(
    [
        criteria.LANGUAGE_STAFF,
        criteria.LANGUAGE_INTERPRETER,
        criteria.LANGUAGE_NOT_RECORDED,
        criteria.LANGUAGE_NOT_LISTED,
    ]
)


class Languages:
    """The languages of a catalog, a column for each."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read the languages of `candidates`."""
        size = len(candidates)
        self._spoken: dict[str, NDArray[np.int8]] = {}
        self._recorded = np.zeros(size, dtype=np.bool_)
        for row, candidate in enumerate(candidates):
            self._recorded[row] = bool(candidate.languages)
            for code, spoken in candidate.languages.items():
                column = self._spoken.setdefault(
                    _primary(code), np.zeros(size, dtype=np.int8)
                )
                column[row] = max(column[row], spoken)

    def judge(
        self, wanted: Sequence[str], *, interpreter_ok: bool | None
    ) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
        """Return the `LanguageMatch` (by number) and the value of each row.

        Without a language wanted, or with English among them, everybody is understood.
        """
        size = self._recorded.size
        if not wanted or "en" in {_primary(code) for code in wanted}:
            return np.zeros(size, dtype=np.int8), np.ones(size)
        best = np.where(self._recorded, 3, 2).astype(np.int8)
        values = _VALUES[best]
        weight = 1.0
        for code in wanted:
            match = self._match(_primary(code), interpreter_ok=interpreter_ok)
            value = _VALUES[match] * weight
            better = (match < best) & (value > values)
            best = np.where(better, match, best).astype(np.int8)
            values = np.where(better, value, values)
            weight *= criteria.LATER_LANGUAGE
        return best, values

    def _match(self, code: str, *, interpreter_ok: bool | None) -> NDArray[np.int8]:
        none = np.zeros(self._recorded.size, dtype=np.int8)
        spoken = self._spoken.get(code, none)
        match = np.where(spoken == Spoken.STAFF, 0, 3)
        if interpreter_ok is not False:
            any_language = self._spoken.get(ANY_LANGUAGE, none)
            interpreted = (spoken == Spoken.INTERPRETER) | (any_language > 0)
            match = np.where((match > 1) & interpreted, 1, match)
        return match.astype(np.int8)


def match_of(number: int) -> LanguageMatch:
    """Return the match that a row's number stands for."""
    return _MATCHES[number]


def _primary(code: str) -> str:
    """Return the language of a BCP 47 tag without script or region."""
    return code.lower().split("-", 1)[0]
