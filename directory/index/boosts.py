"""Boosts: which listing comes first for which words, and why.

The official program must not depend on how its page happens to be worded. A row names
the words, the listing and the reason, and the reason is shown.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.index.document import concept_term
from directory.index.phrases import Phrasebook
from directory.index.words import FUNCTION_WORDS, folded_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Boost:
    """One row of `boosts.csv`.

    `phrases` are words that stand in `synonyms.csv`; all that mean the same are boosted
    with them. `anywhere` tells that it comes first for every place too. `name` is only
    for those who read the table.
    """

    phrases: tuple[str, ...]
    service_id: str
    name: str
    anywhere: bool
    reason_en: str
    reason_es: str
    source: str


def read_boosts(seed_data: Path) -> tuple[Boost, ...]:
    """Return the rows of `boosts.csv` in `seed_data`, in their order."""
    with (seed_data / "boosts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Boost(
                phrases=tuple(p.strip() for p in row["phrases"].split("|")),
                service_id=row["service_id"],
                name=row["name"],
                anywhere=row["anywhere"] == "yes",
                reason_en=row["reason_en"],
                reason_es=row["reason_es"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


class Boosts:
    """The boosts of a catalog, by the terms of the concepts that they are for."""

    def __init__(
        self,
        boosts: Iterable[Boost],
        phrasebook: Phrasebook,
        rows: Mapping[str, int],
    ) -> None:
        """Hold `boosts` of the listings whose rows `rows` gives by id."""
        self._by_concept: dict[str, dict[int, Boost]] = {}
        for boost in boosts:
            row = rows.get(boost.service_id)
            if row is None:
                continue
            for term in _terms(boost, phrasebook):
                self._by_concept.setdefault(term, {})[row] = boost

    def of(self, concepts: Iterable[str]) -> dict[int, Boost]:
        """Return the boosts for concepts, by the rows of their listings."""
        found: dict[int, Boost] = {}
        for concept in concepts:
            found.update(self._by_concept.get(concept, {}))
        return found


def _terms(boost: Boost, phrasebook: Phrasebook) -> Iterator[str]:
    for phrase in boost.phrases:
        words = [w for w in folded_words(phrase) if w not in FUNCTION_WORDS]
        yield from (concept_term(number) for number in phrasebook.meaning(words))
