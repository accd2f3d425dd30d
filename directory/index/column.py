"""A column of the catalog: which listings have which value, as masks."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


class Column:
    """The values of one filter, and a mask over all listings for each."""

    def __init__(self, codes: Sequence[str], values: Sequence[Iterable[str]]) -> None:
        """Hold `values` by listing; `codes` are those that there can be, in order."""
        self._rows = {code: row for row, code in enumerate(codes)}
        self.codes = tuple(codes)
        self._matrix = np.zeros((len(codes), len(values)), dtype=np.bool_)
        for position, held in enumerate(values):
            for code in held:
                row = self._rows.get(code)
                if row is not None:
                    self._matrix[row, position] = True

    def having(self, code: str) -> Mask:
        """Return the listings that have `code`; none have an unknown one."""
        row = self._rows.get(code)
        if row is None:
            return np.zeros(self._matrix.shape[1], dtype=np.bool_)
        mask: Mask = self._matrix[row]
        return mask

    def any_of(self, codes: Iterable[str]) -> Mask:
        """Return the listings that have any of `codes`."""
        mask = np.zeros(self._matrix.shape[1], dtype=np.bool_)
        for code in codes:
            mask |= self.having(code)
        return mask

    def counts(self, base: Mask) -> Mapping[str, int]:
        """Return how many of `base` have each value."""
        counted = np.count_nonzero(self._matrix & base, axis=1)
        return dict(zip(self.codes, counted.tolist(), strict=True))
