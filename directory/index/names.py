"""The names of listings and organizations, for words that are typed as a name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from directory.index.words import FUNCTION_WORDS, folded_words
from directory.projection import Listing, OrganizationListing

Rows = NDArray[np.int32]

_NONE: Rows = np.zeros(0, dtype=np.int32)

SHORTEST_ACRONYM = 3
LONGEST_ACRONYM = 6


class Names:
    """Finds listings by a run of words in one of their names."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        """Read all names of `listings`, those of their organizations too."""
        keys: dict[str, str] = {}
        self._bodies = [_keys(organization_names(x), keys) for x in listings]
        self._keys = [
            body + _keys((listing.name, *listing.alternate_names), keys)
            for body, listing in zip(self._bodies, listings, strict=True)
        ]
        rows: dict[str, list[int]] = defaultdict(list)
        for row, names in enumerate(self._keys):
            for word in set(names.replace("|", " ").split()):
                rows[word].append(row)
        self._rows_of = {w: np.array(some, dtype=np.int32) for w, some in rows.items()}

    def holding(self, words: Iterable[str]) -> Rows:
        """Return the listings one of whose names has these words in this order."""
        return self._having(self._keys, words, " ")

    def being(self, words: Iterable[str]) -> Rows:
        """Return the listings one of whose names is these words."""
        return self._having(self._keys, words, "|")

    def of_bodies(self, words: Sequence[str], most: int) -> Rows:
        """Return the listings of the organizations that these words name.

        That are those that bear the name, or else those with the words in their name,
        unless they are more than `most`.
        """
        for edge in ("|", " "):
            rows = self._having(self._bodies, words, edge)
            if rows.size and len({self._bodies[row] for row in rows.tolist()}) <= most:
                return rows
        return np.zeros(0, dtype=np.int32)

    def _having(self, names: Sequence[str], words: Iterable[str], edge: str) -> Rows:
        """Return the listings whose `names` have `words` in a row, `edge` around it."""
        key = name_key(words)
        bare = f" {key} "
        whole = f"|{bare}|" if edge == "|" else bare
        found = (row for row in self._with_all(key.split()) if whole in names[row])
        return np.fromiter(found, dtype=np.int32)

    def _with_all(self, words: Sequence[str]) -> list[int]:
        """Return the listings that have all of `words` somewhere in their names."""
        found = [self._rows_of.get(word, _NONE) for word in words]
        if not found:
            return []
        fewest = min(found, key=len)
        for rows in found:
            fewest = fewest[np.isin(fewest, rows, assume_unique=True)]
        return [int(row) for row in fewest]


def organization_names(listing: Listing) -> tuple[str, ...]:
    """Return every name that the organization of a listing goes by."""
    organization = listing.organization
    names = (organization.name, *organization.alternate_names)
    return (*names, *acronyms(organization))


def acronyms(organization: OrganizationListing) -> tuple[str, ...]:
    """Return the acronyms of an organization's names: `LANC`, `DCRC`."""
    names = (organization.name, *organization.alternate_names)
    found = (acronym for name in names for acronym in _initials(name))
    return tuple(dict.fromkeys(found))


def name_key(words: Iterable[str]) -> str:
    """Return words joined, without those that hold a sentence together."""
    return " ".join(word for word in words if word not in FUNCTION_WORDS)


def _initials(name: str) -> Iterator[str]:
    """Yield the initials of the words of a name, and of its part before a dash."""
    for part in dict.fromkeys((name, name.partition(" - ")[0])):
        words = [word for word in folded_words(part) if word not in FUNCTION_WORDS]
        letters = "".join(_letter(word) for word in words)
        if SHORTEST_ACRONYM <= len(letters) <= LONGEST_ACRONYM and len(words) > 1:
            yield letters.upper()


def _letter(word: str) -> str:
    return word if word == "nc" else word[0]


def _keys(names: Iterable[str], keys: dict[str, str]) -> str:
    return "".join(f"|{_cached_key(name, keys)}|" for name in names)


def _cached_key(name: str, keys: dict[str, str]) -> str:
    if name not in keys:
        keys[name] = f" {name_key(folded_words(name))} "
    return keys[name]
