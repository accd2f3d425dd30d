"""How lately somebody confirmed a listing."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.candidate import Candidate
from matcher.criteria import HALF_LIFE_DAYS


class Freshness:
    """The day of the last verification of each row."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Read the verifications of `candidates`."""
        self._days = np.array([_last(c.verified) for c in candidates], dtype=np.float64)

    def judge(self, day: dt.date) -> NDArray[np.float64]:
        """Return the value of each row on `day`: 1 when confirmed that day, 0 never."""
        age = np.maximum(day.toordinal() - self._days, 0.0)
        values: NDArray[np.float64] = np.exp2(-age / HALF_LIFE_DAYS)
        return values


def _last(verified: dict[str, dt.date]) -> float:
    day = verified.get("record")
    return float(day.toordinal()) if day is not None else -np.inf
