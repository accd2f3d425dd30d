"""Whole numbers that each row accepts, such as ages."""

from collections.abc import Sequence

import numpy as np

from matcher import bits
from matcher.bits import Bits, Mask

LOWEST, HIGHEST = 0, 30_000

_Spans = list[tuple[int, int]]


class Intervals:
    """A set of whole numbers for each row, as spans that do not touch.

    A row accepts every number until something is said of it.
    """

    def __init__(self, size: int) -> None:
        """Let `size` rows accept every number."""
        self._size = size
        self._spans: dict[int, _Spans] = {}
        self.seal()

    def keep(self, row: int, low: int, high: int | None) -> None:
        """Leave only what is from `low` to `high`, both included."""
        top = HIGHEST if high is None else high
        self._spans[row] = [
            (max(a, low), min(b, top))
            for a, b in self._of(row)
            if max(a, low) <= min(b, top)
        ]

    def take_away(self, row: int, low: int, high: int | None) -> None:
        """Leave only what is not from `low` to `high`, both included."""
        top = HIGHEST if high is None else high
        left = [(a, min(b, low - 1)) for a, b in self._of(row)]
        right = [(max(a, top + 1), b) for a, b in self._of(row)]
        self._spans[row] = sorted((a, b) for a, b in {*left, *right} if a <= b)

    def seal(self) -> None:
        """Make columns of it; nothing is said after that."""
        rows = sorted(self._spans)
        depth = max((len(spans) for spans in self._spans.values()), default=0)
        # A row with fewer spans is filled up with empty ones.
        padded = [
            [*self._spans[row], *[(1, 0)] * (depth - len(self._spans[row]))]
            for row in rows
        ]
        table = np.array(padded, dtype=np.int32).reshape(len(rows), depth, 2)
        self._rows = np.array(rows, dtype=np.intp)
        self._low, self._high = table[:, :, 0], table[:, :, 1]
        self.limited = bits.of_rows(self._rows, self._size)

    def missing(self, low: int, high: int) -> Bits:
        """Return the rows that accept no number from `low` to `high`."""
        overlap = np.maximum(self._low, low) <= np.minimum(self._high, high)
        return self._where(np.logical_not(overlap.any(axis=1)))

    def not_holding(self, low: int, high: int) -> Bits:
        """Return the rows that do not accept all numbers from `low` to `high`."""
        holds = (self._low <= low) & (high <= self._high)
        return self._where(np.logical_not(holds.any(axis=1)))

    def _of(self, row: int) -> Sequence[tuple[int, int]]:
        return self._spans.get(row, [(LOWEST, HIGHEST)])

    def _where(self, chosen: Mask) -> Bits:
        return bits.of_rows(self._rows[chosen], self._size)
