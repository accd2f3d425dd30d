"""Regions: places that are larger than a county, such as the Mountains."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.index.words import folded_words
from directory.places import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One row of `regions.csv`: how it is called, and the FIPS codes of its counties.

    A row either names a region of the gazetteer or lists its counties. Some words for
    it are `suggested`; all are understood, as the folded words of `phrases`.
    """

    code: str
    name_en: str
    name_es: str
    suggested_en: tuple[str, ...]
    suggested_es: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    counties: tuple[str, ...]
    source: str

    def name(self, language: str) -> str:
        """Return the name in `language` (`en` or `es`)."""
        return self.name_es if language == "es" else self.name_en


class Regions:
    """Finds regions by the words that people use for them."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Hold `regions`; a phrase of two is the first's."""
        self.all = tuple(regions)
        self._by_phrase: dict[tuple[str, ...], Region] = {}
        for region in self.all:
            for phrase in region.phrases:
                self._by_phrase.setdefault(phrase, region)
        self.words = frozenset(word for phrase in self._by_phrase for word in phrase)
        self.longest = max((len(phrase) for phrase in self._by_phrase), default=0)

    def find(self, words: Sequence[str]) -> Region | None:
        """Return the region that these folded words name, if they name one."""
        return self._by_phrase.get(tuple(words))


def read_regions(seed_data: Path, gazetteer: Gazetteer) -> Regions:
    """Return the rows of `regions.csv` in `seed_data`, in their order."""
    with (seed_data / "regions.csv").open(encoding="utf-8", newline="") as file:
        return Regions(
            Region(
                code=row["code"],
                name_en=row["name_en"],
                name_es=row["name_es"],
                suggested_en=_suggested(row["en"]),
                suggested_es=_suggested(row["es"]),
                phrases=tuple(_phrases(row["en"], row["es"])),
                counties=_counties(row, gazetteer),
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


def _suggested(cell: str) -> tuple[str, ...]:
    """Return the words of a cell that are no abbreviation, as names are written."""
    words = (text.strip() for text in cell.split("|"))
    return tuple(text[:1].upper() + text[1:] for text in words if not text.isupper())


def _phrases(*cells: str) -> Iterable[tuple[str, ...]]:
    found = (tuple(folded_words(text)) for cell in cells for text in cell.split("|"))
    return dict.fromkeys(phrase for phrase in found if phrase)


def _counties(row: dict[str, str], gazetteer: Gazetteer) -> tuple[str, ...]:
    listed = tuple(fips for fips in row["counties"].split("|") if fips)
    return listed or tuple(
        county.fips for county in gazetteer.counties if county.region == row["region"]
    )
