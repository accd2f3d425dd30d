"""Columns in which a row has any number of entries: its sites, its opening hours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.bits import Mask, Rows

Entry = Sequence[float]


class Ragged:
    """The entries of all rows in one table, those of a row side by side."""

    def __init__(self, entries: Sequence[Sequence[Entry]], *, width: int) -> None:
        """Read the `entries` of each row, each of `width` numbers."""
        self._counts: Rows = np.array([len(e) for e in entries], dtype=np.intp)
        self._first: Rows = np.cumsum(self._counts) - self._counts
        flat = [entry for of_row in entries for entry in of_row]
        self.table = np.array(flat, dtype=np.float64).reshape(-1, width)

    def of(self, rows: Rows) -> tuple[Rows, NDArray[np.float64]]:
        """Return the entries of `rows`, and for each the place of its row in `rows`."""
        counts = self._counts[rows]
        owners = np.repeat(np.arange(rows.size), counts)
        within = np.arange(owners.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return owners, self.table[np.repeat(self._first[rows], counts) + within]


def any_of(owners: Rows, chosen: Mask, size: int) -> Mask:
    """Tell for each of `size` rows whether one of its entries is `chosen`."""
    some = np.zeros(size, dtype=np.bool_)
    some[owners[chosen]] = True
    return some


def least_of(
    owners: Rows, values: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Return the least value of each of `size` rows, infinite where it has none."""
    least = np.full(size, np.inf)
    np.minimum.at(least, owners, values)
    return least
