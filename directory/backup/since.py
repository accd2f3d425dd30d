"""What was hidden since a backup was made, and is hidden again when it is put back.

An old backup holds what was public then. What the database that it replaces shows less
of stays hidden: in the listings, in the history and in proposals.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, Event, EventDetail, record
from directory.curation.history.chain import detail_of
from directory.curation.history.redaction import Hidden, hidden_by, redacted
from directory.curation.history.reverting import PUBLISHED
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.publishing import publish_patch
from directory.curation.records.cells import BY_NAME, Cells, cells_of
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import (
    REDACTED,
    Patch,
    RecordChange,
    compared,
    removed,
)
from directory.curation.records.showing import HELD_WITH
from directory.curation.records.subject import (
    Subject,
    organization_subject,
    service_subject,
)
from directory.hsds import Address, Location, Service, ServiceAtLocation, Visibility

_WIDTH = {visibility: place for place, visibility in enumerate(Visibility)}
_OF_A_PLACE = frozenset({"location", "address"})
_NO_TEXTS = frozenset({"number", "extension"})
"""Fields in which a ZIP code can stand by chance."""

Less = Mapping[str, Visibility]
"""Ids of places, and how much may be shown of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """How much is shown of each place, and where each service is given."""

    shown: Less
    services: Mapping[str, Sequence[str]]
    """What is given at each place."""
    places: Mapping[str, Sequence[str]]
    """Where each service is given."""

    def shown_of(self, services: Iterable[str]) -> list[Visibility]:
        return [self.shown[at] for one in services for at in self.places.get(one, ())]


def hidden_since(new: Session, old: Session) -> Less:
    """Return the places of the backup of which less is shown now.

    `new` reads the backup, `old` the database that it replaces.
    """
    then, now = _places(new), _places(old)
    last = dict(_last_shown(old))
    found: dict[str, Visibility] = {}
    for place, shown in then.shown.items():
        if place in now.shown:
            known = [now.shown[place]]
        else:
            # It was removed. It may have been hidden before, or go on under another id.
            others = now.shown_of(then.services.get(place, ()))
            known = [*sorted(others, key=_WIDTH.__getitem__)[:1]]
            known += [last[place]] if place in last else []
        least = max((shown, *known), key=_WIDTH.__getitem__)
        if least is not shown:
            found[place] = least
    return found


def hide_again(new: Session, old: Session, *, now: dt.datetime) -> int:
    """Hide in the backup what was hidden since; return how many places that are."""
    less = hidden_since(new, old)
    owners = new.exec(
        select(Location.organization_id).where(col(Location.id).in_(less)).distinct()
    ).all()
    for owner in sorted(owners):
        _hide(new, old, owner, less, now)
    return len(less)


def _places(session: Session) -> _Places:
    services: defaultdict[str, list[str]] = defaultdict(list)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for link in session.exec(select(ServiceAtLocation)):
        services[link.location_id].append(link.service_id)
        places[link.service_id].append(link.location_id)
    return _Places(
        shown={place.id: place.visibility for place in session.exec(select(Location))},
        services=services,
        places=places,
    )


def _last_shown(session: Session) -> Iterator[tuple[str, Visibility]]:
    """Yield how much the history says is shown of places, the newest last."""
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        .where(col(Event.action).in_(PUBLISHED))
        .order_by(col(Event.seq))
    )
    for detail in session.exec(query):
        for change in detail_of(detail).patch:
            for cells in (change.before or {}, change.after or {}):
                if change.table == "location" and "visibility" in cells:
                    yield change.id, Visibility(cells["visibility"])


def _hide(new: Session, old: Session, owner: str, less: Less, now: dt.datetime) -> None:
    """Hide the places of one organization, and say so in the history."""
    places = new.exec(
        select(Location)
        .where(Location.organization_id == owner, col(Location.id).in_(less))
        .order_by(col(Location.id))
    ).all()
    patch = tuple(c for place in places for c in _less_of(new, place, less[place.id]))
    hidden = hidden_by([patch], [place.id for place in places])
    texts = _texts(new, old, _subjects(new, owner, hidden), hidden)
    about = str(organization_subject(owner))
    published = publish_patch(
        new, (*patch, *texts), _as_if_asked(owner, about, now), by=PROGRAM, now=now
    )
    deed = Deed(
        actor=PROGRAM,
        action=Action.PUBLISH,
        subject=about,
        organization_id=owner,
        patch=published.patch,
        facts=published.facts,
        why="It was hidden after the backup was made that was put back.",
    )
    record(new, deed, now=now)


def _less_of(session: Session, place: Location, shown: Visibility) -> Patch:
    """Return the change that shows no more than `shown` of a place."""
    held = cells_of(place)
    kept = {f: held[f] if shown in may else "" for f, may in HELD_WITH.items()}
    addresses = session.exec(
        select(Address).where(Address.location_id == place.id).order_by(col(Address.id))
    ).all()
    return (
        *(removed("address", a.id, cells_of(a)) for a in addresses),
        *compared("location", place.id, held, {"visibility": shown.value, **kept}),
    )


def _subjects(session: Session, owner: str, hidden: Hidden) -> list[Subject]:
    """Return an organization, its services, and what others give at its places."""
    here = select(ServiceAtLocation.service_id).where(
        col(ServiceAtLocation.location_id).in_(hidden.ids)
    )
    services = select(Service.id).where(
        or_(Service.organization_id == owner, col(Service.id).in_(here))
    )
    found = sorted(session.exec(services).all())
    return [organization_subject(owner), *(service_subject(i) for i in found)]


def _texts(
    new: Session, old: Session, subjects: list[Subject], hidden: Hidden
) -> Iterator[RecordChange]:
    """Yield what takes the whereabouts out of texts: they become what they are now."""
    for subject in subjects:
        dossier = read_dossier(new, subject)
        for table, rows in dossier.records.items() if dossier else ():
            for identifier, cells in rows.items():
                told = _telling(table, identifier, cells, hidden)
                if table in _OF_A_PLACE or not told:
                    continue
                known = old.get(BY_NAME[table].model, identifier)
                now = {} if known is None else cells_of(known)
                clean = {field: now.get(field, REDACTED) for field in told}
                yield from compared(table, identifier, cells, clean)


def _telling(
    table: str, identifier: str, cells: Cells, hidden: Hidden
) -> frozenset[str]:
    """Return the fields of a record that tell what is hidden."""
    change = RecordChange(table=table, id=identifier, before=cells, after=None)
    (clean,) = redacted((change,), hidden)
    told = clean.before or {}
    return frozenset(f for f in cells if told[f] != cells[f]) - _NO_TEXTS


def _as_if_asked(owner: str, about: str, now: dt.datetime) -> Proposal:
    """Return what stands for a proposal where nobody had to ask; it is not kept."""
    return Proposal(
        organization_id=owner,
        subject=about,
        actor=str(PROGRAM),
        made_at=now,
        patch="[]",
        risk=Risk.LOW,
        state=State.PUBLISHED,
    )
