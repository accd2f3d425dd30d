"""Which synonym a listing mentions, so that the reason of a hit says what is true."""

from collections.abc import Iterator
from functools import cached_property

from directory.index.text_index import TextIndex, Zone
from directory.index.words import FUNCTION_WORDS, folded_words, terms_of_word


class Mentions:
    """The synonyms of one thing that is asked for, by who mentions them.

    They are looked up when the first reason needs them.
    """

    def __init__(self, index: TextIndex, phrases: tuple[str, ...]) -> None:
        """Look for `phrases` in `index`."""
        self._index = index
        self._phrases = phrases

    def of(self, row: int) -> str:
        """Return the first synonym that the listing in `row` mentions, if any."""
        return next((phrase for phrase, rows in self._found if row in rows), "")

    @cached_property
    def _found(self) -> list[tuple[str, set[int]]]:
        words = {word for phrase in self._phrases for word in _words(phrase)}
        self._index.prepare(term for word in words for term in _terms(word))
        return [(phrase, self._rows(phrase)) for phrase in self._phrases]

    def _rows(self, phrase: str) -> set[int]:
        """Return the listings that have all words of `phrase`."""
        words = _words(phrase)
        if not words:
            return set()
        return set.intersection(*(set(self._having(word)) for word in words))

    def _having(self, word: str) -> Iterator[int]:
        for zone in (Zone.NAME, Zone.ORGANIZATION, Zone.TEXT):
            for term in _terms(word):
                yield from self._index.rows(zone, term).tolist()


def _words(phrase: str) -> list[str]:
    return [word for word in folded_words(phrase) if word not in FUNCTION_WORDS]


def _terms(word: str) -> list[str]:
    return terms_of_word(word, ("en", "es"))
