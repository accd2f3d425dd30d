"""Suggestions while typing, from the public vocabulary only."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from directory.index.catalog import Catalog
from directory.index.doors import OFFERED
from directory.index.names import acronyms
from directory.index.regions import Regions
from directory.index.words import folded_words
from directory.places import Gazetteer
from directory.projection import Listing
from directory.vocabulary import Concept, Term

MAX_SUGGESTIONS = 8

_SCANNED = 2000
_SHORTEST = 2
_ALIKE = 2
"""Words for the same that are suggested together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A search that is known to be sensible.

    `kind` is `term`, `word`, `region`, `county`, `city`, `organization` or `service`.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A suggestion with its language (`None` for names) and the order of its kind.

    `typed` are other words under which it is found: acronyms. `meaning` is the number
    of the concept that it is a word for.
    """

    text: str
    kind: str
    language: str | None
    typed: tuple[str, ...] = field(default=())
    meaning: int | None = None

    @property
    def rank(self) -> int:
        return _RANKS[self.kind]


_RANKS = {
    "term": 0,
    "word": 1,
    "region": 2,
    "county": 3,
    "city": 4,
    "organization": 5,
    "service": 6,
}
_PLACES = frozenset({"region", "county", "city"})


class Suggestions:
    """All suggestions, sorted by each of their words."""

    def __init__(
        self,
        catalog: Catalog,
        *,
        gazetteer: Gazetteer,
        regions: Regions,
        terms: Iterable[Term],
        concepts: Iterable[Concept],
    ) -> None:
        """Read the vocabulary, as far as `catalog` has something for it."""
        given = _Given(catalog)
        places = list(_of_places(gazetteer, regions))
        self._places = _Sorted(places)
        self._all = _Sorted(
            [
                *_of_terms(filter(given.term, terms)),
                *_of_concepts(filter(given.concept, concepts)),
                *places,
                *_of_listings(catalog.listings),
            ]
        )

    def suggest(
        self, typed: str, language: str, *, places: bool = False
    ) -> tuple[Suggestion, ...]:
        """Return suggestions for what was typed so far, those in `language` first."""
        return (self._places if places else self._all).suggest(typed, language)


class _Given:
    """Tells what some listing gives: only that is worth suggesting."""

    def __init__(self, catalog: Catalog) -> None:
        counts = catalog.service.counts(catalog.everything())
        self._codes = {code for code, count in counts.items() if count}
        languages = (f"language:{code}" for code in catalog.languages)
        self._facts = {*catalog.facts.codes, *languages, *OFFERED}

    def term(self, term: Term) -> bool:
        return term.code in self._codes

    def concept(self, concept: Concept) -> bool:
        return not (
            self._codes.isdisjoint(concept.codes)
            and self._facts.isdisjoint(concept.facts)
        )


class _Sorted:
    """Entries by each of their words."""

    def __init__(self, found: Iterable[_Entry]) -> None:
        listed = [*found]
        entries = {(e.text.casefold(), e.language): e for e in reversed(listed)}
        keys = [
            (" ".join(words[start:]), start, entry)
            for entry in entries.values()
            for words in (folded_words(text) for text in (entry.text, *entry.typed))
            for start in range(len(words))
        ]
        keys.sort(key=lambda key: (key[0], key[1], key[2].text))
        self._keys = [key for key, _, _ in keys]
        self._entries = [(start, entry) for _, start, entry in keys]

    def suggest(self, typed: str, language: str) -> tuple[Suggestion, ...]:
        prefix = " ".join(folded_words(typed))
        if len(prefix) < _SHORTEST:
            return ()
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, prefix + "\U0010ffff", first)
        near = self._entries[first : min(last, first + _SCANNED)]
        best = sorted(near, key=lambda pair: _order(pair[0], pair[1], language))
        entries = _different(entry for _, entry in best)
        texts: dict[str, _Entry] = {}
        for entry in entries:
            texts.setdefault(entry.text.casefold(), entry)
        return tuple(
            Suggestion(text=entry.text, kind=entry.kind)
            for entry in list(texts.values())[:MAX_SUGGESTIONS]
        )


def _different(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """Yield `entries` without more than a few words for the same."""
    seen: Counter[int] = Counter()
    for entry in entries:
        if entry.meaning is not None:
            seen[entry.meaning] += 1
            if seen[entry.meaning] > _ALIKE:
                continue
        yield entry


def _order(
    start: int, entry: _Entry, language: str
) -> tuple[bool, bool, int, int, str]:
    foreign = entry.language is not None and entry.language != language
    return foreign, start > 0, entry.rank, len(entry.text), entry.text


def _of_terms(terms: Iterable[Term]) -> Iterator[_Entry]:
    for term in terms:
        yield _Entry(text=term.name_en, kind="term", language="en")
        yield _Entry(text=term.name_es, kind="term", language="es")


def _of_concepts(concepts: Iterable[Concept]) -> Iterator[_Entry]:
    for number, concept in enumerate(concepts):
        for language, texts in (("en", concept.english), ("es", concept.spanish)):
            for text in texts:
                yield _Entry(text=text, kind="word", language=language, meaning=number)


def _of_places(gazetteer: Gazetteer, regions: Regions) -> Iterator[_Entry]:
    for region in regions.all:
        for text in region.suggested_en:
            yield _Entry(text=text, kind="region", language="en")
        for text in region.suggested_es:
            yield _Entry(text=text, kind="region", language="es")
    for county in gazetteer.counties:
        yield _Entry(text=f"{county.name} County", kind="county", language="en")
        yield _Entry(text=f"Condado de {county.name}", kind="county", language="es")
    for city in gazetteer.cities:
        yield _Entry(text=city.name, kind="city", language=None)


def _of_listings(listings: Iterable[Listing]) -> Iterator[_Entry]:
    for listing in listings:
        organization = listing.organization
        yield _Entry(
            text=organization.name,
            kind="organization",
            language=None,
            typed=acronyms(organization),
        )
        for text in organization.alternate_names:
            yield _Entry(text=text, kind="organization", language=None)
        for text in (listing.name, *listing.alternate_names):
            yield _Entry(text=text, kind="service", language=None)
