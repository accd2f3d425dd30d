"""Takes the whereabouts of a place that was hidden out of the history.

To be hidden now and shown in an old version is not to be hidden. Events stay, and so
does their chain; the values are gone for good.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, or_, select

from directory.curation.actor import Actor
from directory.curation.history.chain import (
    Deed,
    detail_of,
    record,
    text_digest,
    written,
)
from directory.curation.history.event import Action, Event, EventDetail
from directory.curation.records.cells import Cells
from directory.curation.records.patch import REDACTED, Patch, RecordChange
from directory.curation.records.subject import former_ids

WHEREABOUTS = {
    "location": frozenset({"name", "county_fips", "region", "latitude", "longitude"}),
    "address": frozenset({"address_1", "address_2", "city", "postal_code"}),
}
"""The fields that tell where a place is, by table."""

_SHORTEST = 4
"""Letters of a value that is looked for in other texts; shorter ones are anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What may be told no longer: ids of locations and addresses, and their words."""

    ids: frozenset[str]
    words: frozenset[str]


def hidden_by(patches: Iterable[Patch], places: Collection[str]) -> Hidden:
    """Return what `patches` have ever told of `places` (ids of locations)."""
    changes = [c for patch in patches for c in patch if c.table in WHEREABOUTS]
    ids = {*places}
    # A change of a street alone does not name its place: another change does.
    for change in changes:
        if any(cells.get("location_id") in ids for cells in _sides(change)):
            ids.add(change.id)
    words = {
        word
        for change in changes
        if change.id in ids
        for cells in _sides(change)
        for word in _words(change.table, cells)
    }
    return Hidden(ids=frozenset(ids), words=frozenset(words))


def redacted(patch: Patch, hidden: Hidden) -> Patch:
    """Return `patch` without what is hidden, in whatever field it stands."""
    return tuple(
        replace(
            change,
            before=_without(change, change.before, hidden),
            after=_without(change, change.after, hidden),
        )
        for change in patch
    )


def redacted_text(text: str, hidden: Hidden) -> str:
    """Return `text`, or that it is redacted, if it tells what is hidden."""
    return REDACTED if any(w in text.casefold() for w in hidden.words) else text


def redact_history(
    session: Session,
    details: Iterable[EventDetail],
    hidden: Hidden,
    *,
    by: Actor,
    now: dt.datetime,
) -> int:
    """Take what is hidden out of `details`; return out of how many.

    The history says itself which they were, with the digests of what is left.
    """
    touched: dict[str, object] = {}
    for detail in details:
        told = detail_of(detail)
        clean = written(
            redacted_text(told.why, hidden),
            _redacted_facts(told.facts, hidden),
            redacted(told.patch, hidden),
        )
        if clean == detail.text:
            continue
        detail.text, detail.salt, detail.redacted = clean, "", True
        touched[str(detail.seq)] = text_digest(clean)
    session.flush()
    if touched:
        deed = Deed(
            actor=by,
            action=Action.REDACT,
            subject="history",
            facts={"events": touched},
            why="A place was hidden.",
        )
        record(session, deed, now=now)
    return len(touched)


def details_of(
    session: Session, organization_id: str, ids: Collection[str]
) -> Sequence[EventDetail]:
    """Return the details of all events of an organization, oldest first.

    And those of any other that speak of a record of `ids`: a place may be lent.
    """
    owners = {organization_id, *former_ids(session, organization_id)}
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        .where(
            or_(
                col(Event.organization_id).in_(owners),
                *(col(EventDetail.text).contains(i) for i in sorted(ids)),
            )
        )
        .order_by(col(EventDetail.seq))
    )
    return session.exec(query).all()


def _sides(change: RecordChange) -> Iterable[Cells]:
    return (change.before or {}, change.after or {})


def _redacted_facts(facts: Mapping[str, Any], hidden: Hidden) -> dict[str, object]:
    return {
        name: redacted_text(fact, hidden) if isinstance(fact, str) else fact
        for name, fact in facts.items()
    }


def _words(table: str, cells: Cells) -> Iterable[str]:
    for field in WHEREABOUTS[table] - {"county_fips", "region"}:
        word = cells.get(field, "").casefold()
        if len(word) >= _SHORTEST and word != REDACTED:
            yield word


def _without(change: RecordChange, cells: Cells | None, hidden: Hidden) -> Cells | None:
    if cells is None:
        return None
    own = WHEREABOUTS.get(change.table, frozenset()) if change.id in hidden.ids else ()
    return {
        field: REDACTED
        if (field in own and cell) or any(w in cell.casefold() for w in hidden.words)
        else cell
        for field, cell in cells.items()
    }
