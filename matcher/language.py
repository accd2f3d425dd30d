"""Whether a person can be understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.bits import Mask, Rows
from matcher.candidate import Candidate, Spoken

ANY_LANGUAGE = "mul"
ENGLISH = "en"


class LanguageMatch(StrEnum):
    """How the best of the person's languages is offered."""

    STAFF = "staff"
    INTERPRETER = "interpreter"
    NOT_RECORDED = "not_recorded"
    NOT_LISTED = "not_listed"
    """The listing names other languages only."""


_MATCHES = tuple(LanguageMatch)
_STAFF, _INTERPRETER, _NOT_RECORDED, _NOT_LISTED = range(len(_MATCHES))
_VALUES = np.array(
    [
        criteria.LANGUAGE_STAFF,
        criteria.LANGUAGE_INTERPRETER,
        criteria.LANGUAGE_NOT_RECORDED,
        criteria.LANGUAGE_NOT_LISTED,
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How some rows understand the person, in their order.

    `match` holds numbers of `LanguageMatch`, and `spoken` which of the languages that
    were wanted it is about.
    """

    match: NDArray[np.int8]
    values: NDArray[np.float64]
    spoken: NDArray[np.int8]


class Languages:
    """The languages of a catalog, a column for each."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read the languages of `candidates`."""
        size = len(candidates)
        self._none = np.zeros(size, dtype=np.int8)
        self._spoken: dict[str, NDArray[np.int8]] = {}
        self._listed = np.zeros(size, dtype=np.bool_)
        for row, candidate in enumerate(candidates):
            for code, spoken in candidate.languages.items():
                column = self._spoken.setdefault(_primary(code), self._none.copy())
                column[row] = max(column[row], spoken)
            self._listed[row] = bool(candidate.languages.keys() - {ANY_LANGUAGE})

    def judge(
        self, wanted: Sequence[str], rows: Rows, *, interpreter_ok: bool | None
    ) -> Understood:
        """Return how each of `rows` understands one of the languages `wanted`.

        The best language comes first, and a later one counts a little less. Without
        any everybody is understood, and English is spoken everywhere.
        """
        silent = np.where(self._listed[rows], _NOT_LISTED, _NOT_RECORDED)
        best = silent if wanted else np.full(rows.size, _STAFF)
        values = _VALUES[best]
        spoken = np.zeros(rows.size, dtype=np.int8)
        weight = 1.0
        for place, code in enumerate(wanted):
            offered, match = self._match(_primary(code), rows, interpreter_ok)
            value = _VALUES[match] * weight
            better = offered & (value > values)
            best = np.where(better, match, best)
            values = np.where(better, value, values)
            spoken[better] = place
            weight *= criteria.LATER_LANGUAGE
        return Understood(match=best.astype(np.int8), values=values, spoken=spoken)

    def _match(
        self,
        code: str,
        rows: Rows,
        interpreter_ok: bool | None,  # noqa: FBT001 - an answer
    ) -> tuple[Mask, NDArray[np.int_]]:
        """Tell where a language is offered at all, and how.

        Papers in a language are a sign that it can be asked for, and no more.
        """
        if code == ENGLISH:
            return np.ones(rows.size, dtype=np.bool_), np.full(rows.size, _STAFF)
        spoken = self._spoken.get(code, self._none)[rows]
        interpreted = spoken == Spoken.INTERPRETER
        interpreted |= self._spoken.get(ANY_LANGUAGE, self._none)[rows] > 0
        interpreted &= interpreter_ok is not False
        match = np.select(
            [spoken == Spoken.STAFF, interpreted],
            [_STAFF, _INTERPRETER],
            default=_NOT_RECORDED,
        )
        return interpreted | (spoken > 0), match


def match_of(number: int) -> LanguageMatch:
    """Return the match that a row's number stands for."""
    return _MATCHES[number]


def _primary(code: str) -> str:
    """Return the language of a BCP 47 tag without script or region."""
    return code.lower().split("-", 1)[0]
