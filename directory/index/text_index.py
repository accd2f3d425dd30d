"""What a text index is: terms by zone, and in which listings each stands.

An engine only answers where a term stands. What a query means, how hits are weighed and
which filters hold is the same for all engines.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
"""Positions of listings in their order by id, growing."""


class Zone(StrEnum):
    """Where in a listing a word stands."""

    NAME = "name"
    """The name of the service and its other names."""
    TAG = "tag"
    """The names of its kinds of help in both languages, and of their groups."""
    ORGANIZATION = "organization"
    """The name of the organization and its other names."""
    TEXT = "text"
    """All other words: descriptions, whom it takes, area, languages."""


class TextIndex(Protocol):
    """An index over the listings of one snapshot."""

    def rows(self, zone: Zone, term: str) -> Rows:
        """Return the listings that have `term` in `zone`; none for unknown terms."""
        ...

    def prepare(self, terms: Iterable[str]) -> None:  # noqa: ARG002 - an engine may
        """Get ready to answer for `terms`, all at once where that is cheaper."""
        return

    def similar(self, word: str) -> Sequence[str]:  # noqa: ARG002 - an engine may know
        """Return indexed words that look like `word`, the likeliest first."""
        return ()
