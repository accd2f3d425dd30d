"""Spelling: typed words into the words that are searched for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from directory.index.filler import FILLER
from directory.index.lexicon import Lexicon
from directory.index.phrases import Phrasebook
from directory.index.quotation import pieces_of
from directory.index.words import FUNCTION_WORDS, Word, words_of

MAX_WORDS = 32
"""Words that are read of what was typed."""

_CANDIDATES = 8
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWord:
    """A typed word, the word that is searched for it, and its other completions.

    `quotation` is the number of the quotation that it stands in, 0 for none.
    """

    word: Word
    searched: str
    completions: tuple[str, ...] = ()
    quotation: int = 0

    @property
    def free(self) -> str:
        """The searched word, and nothing for one in a quotation.

        What stands in a quotation is no place, and part of no other phrase.
        """
        return "" if self.quotation else self.searched

    @property
    def shown(self) -> str:
        """The word with the accents that were typed, or as it was corrected."""
        return self.word.exact if self.searched == self.word.folded else self.searched


class Speller:
    """Corrects typos, completes words and parts what was written as one."""

    def __init__(
        self,
        lexicon: Lexicon,
        phrasebook: Phrasebook,
        similar: Callable[[str], Sequence[str]],
    ) -> None:
        """Know the words of `lexicon`; `similar` may know words that look alike."""
        self._lexicon = lexicon
        self._phrasebook = phrasebook
        self._similar = similar

    def read(self, text: str) -> tuple[list[TypedWord], dict[str, str]]:
        """Return the words that are searched, and the typos among them."""
        typed: list[TypedWord] = []
        corrected: dict[str, str] = {}
        words = list(_words_in(text))[:MAX_WORDS]
        for position, (word, quotation) in enumerate(words):
            if quotation:
                typed.append(
                    TypedWord(word=word, searched=word.folded, quotation=quotation)
                )
                continue
            before = _next_to([one.free for one in reversed(typed)])
            after = self._meant(_next_to([w.folded for w, _ in words[position + 1 :]]))
            read = self._read(word, before, after)
            typed.extend(read)
            meant = " ".join(one.searched for one in read)
            if meant != word.folded:
                corrected[word.exact] = meant
        return typed, corrected

    def is_word(self, word: str) -> bool:
        """Tell whether a word means something, and is no unknown place."""
        return (
            not word
            or word in FILLER
            or word in FUNCTION_WORDS
            or self._lexicon.knows(word)
        )

    def _read(self, word: Word, before: str, after: str) -> list[TypedWord]:
        """Return what is searched for a word that stands between two others."""
        folded = word.folded
        if self.is_word(folded):
            return [TypedWord(word=word, searched=folded)]
        parts = self._parts(folded)
        if parts:
            return [TypedWord(word=Word(part, part), searched=part) for part in parts]
        completions = self._lexicon.completions(folded)
        if completions:
            meant = self._fitting(completions, before, after)
            return [TypedWord(word=word, searched=meant, completions=completions)]
        corrections = self._corrections(folded)
        meant = self._fitting(corrections, before, after) if corrections else folded
        return [TypedWord(word=word, searched=meant)]

    def _meant(self, word: str) -> str:
        """Return a word as it stands alone, without its typo."""
        return word if self.is_word(word) else self._lexicon.correction(word) or word

    def _corrections(self, word: str) -> tuple[str, ...]:
        found = self._lexicon.corrections(word)
        return found or self._lexicon.likely(word, self._similar(word))

    def _fitting(self, candidates: Sequence[str], before: str, after: str) -> str:
        """Return the first candidate, or one that makes a phrase with its neighbours.

        "birth certificat" is a certificate, though "certification" is more frequent.
        """
        for candidate in candidates[:_CANDIDATES]:
            for pair in ((before, candidate), (candidate, after)):
                if all(pair) and self._phrasebook.meaning(pair):
                    return candidate
        return candidates[0]

    def _parts(self, word: str) -> tuple[str, str] | None:
        """Return the two words of a phrase that was written as one: `foodstamps`."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = word[:cut], word[cut:]
            if self._phrasebook.meaning(parts):
                return parts
        return None


def _next_to(words: Sequence[str]) -> str:
    """Return the nearest of `words` that does more than hold a sentence together."""
    return next((word for word in words if word not in FUNCTION_WORDS), "")


def _words_in(text: str) -> Iterator[tuple[Word, int]]:
    """Yield the words of `text`, each with the number of its quotation."""
    for number, (piece, quoted) in enumerate(pieces_of(text), start=1):
        yield from ((word, number if quoted else 0) for word in words_of(piece))
