"""Passages: in which zones of a listing some words stand in their order."""

from collections.abc import Callable, Mapping, Sequence

from directory.index.text_index import Zone
from directory.index.words import folded_words
from directory.projection import Listing

_KEPT = 5_000

Texts = Callable[[Listing], Mapping[Zone, tuple[str, ...]]]


class Passages:
    """Reads the texts of listings again, for words in quotation marks.

    An index holds which words stand where and not in which order. A quotation is rare,
    and few listings have all its words, so those are read.
    """

    def __init__(self, listings: Sequence[Listing], texts: Texts) -> None:
        """Read `listings`, whose texts by zone `texts` gives."""
        self._listings = listings
        self._texts = texts
        self._read: dict[int, Mapping[Zone, str]] = {}

    def zones(self, row: int, words: Sequence[str]) -> list[Zone]:
        """Return the zones of the listing in `row` that have `words` in this order."""
        key = f" {' '.join(words)} "
        return [zone for zone, text in self._zones(row).items() if key in text]

    def _zones(self, row: int) -> Mapping[Zone, str]:
        found = self._read.get(row)
        if found is None:
            texts = self._texts(self._listings[row])
            found = {zone: _joined(some) for zone, some in texts.items()}
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[row] = found
        return found


def _joined(texts: Sequence[str]) -> str:
    """Return the folded words of texts, so that no run of words goes across two."""
    return "|".join(f" {' '.join(folded_words(text))} " for text in texts)
