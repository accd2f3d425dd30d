"""Patches: changes of records that can be shown, kept, applied and taken back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session

from directory.curation.records.cells import (
    BY_NAME,
    ORDER,
    Cells,
    canonical,
    cells_of,
    values_of,
    whole,
)
from directory.errors import RefusedError
from directory.hsds import Record
from directory.ids import new_id
from directory.sentence import Sentence

_OWNERS = frozenset(
    {"organization", "service", "location", "service_at_location", "phone"}
)
"""Tables whose records others point at."""

REDACTED = "[redacted]"
"""What stands where a value was that may be held no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """The change of one record.

    `before` and `after` hold the same fields: those that differ, or all of them where
    a record is made (`before` is `None`) or taken away (`after` is `None`).
    """

    table: str
    id: str
    before: Cells | None
    after: Cells | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, in their order in the table."""
        return tuple(self.before or self.after or ())

    @property
    def inverse(self) -> "RecordChange":
        """The change that takes this one back."""
        return RecordChange(
            table=self.table, id=self.id, before=self.after, after=self.before
        )


Patch = tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that holds something else than a patch was made for."""

    table: str
    id: str
    field: str
    before: str
    now: str
    after: str


class PatchConflictError(RefusedError):
    """A record has changed since the patch was made; nothing was written."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        """Keep the clashes."""
        self.clashes = tuple(clashes)
        super().__init__(
            Sentence("Somebody else has changed this since. Nothing was done.")
        )


class PatchRefusedError(RefusedError):
    """The tables refuse what a patch would write; nothing was written."""

    def __init__(self) -> None:
        """Say the one sentence."""
        super().__init__(
            Sentence("The directory cannot hold this: something else needs it.")
        )


def compared(table: str, identifier: str, before: Cells, after: Cells) -> Patch:
    """Return the patch that makes `before` into `after`; empty if they are the same.

    `after` need not name every field. Raises `InvalidRequestError` for a cell that
    cannot be read.
    """
    wanted = canonical(table, after)
    fields = [f for f in wanted if wanted[f] != before.get(f, "")]
    if not fields:
        return ()
    change = RecordChange(
        table=table,
        id=identifier,
        before={f: before.get(f, "") for f in fields},
        after={f: wanted[f] for f in fields},
    )
    return (change,)


def made(table: str, cells: Cells) -> RecordChange:
    """Return the change that makes a record of `cells`, with an id of its own."""
    return RecordChange(
        table=table, id=new_id(), before=None, after=whole(table, cells)
    )


def removed(table: str, identifier: str, cells: Cells) -> RecordChange:
    """Return the change that takes a record away, which holds `cells`."""
    return RecordChange(table=table, id=identifier, before=cells, after=None)


def inverse(patch: Patch) -> Patch:
    """Return the patch that takes `patch` back."""
    return tuple(change.inverse for change in reversed(patch))


def clashes(session: Session, patch: Patch) -> list[Clash]:
    """Return what stands in the way of `patch`; nothing where it was applied before."""
    return [clash for change in patch for clash in _clashes(session, change)]


def is_held(session: Session, patch: Patch) -> bool:
    """Tell whether the tables hold already what `patch` would make of them."""
    return all(_is_held(_cells(session, change), change.after) for change in patch)


def is_redacted(patch: Patch) -> bool:
    """Tell whether a value is missing that a patch was made of."""
    return any(
        REDACTED in (cells or {}).values()
        for change in patch
        for cells in (change.before, change.after)
    )


def apply(session: Session, patch: Patch) -> None:
    """Write `patch` into the tables.

    Raises `PatchConflictError` where a record does not hold what the patch was made
    for, `InvalidRequestError` for a value that cannot be read, and `PatchRefusedError`
    for one that the tables do not take.
    """
    found = clashes(session, patch)
    if found:
        raise PatchConflictError(found)
    try:
        _apply(session, patch)
    except (IntegrityError, DataError) as error:
        raise PatchRefusedError from error


def _apply(session: Session, patch: Patch) -> None:
    # What belongs to a record must be gone before the record is hidden.
    _delete(session, (c for c in patch if c.table not in _OWNERS))
    kept = [c for c in patch if c.after is not None]
    for change in sorted(kept, key=lambda c: ORDER[c.table]):
        _write(session, change)
        session.flush()
    # And what moves from one record to another must be there before the one goes.
    _delete(session, (c for c in patch if c.table in _OWNERS))


def _delete(session: Session, changes: Iterable[RecordChange]) -> None:
    gone = [c for c in changes if c.after is None]
    for change in sorted(gone, key=lambda c: -ORDER[c.table]):
        record = _held(session, change)
        if record is not None:
            session.delete(record)
            # In one flush the order would be anybody's.
            session.flush()


def to_json(patch: Patch) -> list[dict[str, Any]]:
    """Return `patch` as JSON values."""
    return [
        {
            "table": change.table,
            "id": change.id,
            "before": None if change.before is None else dict(change.before),
            "after": None if change.after is None else dict(change.after),
        }
        for change in patch
    ]


def from_json(changes: Iterable[dict[str, Any]]) -> Patch:
    """Return the patch that `to_json` made `changes` of."""
    return tuple(RecordChange(**change) for change in changes)


def dumps(patch: Patch) -> str:
    """Return `patch` as a text."""
    return json.dumps(to_json(patch), ensure_ascii=False, sort_keys=True)


def loads(text: str) -> Patch:
    """Return the patch that `dumps` made `text` of."""
    return from_json(json.loads(text))


def _held(session: Session, change: RecordChange) -> Record | None:
    return session.get(BY_NAME[change.table].model, change.id)


def _cells(session: Session, change: RecordChange) -> Cells | None:
    record = _held(session, change)
    return None if record is None else cells_of(record)


def _is_held(now: Cells | None, after: Cells | None) -> bool:
    if now is None or after is None:
        return now is after
    return all(now[field] == cell for field, cell in after.items())


def _clashes(session: Session, change: RecordChange) -> list[Clash]:
    now = _cells(session, change)
    before, after = change.before or {}, change.after or {}
    if now is None:
        # What was to be changed is gone; what was to be made or to go may be missing.
        gone = change.before is not None and change.after is not None
        fields = list(after) if gone else []
    elif change.before is None:
        fields = [f for f in after if now[f] != after[f]]
    elif change.after is None:
        fields = [f for f in before if now[f] != before[f]]
    else:
        fields = [f for f in after if now[f] not in {before[f], after[f]}]
    return [
        Clash(
            table=change.table,
            id=change.id,
            field=field,
            before=before.get(field, ""),
            now="" if now is None else now[field],
            after=after.get(field, ""),
        )
        for field in fields
    ]


def _write(session: Session, change: RecordChange) -> None:
    record = _held(session, change)
    values: dict[str, Any] = values_of(change.table, change.after or {})
    if record is None:
        session.add(BY_NAME[change.table].model(id=change.id, **values))
        return
    for field, value in values.items():
        if getattr(record, field) != value:
            setattr(record, field, value)
