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
from directory.curation.history.street import SHORTEST, phrases_of, spoken
from directory.curation.records.cells import Cells, is_text
from directory.curation.records.patch import REDACTED, Patch, RecordChange
from directory.curation.records.subject import former_ids
from directory.database import SCRUB

WHEREABOUTS = {
    "location": frozenset({"name", "county_fips", "region", "latitude", "longitude"}),
    "address": frozenset({"address_1", "address_2", "city", "postal_code"}),
}
"""The fields that tell where a place is, by table."""

_NO_TEXTS = frozenset(
    {"proposal", "by", "risk", "state", "letter", "kind", "as", "table", "id"}
)
"""Facts, and fields of rows, that hold the words of the program and no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What may be told no longer: ids of locations and addresses, and their words.

    `words` are whole values; `phrases` are parts of streets, as `spoken` has them.
    """

    ids: frozenset[str]
    words: frozenset[str]
    phrases: frozenset[str]

    def is_told_in(self, text: str) -> bool:
        """Tell whether `text` tells of it."""
        small = text.casefold()
        if any(word in small for word in self.words):
            return True
        said = spoken(text) if self.phrases else ""
        return any(phrase in said for phrase in self.phrases)


def hidden_by(patches: Iterable[Patch], places: Collection[str]) -> Hidden:
    """Return what `patches` have ever told of `places` (ids of locations)."""
    changes = [c for patch in patches for c in patch if c.table in WHEREABOUTS]
    ids = {*places}
    # A change of a street alone does not name its place: another change does.
    for change in changes:
        if any(cells.get("location_id") in ids for cells in _sides(change)):
            ids.add(change.id)
    told = [
        (change.table, cells)
        for change in changes
        if change.id in ids
        for cells in _sides(change)
    ]
    streets = {cells.get("address_1", "") for _table, cells in told} - {REDACTED}
    return Hidden(
        ids=frozenset(ids),
        words=frozenset(w for table, cells in told for w in _words(table, cells)),
        phrases=frozenset(p for street in streets for p in phrases_of(street)),
    )


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
    return REDACTED if hidden.is_told_in(text) else text


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
    session.info[SCRUB] = True
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
    session: Session, owners: Collection[str], ids: Collection[str]
) -> Sequence[EventDetail]:
    """Return the details of all events of some organizations, oldest first.

    And those of any other that speak of a record of `ids`: a place may be lent.
    """
    theirs = {*owners, *(i for owner in owners for i in former_ids(session, owner))}
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        # What says which events were redacted must stay as it was sealed.
        .where(col(Event.action) != Action.REDACT)
        .where(
            or_(
                col(Event.organization_id).in_(theirs),
                *(col(EventDetail.text).contains(i) for i in sorted(ids)),
            )
        )
        .order_by(col(EventDetail.seq))
    )
    return session.exec(query).all()


def _sides(change: RecordChange) -> Iterable[Cells]:
    return (change.before or {}, change.after or {})


def _redacted_facts(facts: Mapping[str, Any], hidden: Hidden) -> dict[str, Any]:
    return {
        name: fact if _is_no_text(name) else _redacted_fact(fact, hidden)
        for name, fact in facts.items()
    }


def _redacted_fact(fact: object, hidden: Hidden) -> object:
    """Return a fact without what is hidden, however deep that stands in it."""
    if isinstance(fact, str):
        return redacted_text(fact, hidden)
    if isinstance(fact, list):
        return [_redacted_fact(one, hidden) for one in fact]
    return _redacted_facts(fact, hidden) if isinstance(fact, dict) else fact


def _is_no_text(name: str) -> bool:
    return name in _NO_TEXTS or name.endswith("_id")


def _words(table: str, cells: Cells) -> Iterable[str]:
    for field in WHEREABOUTS[table] - {"county_fips", "region"}:
        word = cells.get(field, "").casefold()
        if len(word) >= SHORTEST and word != REDACTED:
            yield word


def _without(change: RecordChange, cells: Cells | None, hidden: Hidden) -> Cells | None:
    if cells is None:
        return None
    own = WHEREABOUTS.get(change.table, frozenset()) if change.id in hidden.ids else ()
    return {
        field: REDACTED
        if (field in own and cell)
        or (is_text(change.table, field) and hidden.is_told_in(cell))
        else cell
        for field, cell in cells.items()
    }
