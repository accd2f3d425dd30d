"""Documents: the searchable text of a listing, and the terms it is found under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.index.names import acronyms
from directory.index.phrases import Phrasebook
from directory.index.text_index import Zone
from directory.index.words import EXACT, languages_of, terms_of_word, words_of
from directory.places import Gazetteer
from directory.projection import Listing
from directory.vocabulary import Term

_CACHED = 30_000

LANGUAGE_NAMES = {
    "en": "English inglés",
    "es": "Spanish español",
    "fr": "French francés",
    "pt": "Portuguese portugués",
    "ar": "Arabic árabe",
    "zh": "Chinese Mandarin chino mandarín",
    "vi": "Vietnamese vietnamita",
    "ru": "Russian ruso",
    "ko": "Korean coreano",
    "hmn": "Hmong",
    "ht": "Haitian Creole criollo haitiano",
    "sw": "Swahili",
    "tl": "Tagalog",
    "uk": "Ukrainian ucraniano",
    "ps": "Pashto",
    "fa": "Farsi Dari persa",
    "chr": "Cherokee cheroqui",
    "ase": "American Sign Language ASL lengua de señas",
    "mul": "interpreter any language intérprete",
}
COST_WORDS = {
    "free": "free no cost gratis gratuito",
    "sliding_scale": "sliding scale low cost bajo costo",
    "insurance": "insurance seguro",
}
DELIVERY_WORDS = {
    "phone": "by phone por teléfono",
    "online": "online virtual telehealth en línea",
    "mobile": "mobile home visits a domicilio",
}
ACCESS_WORDS = {"walk_in": "walk in sin cita"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The terms of one listing, by zone."""

    id: str
    terms: Mapping[Zone, frozenset[str]]

    def indexed(self, zone: Zone) -> list[str]:
        """Return the terms that an index needs to hold for `zone`.

        In running text, the forms that only repeat a word without accents are left out.
        """
        if zone is not Zone.TEXT:
            return sorted(self.terms[zone])
        return sorted(
            term
            for term in self.terms[zone]
            if not (term.startswith(EXACT) and term.isascii())
        )


class Writer:
    """Makes documents of listings with the words of the field."""

    def __init__(
        self,
        *,
        gazetteer: Gazetteer,
        terms: Mapping[str, Term],
        phrases: Phrasebook,
    ) -> None:
        """Hold what a listing's codes stand for."""
        self._counties = {county.fips: county for county in gazetteer.counties}
        self._terms = terms
        self._analyzed = lru_cache(maxsize=_CACHED)(self._analyze)
        self._phrases = phrases

    def document(self, listing: Listing) -> Document:
        """Return the terms of a listing."""
        return Document(
            id=listing.id,
            terms={
                zone: frozenset().union(*(self._analyzed(text) for text in texts))
                for zone, texts in self.texts(listing).items()
            },
        )

    def texts(self, listing: Listing) -> dict[Zone, tuple[str, ...]]:
        """Return what is searched of a listing, by zone."""
        organization = listing.organization
        return {
            Zone.NAME: (listing.name, *listing.alternate_names),
            Zone.TAG: tuple(self._tags(listing)),
            Zone.ORGANIZATION: (
                organization.full_name,
                *organization.alternate_names,
                *acronyms(organization),
            ),
            Zone.TEXT: tuple(text for text in self._other(listing) if text),
        }

    def _tags(self, listing: Listing) -> Iterator[str]:
        for code in listing.codes:
            term = self._terms.get(code)
            if term is None:
                continue
            yield from (term.name_en, term.name_es, term.lay_en, term.lay_es)
            parent = self._terms.get(term.parent or "")
            if parent is not None:
                yield from (parent.name_en, parent.name_es)

    def _other(self, listing: Listing) -> Iterator[str | None]:
        yield from (listing.description, listing.area_note, listing.tribal_area)
        yield from (listing.organization.description, listing.capacity_note)
        yield from (listing.length_of_stay, listing.hours_note)
        yield from listing.accessibility
        yield from listing.documents
        yield from (rule.words for rule in listing.rules)
        yield from (LANGUAGE_NAMES.get(offer.code) for offer in listing.languages)
        yield from (offer.note for offer in listing.languages)
        yield from (DELIVERY_WORDS.get(way) for way in listing.delivery)
        yield from (ACCESS_WORDS.get(way) for way in listing.access)
        if listing.cost is not None:
            yield from (COST_WORDS.get(listing.cost.option), listing.cost.note)
        yield from self._where(listing)

    def _where(self, listing: Listing) -> Iterator[str | None]:
        for fips in listing.counties:
            county = self._counties.get(fips)
            yield f"{county.name} County" if county else None
        for place in listing.places:
            yield place.city

    def _analyze(self, text: str) -> frozenset[str]:
        """Return the terms of one text: words, stems, forms with accents, concepts."""
        words = words_of(text)
        languages = languages_of(words)
        terms = {t for w in words for t in terms_of_word(w.folded, languages)}
        terms.update(EXACT + word.exact for word in words)
        folded = [word.folded for word in words]
        terms.update(
            concept_term(number) for number in self._phrases.concepts_in(folded)
        )
        return frozenset(terms)


def concept_term(number: int) -> str:
    """Return the term under which any phrase of a concept is indexed."""
    return f"#{number}"
