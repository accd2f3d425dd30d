"""Puts a listing back as it was before an event: that one and all later ones at once.

Whoever took over a mailbox can change one field twenty times. What is written is the
difference between today and then, so that a person can look at all of it first.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from directory.curation.actor import Actor
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action, Event
from directory.curation.history.reading import Entry, since
from directory.curation.history.reverting import PUBLISHED, NotRevertibleError
from directory.curation.merging import carry_out, is_merge
from directory.curation.records.cells import BY_NAME, Cells, cells_of
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import (
    REDACTED,
    Patch,
    RecordChange,
    dumps,
    inverse,
    removed,
)
from directory.curation.records.showing import hides, shows_more
from directory.curation.records.subject import read_subject
from directory.errors import RefusedError
from directory.hsds import Visibility
from directory.sentence import Sentence

_Key = tuple[str, str]
"""The table and the id of a record."""


class ChangedSinceError(RefusedError):
    """Another difference would be written than the one that was looked at."""

    def __init__(self) -> None:
        """Say the one sentence."""
        super().__init__(
            Sentence("This was changed since you opened it. Nothing was done.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """The way from today's state of a listing to an earlier one.

    `events` are those that are undone, newest first. `is_partial` says that something
    stays as it is: what is known no longer, and how much is shown of a place.
    """

    patch: Patch
    events: Sequence[Entry]
    is_partial: bool

    @property
    def digest(self) -> str:
        """What a form carries, so that nothing is written but what was looked at."""
        return hashlib.sha256(dumps(self.patch).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Then:
    """What is known of a record as it was; `cells` is `None` if there was none.

    `whole` says that all of its cells are known, and not some.
    """

    cells: Cells | None
    whole: bool


def return_to(session: Session, entry: Entry) -> Return:
    """Return the way to the listing as it was before `entry`.

    Raises `NotRevertibleError` where there is none.
    """
    if entry.action not in PUBLISHED or not entry.told.patch:
        raise NotRevertibleError(
            Sentence("This changed no listing, so there is nothing to take back.")
        )
    events = _of_the_listing(session, entry)
    wanted = _difference(session, _then(events))
    patch = _without_places(session, _known_parts(wanted))
    if not patch:
        raise NotRevertibleError(
            Sentence("As far as it is known, the listing is as it was before this.")
        )
    return Return(patch=patch, events=events, is_partial=patch != wanted)


def brings_back(way: Return) -> Patch:
    """Return what somebody has taken back since, and would be there again."""
    taken = [
        change
        for event in way.events
        if event.action is Action.REVERT
        for change in event.told.patch
    ]
    return tuple(change for change in taken if _is_again(change, way.patch))


def put_back(  # noqa: PLR0913 - who, why and when, and what they looked at
    session: Session,
    entry: Entry,
    *,
    seen: str,
    by: Actor,
    why: str,
    now: dt.datetime,
) -> Event:
    """Put the listing back as it was before `entry`, and record that as one event.

    `seen` is the digest of the way that was shown. Raises `NotRevertibleError`,
    `ChangedSinceError`, and `PatchRefusedError` where the tables do not take it.
    """
    way = return_to(session, entry)
    if way.digest != seen:
        raise ChangedSinceError
    carry_out(session, way.patch)
    seqs = [event.seq for event in way.events]
    deed = Deed(
        actor=by,
        action=Action.REVERT,
        subject=entry.subject,
        organization_id=entry.organization_id,
        patch=way.patch,
        why=why,
        facts={"event": entry.seq, "undone": len(seqs), "events": seqs},
    )
    return record(session, deed, now=now)


def _of_the_listing(session: Session, entry: Entry) -> Sequence[Entry]:
    """Return what was published of a listing since, newest first.

    A change of a whole organization can name a service: of such only that part counts.
    """
    subject = read_subject(entry.subject)
    dossier = read_dossier(session, subject)
    held = dossier.records if dossier else {}
    found = []
    for event in since(session, entry, PUBLISHED):
        own = event.subject == entry.subject
        patch = tuple(
            c for c in event.told.patch if own or c.id in held.get(c.table, {})
        )
        if patch:
            _refuse_merged(event.told.patch)
            found.append(replace(event, told=replace(event.told, patch=patch)))
    return found


def _refuse_merged(patch: Patch) -> None:
    """Raise `NotRevertibleError` for what does more than its patch tells."""
    if is_merge(patch) or is_merge(inverse(patch)):
        raise NotRevertibleError(
            Sentence(
                "Listings were merged since, or parted again. Undo the changes one by"
                " one, the newest first."
            )
        )


def _patches(events: Iterable[Entry]) -> Iterable[Patch]:
    return (event.told.patch for event in events)


def _then(events: Iterable[Entry]) -> Mapping[_Key, _Then]:
    """Return how each record was before all of `events`, which come newest first."""
    known: dict[_Key, _Then] = {}
    for patch in _patches(events):
        for change in reversed(patch):
            key = (change.table, change.id)
            if change.before is None or change.after is None:
                known[key] = _Then(cells=change.before, whole=True)
            else:
                later = known.get(key, _Then(cells={}, whole=False))
                cells = {**(later.cells or {}), **change.before}
                known[key] = _Then(cells=cells, whole=later.whole)
    return known


def _difference(session: Session, then: Mapping[_Key, _Then]) -> Patch:
    """Return the patch from what the tables hold to what was there."""
    changes = (_change(session, key, was) for key, was in then.items())
    return tuple(change for change in changes if change is not None)


def _change(session: Session, key: _Key, was: _Then) -> RecordChange | None:
    table, identifier = key
    row = session.get(BY_NAME[table].model, identifier)
    now = None if row is None else cells_of(row)
    if was.cells is None:
        return None if now is None else removed(table, identifier, now)
    if now is None:
        # Of what is gone in a way that no event tells, nothing can be made again.
        after = was.cells if was.whole else dict.fromkeys(was.cells, REDACTED)
        return RecordChange(table=table, id=identifier, before=None, after=after)
    fields = [f for f, cell in was.cells.items() if now.get(f, cell) != cell]
    if not fields:
        return None
    return RecordChange(
        table=table,
        id=identifier,
        before={f: now[f] for f in fields},
        after={f: was.cells[f] for f in fields},
    )


def _known_parts(patch: Patch) -> Patch:
    """Return `patch` without the values that are known no longer."""
    parts = (_known_part(change) for change in patch)
    return tuple(part for part in parts if part is not None)


def _known_part(change: RecordChange) -> RecordChange | None:
    after = change.after
    if after is None or REDACTED not in after.values():
        return change
    known = [field for field, cell in after.items() if cell != REDACTED]
    if change.before is None or not known:
        return None
    before = {field: change.before[field] for field in known}
    return replace(change, before=before, after={f: after[f] for f in known})


def _without_places(session: Session, patch: Patch) -> Patch:
    """Return `patch` so that as much is shown of each place as is now.

    To show more takes a permission; to show less takes the page of the place, which
    also forgets what was shown.
    """
    stay = shows_more(patch) | hides(patch)
    return tuple(c for c in patch if not _is_of_a_place(session, c, stay))


def _is_of_a_place(
    session: Session, change: RecordChange, stay: frozenset[str]
) -> bool:
    if change.table == "location":
        return change.id in stay
    if change.table != "address":
        return False
    row = session.get(BY_NAME["address"].model, change.id)
    cells = {**(change.after or {}), **(cells_of(row) if row is not None else {})}
    place = session.get(BY_NAME["location"].model, cells["location_id"])
    public = place is not None and (
        cells_of(place)["visibility"] == Visibility.PUBLIC.value
    )
    return not public or cells["location_id"] in stay


def _is_again(taken: RecordChange, patch: Patch) -> bool:
    """Tell whether `patch` makes again what a change has taken away."""
    return any(
        (taken.before or {}).get(field) == cell
        for change in patch
        if (change.table, change.id) == (taken.table, taken.id)
        for field, cell in (change.after or {}).items()
    )
