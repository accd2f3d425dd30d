"""The phrasebook: which runs of words mean which concepts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.index.words import (
    FUNCTION_WORDS,
    english_term,
    folded_words,
    spanish_term,
)
from directory.vocabulary import Concept, Term

MAX_PHRASE = 6
"""Words of the longest phrase that is looked for."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A run of words that means something: `start` to `end`, and the concepts."""

    start: int
    end: int
    concepts: tuple[int, ...]


class Phrasebook:
    """Finds the longest phrases in a row of words, in both languages.

    Words are compared as they are first, then by their stems: "abogados" is found where
    a row says "abogado". Words that only hold a sentence together are not looked at.
    """

    def __init__(self, concepts: Sequence[Concept], terms: Mapping[str, Term]) -> None:
        """Hold the synonyms, and the names of terms as concepts of their own."""
        self.concepts = (*concepts, *(_concept_of(t) for t in _services(terms)))
        self._keys: dict[Key, set[int]] = defaultdict(set)
        self._words: set[str] = set()
        for number, concept in enumerate(self.concepts):
            self._add(number, concept.english, english=True)
            self._add(number, concept.spanish, english=False)
        self._starts = {key[0] for key in self._keys}

    @property
    def words(self) -> frozenset[str]:
        """All words that stand in some phrase, without accents."""
        return frozenset(self._words)

    @property
    def stems(self) -> frozenset[str]:
        """The terms of all words that stand in some phrase, in its language."""
        return frozenset(part for key in self._keys for part in key)

    def find(self, words: Sequence[str]) -> list[Phrase]:
        """Return the phrases in `words`, the longest first taken, in their order."""
        found: list[Phrase] = []
        start = 0
        while start < len(words):
            phrase = self._longest(words, start)
            if phrase is None:
                start += 1
                continue
            found.append(phrase)
            start = phrase.end
        return found

    def concepts_in(self, words: Sequence[str]) -> set[int]:
        """Return all concepts that some phrase in `words` means."""
        kept = [word for word in words if word not in FUNCTION_WORDS]
        found: set[int] = set()
        for column in _forms(kept):
            for start, form in enumerate(column):
                if form in self._starts:
                    found.update(self._from(column, start))
        return found

    def _from(self, column: Sequence[str], start: int) -> Iterator[int]:
        for end in range(start + 1, min(start + MAX_PHRASE, len(column)) + 1):
            yield from self._keys.get(tuple(column[start:end]), ())

    def _longest(self, words: Sequence[str], start: int) -> Phrase | None:
        if words[start] in FUNCTION_WORDS:
            return None
        last = min(len(words), start + 2 * MAX_PHRASE)
        # An empty word stands for one that is part of no phrase.
        last = next((n for n in range(start, last) if not words[n]), last)
        for end in range(last, start, -1):
            if words[end - 1] in FUNCTION_WORDS:
                continue
            kept = [w for w in words[start:end] if w not in FUNCTION_WORDS]
            concepts = self.meaning(kept)
            if concepts:
                return Phrase(start=start, end=end, concepts=concepts)
        return None

    def meaning(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the concepts of a whole phrase; its own form before its stems."""
        for form in _forms(words):
            found = self._keys.get(tuple(form))
            if found:
                return tuple(sorted(found))
        return ()

    def _add(self, number: int, phrases: Iterable[str], *, english: bool) -> None:
        for phrase in phrases:
            words = [w for w in folded_words(phrase) if w not in FUNCTION_WORDS]
            if not words or len(words) > MAX_PHRASE:
                continue
            self._words.update(words)
            self._keys[tuple(words)].add(number)
            stems = [english_term(w) if english else spanish_term(w) for w in words]
            self._keys[tuple(stems)].add(number)


def _services(terms: Mapping[str, Term]) -> list[Term]:
    return [term for term in terms.values() if not term.is_group]


def _concept_of(term: Term) -> Concept:
    return Concept(
        codes=(term.code,),
        english=tuple(filter(None, (term.name_en, term.lay_en))),
        spanish=tuple(filter(None, (term.name_es, term.lay_es))),
        soft=False,
        source="taxonomy",
    )


def _forms(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    return (
        list(words),
        [english_term(word) for word in words],
        [spanish_term(word) for word in words],
    )
