"""Sets of rows of the catalog, kept as bits in machine words."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

_WORD = 64


def empty(size: int) -> Bits:
    """Return the empty set over `size` rows."""
    return np.zeros(-(-size // _WORD), dtype=np.uint64)


def none_of(bits: Bits) -> Bits:
    """Return the empty set over as many rows as `bits`."""
    return np.zeros_like(bits)


def of_rows(rows: Iterable[int] | Rows, size: int) -> Bits:
    """Return the set of `rows` out of `size`."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[rows if isinstance(rows, np.ndarray) else list(rows)] = True
    return of_mask(mask)


def of_mask(mask: Mask) -> Bits:
    """Return the set of the rows for which `mask` is true."""
    padded = np.zeros(-(-mask.size // _WORD) * _WORD, dtype=np.bool_)
    padded[: mask.size] = mask
    return np.packbits(padded, bitorder="little").view(np.uint64)


def to_mask(bits: Bits, size: int) -> Mask:
    """Return `bits` as one truth value a row."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(
        np.bool_
    )


def to_rows(bits: Bits, size: int) -> Rows:
    """Return the rows in `bits`, in order."""
    return np.flatnonzero(to_mask(bits, size))


def has(bits: Bits, row: int) -> bool:
    """Tell whether `row` is in `bits`."""
    return bool((int(bits[row // _WORD]) >> (row % _WORD)) & 1)


def count(bits: Bits) -> int:
    """Return how many rows are in `bits`."""
    return int(np.bitwise_count(bits).sum())
