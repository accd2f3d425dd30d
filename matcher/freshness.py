"""How lately somebody confirmed what a listing says, and what speaks against it."""

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.bits import Rows
from matcher.candidate import Candidate
from matcher.criteria import (
    DOUBTS,
    FRESHNESS_SHARES,
    HALF_LIFE_DAYS,
    SOURCE_HALF_LIFE_DAYS,
    SOURCED,
)


class Freshness:
    """The days on which facts were confirmed, a column for each fact."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read the verifications and sources of `candidates`."""
        self._confirmed = {
            fact: _days([confirmed_on(c, fact) for c in candidates])
            for fact in FRESHNESS_SHARES
        }
        self._sourced = _days([c.sourced for c in candidates])
        self._trust = np.array([_trust(c) for c in candidates], dtype=np.float64)

    def judge(self, day: dt.date, rows: Rows) -> NDArray[np.float64]:
        """Return the value of each of `rows` on `day`.

        It is 1 where all was confirmed that day. A listing that nobody confirmed is
        worth what its source is worth, and each doubt takes its share.
        """
        source = _decayed(self._sourced[rows], day, SOURCE_HALF_LIFE_DAYS)
        confirmed = np.zeros(rows.size)
        for fact, share in FRESHNESS_SHARES.items():
            days = self._confirmed[fact][rows]
            confirmed += share * _decayed(days, day, HALF_LIFE_DAYS[fact])
        fresh: NDArray[np.float64] = np.maximum(confirmed, SOURCED * source)
        return fresh * self._trust[rows]


def confirmed_on(candidate: Candidate, fact: str) -> dt.date | None:
    """Return when `fact` was confirmed, on its own or with the record as a whole."""
    days = (candidate.verified.get(fact), candidate.verified.get("record"))
    return max((day for day in days if day is not None), default=None)


def _trust(candidate: Candidate) -> float:
    """Return what the doubts about `candidate` leave of its value."""
    return math.prod(
        DOUBTS[kind][min(count, len(DOUBTS[kind])) - 1]
        for kind, count in candidate.doubts.items()
    )


def _days(days: Sequence[dt.date | None]) -> NDArray[np.float64]:
    return np.array([-np.inf if d is None else float(d.toordinal()) for d in days])


def _decayed(
    days: NDArray[np.float64], day: dt.date, half_life: float
) -> NDArray[np.float64]:
    age = np.maximum(day.toordinal() - days, 0.0)
    values: NDArray[np.float64] = np.exp2(-age / half_life)
    return values
