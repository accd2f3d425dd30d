"""The names of listings and organizations, for words that are typed as a name."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.index.words import FUNCTION_WORDS, folded_words
from directory.projection import Listing

Rows = NDArray[np.int32]


class Names:
    """Finds listings by a run of words in one of their names."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        """Read all names of `listings`, those of their organizations too."""
        keys: dict[str, str] = {}
        self._keys = [
            "".join(f"|{_cached_key(name, keys)}|" for name in names_of(listing))
            for listing in listings
        ]
        self._all = "\n".join(self._keys)

    def holding(self, words: Iterable[str]) -> Rows:
        """Return the listings one of whose names has these words in this order."""
        return self._rows(f" {name_key(words)} ")

    def being(self, words: Iterable[str]) -> Rows:
        """Return the listings one of whose names is these words."""
        return self._rows(f"| {name_key(words)} |")

    def _rows(self, key: str) -> Rows:
        if not key.strip(" |") or key not in self._all:
            return np.zeros(0, dtype=np.int32)
        rows = (row for row, keys in enumerate(self._keys) if key in keys)
        return np.fromiter(rows, dtype=np.int32)


def names_of(listing: Listing) -> tuple[str, ...]:
    """Return every name that a listing goes by."""
    organization = listing.organization
    return (
        listing.name,
        *listing.alternate_names,
        organization.name,
        *organization.alternate_names,
    )


def name_key(words: Iterable[str]) -> str:
    """Return words joined, without those that hold a sentence together."""
    return " ".join(word for word in words if word not in FUNCTION_WORDS)


def _cached_key(name: str, keys: dict[str, str]) -> str:
    if name not in keys:
        keys[name] = f" {name_key(folded_words(name))} "
    return keys[name]
