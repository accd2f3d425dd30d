"""Understanding a query: place, kinds of help, words, and what is left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from directory.index.document import concept_term
from directory.index.filler import FILLER
from directory.index.lexicon import Lexicon
from directory.index.phrases import Phrase, Phrasebook
from directory.index.result import SearchRequest, Understood
from directory.index.where import (
    Where,
    WhereFinder,
    bare_place,
    unknown_place,
    without_state,
)
from directory.index.words import (
    FUNCTION_WORDS,
    Word,
    english_term,
    folded_words,
    terms_of_word,
    words_of,
)
from directory.places import FoundPlace, Gazetteer
from directory.vocabulary import Concept

MAX_WORDS = 32
"""Words that are read of what was typed."""

MAX_ALSO = 6
"""Synonyms that are named; all are searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that is asked for.

    A listing has it when it has all `words` (each in any of its forms), or any of the
    concepts, or a kind of help that is meant. A `soft` clause only lifts what has it.
    `text` is how it is shown.
    """

    text: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    concepts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was made of a request."""

    clauses: tuple[Clause, ...]
    county: str | None
    phrase: tuple[str, ...]
    """All words but those of the place, as a name would have them."""
    whole: tuple[str, ...]
    """All words, those of the place too."""
    text_without_place: str
    understood: Understood

    @property
    def required(self) -> tuple[Clause, ...]:
        """The clauses that a hit must have: if all are soft, all of them."""
        hard = tuple(clause for clause in self.clauses if not clause.soft)
        return hard or self.clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """A typed word, the word that is searched for it, and its other completions."""

    word: Word
    searched: str
    completions: tuple[str, ...] = ()


@dataclass(slots=True)
class _Place:
    """What was made of the place so far."""

    county: str | None = None
    text: str = ""
    note: str | None = None
    unknown: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)


class QueryReader:
    """Reads requests with the words and places that it knows."""

    def __init__(
        self,
        *,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        phrasebook: Phrasebook,
        finder: WhereFinder,
    ) -> None:
        """Hold what is known of words and places."""
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._phrasebook = phrasebook
        self._finder = finder

    def read(self, request: SearchRequest) -> Query:
        """Return what `request` asks for, and what was understood of it."""
        typed, corrected = self._typed(words_of(request.text)[:MAX_WORDS])
        searched = [word.searched for word in typed]
        place = self._place(request, typed)
        gone = {n for start, end in place.taken for n in range(start, end)}
        kept = [word for n, word in enumerate(typed) if n not in gone]
        clauses = tuple(dict.fromkeys(self._clauses(kept)))
        return Query(
            clauses=clauses,
            county=place.county,
            phrase=tuple(word.searched for word in kept),
            whole=tuple(searched),
            text_without_place=" ".join(word.word.exact for word in kept),
            understood=_understood(clauses, place, corrected),
        )

    def _typed(self, words: Sequence[Word]) -> tuple[list[_Typed], dict[str, str]]:
        """Return the words that are searched, and the typos among them."""
        typed: list[_Typed] = []
        corrected: dict[str, str] = {}
        for word in words:
            found = self._searched(word)
            typed.append(found)
            if found.searched != word.folded:
                corrected[word.exact] = found.searched
        return typed, corrected

    def _searched(self, word: Word) -> _Typed:
        folded = word.folded
        if folded in FUNCTION_WORDS or folded in FILLER or self._lexicon.knows(folded):
            return _Typed(word=word, searched=folded)
        completions = self._lexicon.completions(folded)
        if completions:
            return _Typed(word=word, searched=completions[0], completions=completions)
        return _Typed(word=word, searched=self._lexicon.correction(folded) or folded)

    def _place(self, request: SearchRequest, typed: Sequence[_Typed]) -> _Place:
        """Return the county that was chosen, or the place typed, or in the text."""
        if request.county:
            return self._chosen(request.county)
        if request.place.strip():
            return self._typed_place(request.place.strip())
        return self._place_in_text(typed)

    def _chosen(self, fips: str) -> _Place:
        known = any(county.fips == fips for county in self._gazetteer.counties)
        return _Place(county=fips) if known else _Place(unknown=fips)

    def _typed_place(self, text: str) -> _Place:
        words = [word.folded for word in words_of(text)][:MAX_WORDS]
        if [(0, len(words))] == without_state(words):
            return _Place()
        found = self._gazetteer.find(bare_place(text))
        if found is None:
            where = self._finder.find(words)
            found = where.found if where is not None else None
        if found is None:
            found = self._corrected_place(words)
        return _Place(unknown=text) if found is None else self._found(found)

    def _corrected_place(self, words: Sequence[str]) -> FoundPlace | None:
        """Return the place whose name was mistyped."""
        meant = [
            w if w in self._finder.words else (self._lexicon.correction(w) or w)
            for w in words
        ]
        return self._gazetteer.find(" ".join(meant)) if meant != list(words) else None

    def _place_in_text(self, typed: Sequence[_Typed]) -> _Place:
        words = [word.searched for word in typed]
        where = self._finder.find(words)
        if where is not None:
            place = self._of_span(where)
            place.taken = [(where.start, where.end)]
            return place
        place = _Place(taken=without_state(words))
        span = unknown_place(words, self._is_word)
        if span is not None and not place.taken:
            start, first = span
            place.unknown = " ".join(word.word.exact for word in typed[first:])
            place.taken = [(start, len(words))]
        return place

    def _of_span(self, where: Where) -> _Place:
        if where.found is None:
            return _Place(unknown=" ".join(where.name))
        return self._found(where.found)

    def _found(self, found: FoundPlace) -> _Place:
        county = self._gazetteer.by_fips(found.county)
        text = found.text or f"{county.name} County"
        return _Place(county=found.county, text=text, note=found.note)

    def _is_word(self, word: str) -> bool:
        return word in FILLER or word in FUNCTION_WORDS or self._lexicon.knows(word)

    def _clauses(self, typed: Sequence[_Typed]) -> Iterator[Clause]:
        """Yield what the words ask for; filler counts where there is nothing else."""
        words = [word.searched for word in typed]
        phrases = self._phrasebook.find(words)
        telling = [p for p in phrases if not _is_filler(words[p.start : p.end])]
        rest = self._rest(words, telling)
        if telling or rest:
            ordered = sorted(
                [*((p.start, p) for p in telling), *((n, None) for n in rest)],
                key=lambda pair: pair[0],
            )
            for start, phrase in ordered:
                yield self._clause(typed, phrase, start)
            return
        for phrase in phrases:
            yield self._clause(typed, phrase, phrase.start)

    def _rest(self, words: Sequence[str], phrases: Iterable[Phrase]) -> list[int]:
        """Return the words that stand in no phrase and are no filler."""
        inside = {n for phrase in phrases for n in range(phrase.start, phrase.end)}
        return [
            n
            for n, word in enumerate(words)
            if n not in inside and not _is_filler([word])
        ]

    def _clause(
        self, typed: Sequence[_Typed], phrase: Phrase | None, start: int
    ) -> Clause:
        end = phrase.end if phrase else start + 1
        said = [w for w in typed[start:end] if w.searched not in FUNCTION_WORDS]
        numbers = phrase.concepts if phrase else ()
        concepts = [self._phrasebook.concepts[number] for number in numbers]
        return Clause(
            text=" ".join(_shown(word) for word in typed[start:end]),
            words=tuple(word.searched for word in said),
            exact=tuple(w.word.exact for w in said if w.word.folded == w.searched),
            forms=tuple(tuple(_forms(word)) for word in said),
            concepts=tuple(concept_term(number) for number in numbers),
            codes=tuple(dict.fromkeys(code for c in concepts for code in c.codes)),
            also=tuple(_also(concepts, [word.searched for word in said])),
            soft=bool(concepts) and all(concept.soft for concept in concepts),
        )


def _forms(typed: _Typed) -> Iterator[str]:
    """Yield the terms that a word may be found under."""
    for word in dict.fromkeys((typed.searched, *typed.completions)):
        yield from dict.fromkeys(terms_of_word(word, ("en", "es")))


def _shown(typed: _Typed) -> str:
    """Return a word with the accents that were typed, or as it was corrected."""
    word = typed.word
    return word.exact if typed.searched == word.folded else typed.searched


def _also(concepts: Iterable[Concept], words: Sequence[str]) -> Iterator[str]:
    """Yield the other phrases of the concepts, English and Spanish by turns."""
    seen = {_phrase_key(words)}
    for concept in concepts:
        for pair in zip_longest(concept.english, concept.spanish):
            for phrase in filter(None, pair):
                key = _phrase_key(folded_words(phrase))
                if key not in seen:
                    seen.add(key)
                    yield phrase


def _phrase_key(words: Iterable[str]) -> tuple[str, ...]:
    """Return what a phrase and its plural have in common."""
    return tuple(english_term(w) for w in words if w not in FUNCTION_WORDS)


def _is_filler(words: Iterable[str]) -> bool:
    return all(word in FILLER or word in FUNCTION_WORDS for word in words)


def _understood(
    clauses: Sequence[Clause], place: _Place, corrected: dict[str, str]
) -> Understood:
    also = [phrase for clause in clauses for phrase in _first(clause.also)]
    return Understood(
        words=tuple(clause.text for clause in clauses),
        codes=tuple(dict.fromkeys(code for c in clauses for code in c.codes)),
        also=tuple(dict.fromkeys(also)),
        place=place.text,
        place_county=place.county,
        place_note=place.note,
        unknown_place=place.unknown,
        corrected=corrected,
    )


def _first(phrases: Sequence[str]) -> Sequence[str]:
    return phrases[:MAX_ALSO]
