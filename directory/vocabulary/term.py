"""The terms by which needs and services are named, in English and Spanish."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of `taxonomy.csv`.

    `parent` is the code of the group that the term stands in; a group itself has no
    `phases` and is no service. `lay` names are the words of the person.
    """

    id: str
    code: str
    parent: str | None
    name_en: str
    name_es: str
    definition_en: str
    definition_es: str
    phases: tuple[str, ...]
    phase_source: str
    urgent: bool
    lay_en: str
    lay_es: str

    @property
    def is_group(self) -> bool:
        """Whether this only groups others."""
        return self.parent is None

    def name(self, language: str) -> str:
        """Return the name in `language` (`en` or `es`)."""
        return self.name_es if language == "es" else self.name_en

    def definition(self, language: str) -> str:
        """Return the definition in `language` (`en` or `es`)."""
        return self.definition_es if language == "es" else self.definition_en

    def lay(self, language: str) -> str:
        """Return the words of the person in `language` (`en` or `es`)."""
        return self.lay_es if language == "es" else self.lay_en


def read_terms(seed_data: Path) -> dict[str, Term]:
    """Return the terms of `taxonomy.csv` in `seed_data` by code, in their order."""
    with (seed_data / "taxonomy.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Term(
                id=row["id"],
                code=row["code"],
                parent=row["parent"] or None,
                name_en=row["name_en"],
                name_es=row["name_es"],
                definition_en=row["definition_en"],
                definition_es=row["definition_es"],
                phases=tuple(row["phases"].split("|")) if row["phases"] else (),
                phase_source=row["phase_source"],
                urgent=row["urgent"] == "yes",
                lay_en=row["lay_en"],
                lay_es=row["lay_es"],
            )
            for row in csv.DictReader(file)
        }
