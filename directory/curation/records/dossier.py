"""Dossiers: all records of one listing, as cells, with the version of the whole."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.records.cells import Cells, cells_of
from directory.curation.records.subject import Subject, SubjectKind
from directory.hsds import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    EligibilityRule,
    Language,
    Location,
    Organization,
    Phone,
    Record,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)

_VERSION_LENGTH = 32
_OF_A_SERVICE: tuple[type[Record], ...] = (
    Phone,
    Schedule,
    Language,
    ServiceArea,
    Accessibility,
    CostOption,
    RequiredDocument,
    Attribute,
    EligibilityRule,
    ServiceAtLocation,
)
"""What is edited with a service. Room and confirmations are no edits of a listing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The records of one listing: cells by id, by table.

    `version` is a digest of all of them: it differs after every change, whoever made
    it, and is the same again when a change was taken back.
    """

    subject: Subject
    organization_id: str
    records: Mapping[str, Mapping[str, Cells]]

    @property
    def version(self) -> str:
        """The version that a form carries, so that no edit overwrites another."""
        text = json.dumps(
            {name: dict(rows) for name, rows in self.records.items()},
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.sha256(text.encode()).hexdigest()[:_VERSION_LENGTH]

    def of(self, table: str) -> Mapping[str, Cells]:
        """Return the records of `table`, by id."""
        return self.records.get(table, {})

    @property
    def main(self) -> Cells:
        """The cells of the organization or service itself."""
        return self.records[self.subject.kind.value][self.subject.id]


def read_dossier(session: Session, subject: Subject) -> Dossier | None:
    """Return the records of `subject`, `None` if there is no such listing."""
    if subject.kind is SubjectKind.ORGANIZATION:
        organization = session.get(Organization, subject.id)
        return None if organization is None else _organization(session, organization)
    service = session.get(Service, subject.id)
    return None if service is None else _service(session, service)


def _organization(session: Session, organization: Organization) -> Dossier:
    phones = session.exec(
        select(Phone).where(Phone.organization_id == organization.id)
    ).all()
    return Dossier(
        subject=Subject(kind=SubjectKind.ORGANIZATION, id=organization.id),
        organization_id=organization.id,
        records=_grouped([organization, *phones, *_spoken(session, phones)]),
    )


def _service(session: Session, service: Service) -> Dossier:
    records: list[Record] = [service]
    for model in _OF_A_SERVICE:
        owner = model.metadata.tables[str(model.__tablename__)].c.service_id
        records.extend(session.exec(select(model).where(owner == service.id)).all())
    phones = [r for r in records if isinstance(r, Phone)]
    records.extend(_spoken(session, phones))
    places = [r.location_id for r in records if isinstance(r, ServiceAtLocation)]
    records.extend(
        session.exec(select(Location).where(col(Location.id).in_(places))).all()
    )
    records.extend(
        session.exec(select(Address).where(col(Address.location_id).in_(places))).all()
    )
    return Dossier(
        subject=Subject(kind=SubjectKind.SERVICE, id=service.id),
        organization_id=service.organization_id,
        records=_grouped(records),
    )


def _spoken(session: Session, phones: Sequence[Phone]) -> Sequence[Language]:
    """Return the languages that are spoken on some numbers, which go with them."""
    ids = [phone.id for phone in phones]
    return session.exec(select(Language).where(col(Language.phone_id).in_(ids))).all()


def _grouped(records: Sequence[Record]) -> dict[str, dict[str, Cells]]:
    grouped: dict[str, dict[str, Cells]] = {}
    for record in records:
        rows = grouped.setdefault(str(record.__tablename__), {})
        rows[record.id] = cells_of(record)
    return grouped
