"""Estates: a listing with everything that would be homeless without it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.records.cells import Cells, cells_of
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.subject import (
    Subject,
    SubjectKind,
    service_subject,
)
from directory.hsds import (
    Location,
    Organization,
    Record,
    Redirect,
    Service,
    ServiceAtLocation,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A listing, what hangs on it, and what points at it.

    `dossier` holds the same as one that is edited, and besides: redirects that lead to
    it, and of an organization its locations, its parts (under `organization`, by their
    own ids) and the cells of its services. `services` are the estates of these. `above`
    are the ids of all that it is a part of.
    """

    dossier: Dossier
    is_hidden: bool
    services: tuple["Estate", ...] = ()
    above: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The id of the listing."""
        return self.dossier.subject.id

    @property
    def kind(self) -> SubjectKind:
        """Whether it is an organization or a service."""
        return self.dossier.subject.kind

    @property
    def main(self) -> Cells:
        """The cells of the listing itself."""
        return self.dossier.main

    @property
    def version(self) -> str:
        """A digest that differs after every change of anything that would be merged."""
        return "".join(e.dossier.version for e in (self, *self.services))

    def of(self, table: str) -> Mapping[str, Cells]:
        """Return what hangs on it in `table`, by id; never the listing itself."""
        rows = self.dossier.of(table)
        return {i: cells for i, cells in rows.items() if i != self.id}


def read_estate(session: Session, subject: Subject) -> Estate | None:
    """Return the estate of `subject`, `None` if there is no such listing."""
    dossier = read_dossier(session, subject)
    if dossier is None:
        return None
    if subject.kind is SubjectKind.SERVICE:
        return Estate(
            dossier=_with(dossier, _redirects(session, dossier)),
            is_hidden=is_hidden(session, subject),
        )
    services = _children(session, Service, "organization_id", subject.id)
    estates = [read_estate(session, service_subject(s.id)) for s in services]
    own = [
        *_redirects(session, dossier),
        *services,
        *_children(session, Location, "organization_id", subject.id),
        *_children(session, Organization, "parent_organization_id", subject.id),
    ]
    return Estate(
        dossier=_with(dossier, own),
        is_hidden=is_hidden(session, subject),
        services=tuple(estate for estate in estates if estate is not None),
        above=_above(session, subject.id),
    )


def is_hidden(session: Session, subject: Subject) -> bool:
    """Tell whether the public may not know of a listing.

    As in the projection: a service is hidden if it has places and all of them are, an
    organization if it has services and all of them are.
    """
    own = (
        Service.id == subject.id
        if subject.kind is SubjectKind.SERVICE
        else Service.organization_id == subject.id
    )
    services = {*session.exec(select(Service.id).where(own)).all()}
    places = session.exec(
        select(ServiceAtLocation.service_id, Location.visibility)
        .join(Location, col(Location.id) == col(ServiceAtLocation.location_id))
        .where(col(ServiceAtLocation.service_id).in_(services))
    ).all()
    shown = {i for i, visibility in places if visibility is not Visibility.NETWORK}
    hidden = {i for i, _visibility in places} - shown
    return bool(services) and hidden == services


def _redirects(session: Session, dossier: Dossier) -> Sequence[Record]:
    """Return the old ids that lead to a listing, which no form of one edits."""
    return _children(session, Redirect, "to_id", dossier.subject.id)


def _children(
    session: Session, model: type[Record], field: str, identifier: str
) -> Sequence[Record]:
    owner = model.metadata.tables[str(model.__tablename__)].c[field]
    return session.exec(
        select(model).where(owner == identifier).order_by(col(model.id))
    ).all()


def _with(dossier: Dossier, records: Iterable[Record]) -> Dossier:
    rows = {table: dict(some) for table, some in dossier.records.items()}
    for record in records:
        table = rows.setdefault(str(record.__tablename__), {})
        table[record.id] = cells_of(record)
    ordered = {table: dict(sorted(some.items())) for table, some in rows.items()}
    return Dossier(
        subject=dossier.subject,
        organization_id=dossier.organization_id,
        records=ordered,
    )


def _above(session: Session, identifier: str) -> frozenset[str]:
    parents = dict(
        session.exec(select(Organization.id, Organization.parent_organization_id)).all()
    )
    above: set[str] = set()
    parent = parents.get(identifier)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return frozenset(above)
