"""Synonyms: the words that people type for the same thing, in English and Spanish."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One row of `synonyms.csv`: phrases that mean the same.

    `codes` are the services that are meant, the likeliest first; there may be none.
    A `soft` concept says for whom or in which language help is wanted: what has it
    comes first, and what does not mention it stays. `facts` are what it says of a
    listing (`gender:man`, `language:es`): a listing that is known to be so has it, and
    one that is known not to be comes last.
    """

    codes: tuple[str, ...]
    english: tuple[str, ...]
    spanish: tuple[str, ...]
    soft: bool
    source: str
    facts: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases, in both languages."""
        return (*self.english, *self.spanish)


def read_synonyms(seed_data: Path) -> tuple[Concept, ...]:
    """Return the rows of `synonyms.csv` in `seed_data`, in their order."""
    with (seed_data / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Concept(
                codes=_parts(row["codes"]),
                english=_parts(row["en"]),
                spanish=_parts(row["es"]),
                soft=row["soft"] == "yes",
                source=row["source"],
                facts=_parts(row["facts"]),
            )
            for row in csv.DictReader(file)
        )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
