"""Understanding a query: place, kinds of help, words, and what is left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from directory.index.document import concept_term
from directory.index.filler import FILLER
from directory.index.phrases import Phrase, Phrasebook
from directory.index.placing import Placed, PlaceReader
from directory.index.result import SearchRequest, Understood
from directory.index.spelling import Speller, TypedWord
from directory.index.words import (
    FUNCTION_WORDS,
    english_term,
    folded_words,
    terms_of_word,
)
from directory.vocabulary import Concept

MAX_ALSO = 6
"""Synonyms that are named; all are searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that is asked for.

    A listing has it when it has all `words` (each in any of its forms), or any of the
    concepts, or a kind of help that is meant, or one of the `facts`; a `quoted` clause
    only when the words stand in one place in this order. `second_codes` are kinds of
    help that are meant less likely. A `soft` clause only lifts what has it. `text` is
    how it is shown.
    """

    text: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    concepts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    second_codes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    soft: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was made of a request."""

    clauses: tuple[Clause, ...]
    counties: tuple[str, ...]
    """The FIPS codes of the place; none where no place was asked for."""
    phrase: tuple[str, ...]
    """All words but those of the place, as a name would have them."""
    whole: tuple[str, ...]
    """All words, those of the place too."""
    text_without_place: str
    understood: Understood

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The words that may be a name, with and without those of the place."""
        return tuple(dict.fromkeys((self.whole, self.phrase)))


class QueryReader:
    """Reads requests with the words and places that it knows."""

    def __init__(
        self, *, speller: Speller, places: PlaceReader, phrasebook: Phrasebook
    ) -> None:
        """Hold what is known of words and places."""
        self._speller = speller
        self._places = places
        self._phrasebook = phrasebook

    def read(self, request: SearchRequest) -> Query:
        """Return what `request` asks for, and what was understood of it."""
        typed, corrected = self._speller.read(request.text)
        place = self._places.read(request, typed)
        gone = {n for start, end in place.taken for n in range(start, end)}
        kept = [word for n, word in enumerate(typed) if n not in gone]
        clauses = tuple(dict.fromkeys(self._clauses(kept)))
        return Query(
            clauses=clauses,
            counties=place.counties,
            phrase=tuple(word.searched for word in kept),
            whole=tuple(word.searched for word in typed),
            text_without_place=_as_typed(kept),
            understood=_understood(clauses, place, corrected),
        )

    def _clauses(self, typed: Sequence[TypedWord]) -> Iterator[Clause]:
        """Yield what the words ask for; filler counts where there is nothing else."""
        words = [word.free for word in typed]
        phrases = self._phrasebook.find(words)
        telling = [p for p in phrases if not _is_filler(words[p.start : p.end])]
        spans = sorted(
            [
                *((p.start, p.end, p) for p in telling),
                *((n, n + 1, None) for n in self._rest(words, telling)),
                *((start, end, None) for start, end in _quotations(typed)),
            ],
            key=lambda span: span[0],
        )
        if not spans:
            spans = [(p.start, p.end, p) for p in phrases]
        for start, end, phrase in spans:
            yield self._clause(typed[start:end], phrase)

    def _rest(self, words: Sequence[str], phrases: Iterable[Phrase]) -> list[int]:
        """Return the words that stand in no phrase and are no filler."""
        inside = {n for phrase in phrases for n in range(phrase.start, phrase.end)}
        return [
            n
            for n, word in enumerate(words)
            if word and n not in inside and not _is_filler([word])
        ]

    def _clause(self, typed: Sequence[TypedWord], phrase: Phrase | None) -> Clause:
        quoted = bool(typed[0].quotation)
        said = [w for w in typed if quoted or w.searched not in FUNCTION_WORDS]
        numbers = phrase.concepts if phrase else ()
        concepts = [self._phrasebook.concepts[number] for number in numbers]
        codes = dict.fromkeys(code for c in concepts for code in c.codes[:1])
        second = dict.fromkeys(code for c in concepts for code in c.codes[1:])
        return Clause(
            text=" ".join(word.shown for word in typed),
            words=tuple(word.searched for word in said),
            exact=tuple(w.word.exact for w in said if w.word.folded == w.searched),
            forms=tuple(tuple(_forms(word)) for word in said),
            concepts=tuple(concept_term(number) for number in numbers),
            codes=tuple(codes),
            second_codes=tuple(code for code in second if code not in codes),
            facts=tuple(dict.fromkeys(fact for c in concepts for fact in c.facts)),
            also=tuple(_also(concepts, [word.searched for word in said])),
            soft=bool(concepts) and all(concept.soft for concept in concepts),
            quoted=quoted,
        )


def _quotations(typed: Sequence[TypedWord]) -> Iterator[tuple[int, int]]:
    """Yield where each quotation begins and ends."""
    numbered = groupby(enumerate(typed), key=lambda pair: pair[1].quotation)
    for quotation, pairs in numbered:
        positions = [position for position, _ in pairs]
        if quotation:
            yield positions[0], positions[-1] + 1


def _as_typed(typed: Sequence[TypedWord]) -> str:
    """Return words as a text that reads the same, quotation marks included."""
    texts = []
    for quotation, words in groupby(typed, key=lambda word: word.quotation):
        text = " ".join(word.word.exact for word in words)
        texts.append(f'"{text}"' if quotation else text)
    return " ".join(texts)


def _forms(typed: TypedWord) -> Iterator[str]:
    """Yield the terms that a word may be found under."""
    for word in dict.fromkeys((typed.searched, *typed.completions)):
        yield from dict.fromkeys(terms_of_word(word, ("en", "es")))


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
    clauses: Sequence[Clause], place: Placed, corrected: dict[str, str]
) -> Understood:
    also = [phrase for clause in clauses for phrase in clause.also[:MAX_ALSO]]
    codes = [code for c in clauses for code in (*c.codes, *c.second_codes)]
    return Understood(
        words=tuple(clause.text for clause in clauses),
        codes=tuple(dict.fromkeys(codes)),
        also=tuple(dict.fromkeys(also)),
        place=place.region.name_en if place.region else place.text,
        place_county=place.county,
        place_region=place.region,
        place_note=place.note,
        unknown_place=place.unknown,
        corrected=corrected,
    )
