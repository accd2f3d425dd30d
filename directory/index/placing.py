"""Placing: the place of a request, chosen, typed beside the words or among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.index.lexicon import Lexicon
from directory.index.regions import Region
from directory.index.result import SearchRequest
from directory.index.spelling import MAX_WORDS, Speller, TypedWord
from directory.index.where import (
    Where,
    WhereFinder,
    bare_place,
    unknown_place,
    without_state,
)
from directory.index.words import words_of
from directory.places import FoundPlace, Gazetteer


@dataclass(slots=True, kw_only=True)
class Placed:
    """What was made of the place; `taken` are the typed words that say it."""

    county: str | None = None
    region: Region | None = None
    text: str = ""
    note: str | None = None
    unknown: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)

    @property
    def counties(self) -> tuple[str, ...]:
        """The FIPS codes of the counties that the place is or lies in."""
        if self.region is not None:
            return self.region.counties
        return (self.county,) if self.county is not None else ()


class PlaceReader:
    """Finds the place of a request."""

    def __init__(
        self,
        *,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        finder: WhereFinder,
        speller: Speller,
    ) -> None:
        """Hold what is known of places."""
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._finder = finder
        self._speller = speller

    def read(self, request: SearchRequest, typed: Sequence[TypedWord]) -> Placed:
        """Return the county that was chosen, or the place typed, or in the text."""
        if request.county:
            return self._chosen(request.county)
        if request.place.strip():
            return self._beside(request.place.strip())
        return self._among(typed)

    def _chosen(self, fips: str) -> Placed:
        known = any(county.fips == fips for county in self._gazetteer.counties)
        return Placed(county=fips) if known else Placed(unknown=fips)

    def _beside(self, text: str) -> Placed:
        words = [word.folded for word in words_of(text)][:MAX_WORDS]
        region = self._finder.region(words)
        if region is not None:
            return Placed(region=region)
        if [(0, len(words))] == without_state(words):
            return Placed()
        found = self._gazetteer.find(bare_place(text))
        if found is None:
            where = self._finder.find(words)
            if where is not None and where.region is not None:
                return Placed(region=where.region)
            found = where.found if where is not None else None
        if found is None:
            found = self._corrected(words)
        return Placed(unknown=text) if found is None else self._found(found)

    def _corrected(self, words: Sequence[str]) -> FoundPlace | None:
        """Return the place whose name was mistyped."""
        meant = [
            w if w in self._finder.words else (self._lexicon.correction(w) or w)
            for w in words
        ]
        return self._gazetteer.find(" ".join(meant)) if meant != list(words) else None

    def _among(self, typed: Sequence[TypedWord]) -> Placed:
        words = [word.free for word in typed]
        where = self._finder.find(words)
        if where is not None:
            place = self._of_span(where)
            place.taken = [(where.start, where.end)]
            return place
        place = Placed(taken=without_state(words))
        span = unknown_place(words, self._speller.is_word)
        if span is not None and not place.taken:
            start, first = span
            place.unknown = " ".join(word.word.exact for word in typed[first:])
            place.taken = [(start, len(words))]
        return place

    def _of_span(self, where: Where) -> Placed:
        if where.region is not None:
            return Placed(region=where.region)
        if where.found is None:
            return Placed(unknown=" ".join(where.name))
        return self._found(where.found)

    def _found(self, found: FoundPlace) -> Placed:
        county = self._gazetteer.by_fips(found.county)
        text = found.text or f"{county.name} County"
        return Placed(county=found.county, text=text, note=found.note)
