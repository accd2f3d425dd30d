"""The sheet on which a correction is worked out: the listing, and what was typed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.curation.correction.fault import Fault
from directory.curation.correction.typed import Typed
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, RecordChange, compared, made
from directory.errors import FieldError
from directory.hsds.row import TOLD_BY_PROVIDER, TOLD_TO_STAFF, Basis, Evidence
from directory.places import Gazetteer


class SaidBy(StrEnum):
    """Who said so: what stands as the source of a record."""

    PROVIDER = TOLD_BY_PROVIDER
    STAFF = TOLD_TO_STAFF


_SOURCED = frozenset({"organization", "service", "phone", "eligibility_rule"})
_BASED = _SOURCED - {"organization"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The words that a form is read with.

    `terms` are the ids of terms by their codes, `languages` the tags that can be told.
    """

    gazetteer: Gazetteer
    terms: Mapping[str, str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A listing, what was typed about it, who said so and when; and what is wrong."""

    dossier: Dossier
    typed: Typed
    book: Book
    said_by: SaidBy
    day: dt.date
    faults: list[FieldError] = field(default_factory=list)

    @property
    def subject_id(self) -> str:
        """The id of the listing."""
        return self.dossier.subject.id

    def refuse(self, name: str, fault: Fault, about: str = "") -> None:
        """Note what is wrong with a field of the form, or with some words in it."""
        words = (about,) if about else ()
        self.faults.append(FieldError(field=name, message=fault.value, allowed=words))

    def change(self, table: str, identifier: str, after: Cells) -> Patch:
        """Return the change of a record; nothing if it is as it was.

        A record that changes comes from whoever changed it.
        """
        before = self.dossier.of(table)[identifier]
        if not compared(table, identifier, before, after):
            return ()
        return compared(table, identifier, before, {**after, **self._source(table)})

    def make(self, table: str, cells: Cells) -> RecordChange:
        """Return the change that makes a record."""
        return made(table, {**cells, **self._source(table)})

    def _source(self, table: str) -> Cells:
        if table not in _SOURCED:
            return {}
        today = self.day.isoformat()
        told = {
            "source": self.said_by.value,
            "source_date": today,
            "read_on": today,
            "evidence": Evidence.A.value,
        }
        return {**told, "basis": Basis.OWN_PAGE.value} if table in _BASED else told
