"""Suggestions while typing, from the public vocabulary only."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.index.words import folded_words
from directory.places import Gazetteer
from directory.projection import Listing
from directory.vocabulary import Concept, Term

MAX_SUGGESTIONS = 8

_SCANNED = 2000
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A search that is known to be sensible.

    `kind` is `term`, `word`, `organization`, `service`, `county` or `city`.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A suggestion with its language (`None` for names) and the order of its kind."""

    text: str
    kind: str
    language: str | None
    rank: int


_RANKS = {"term": 0, "word": 1, "county": 2, "city": 3, "organization": 4, "service": 5}


class Suggestions:
    """All suggestions, sorted by each of their words."""

    def __init__(
        self,
        *,
        listings: Iterable[Listing],
        gazetteer: Gazetteer,
        terms: Mapping[str, Term],
        concepts: Sequence[Concept],
    ) -> None:
        """Read the vocabulary; nothing that is not public may be in it."""
        found = [
            *_of_terms(terms),
            *_of_concepts(concepts),
            *_of_places(gazetteer),
            *_of_listings(listings),
        ]
        entries = {(e.text.casefold(), e.language): e for e in reversed(found)}
        keys = [
            (" ".join(words[start:]), start, entry)
            for entry in entries.values()
            for words in (folded_words(entry.text),)
            for start in range(len(words))
        ]
        keys.sort(key=lambda key: (key[0], key[1], key[2].text))
        self._keys = [key for key, _, _ in keys]
        self._entries = [(start, entry) for _, start, entry in keys]

    def suggest(self, typed: str, language: str) -> tuple[Suggestion, ...]:
        """Return suggestions for what was typed so far, those in `language` first."""
        prefix = " ".join(folded_words(typed))
        if len(prefix) < _SHORTEST:
            return ()
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, prefix + "\U0010ffff", first)
        near = self._entries[first : min(last, first + _SCANNED)]
        best = sorted(near, key=lambda pair: _order(pair[0], pair[1], language))
        texts = dict.fromkeys((entry.text, entry.kind) for _, entry in best)
        return tuple(
            Suggestion(text=text, kind=kind)
            for text, kind in list(texts)[:MAX_SUGGESTIONS]
        )


def _order(
    start: int, entry: _Entry, language: str
) -> tuple[bool, bool, int, int, str]:
    foreign = entry.language is not None and entry.language != language
    return foreign, start > 0, entry.rank, len(entry.text), entry.text


def _of_terms(terms: Mapping[str, Term]) -> Iterator[_Entry]:
    for term in terms.values():
        for text, language in ((term.name_en, "en"), (term.name_es, "es")):
            yield _entry(text, "term", language)


def _of_concepts(concepts: Iterable[Concept]) -> Iterator[_Entry]:
    for concept in concepts:
        yield from (_entry(text, "word", "en") for text in concept.english)
        yield from (_entry(text, "word", "es") for text in concept.spanish)


def _of_places(gazetteer: Gazetteer) -> Iterator[_Entry]:
    for county in gazetteer.counties:
        yield _entry(f"{county.name} County", "county", "en")
        yield _entry(f"Condado de {county.name}", "county", "es")
    for city in gazetteer.cities:
        yield _entry(city.name, "city", None)


def _of_listings(listings: Iterable[Listing]) -> Iterator[_Entry]:
    for listing in listings:
        organization = listing.organization
        for text in (organization.name, *organization.alternate_names):
            yield _entry(text, "organization", None)
        for text in (listing.name, *listing.alternate_names):
            yield _entry(text, "service", None)


def _entry(text: str, kind: str, language: str | None) -> _Entry:
    return _Entry(text=text, kind=kind, language=language, rank=_RANKS[kind])
