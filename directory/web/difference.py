"""What a change changes, field by field and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.records.cells import BY_NAME, Cells, cells_of
from directory.curation.records.patch import Clash, Patch, RecordChange
from directory.web.record_words import (
    FIELDS,
    MINOR,
    cell_text,
    label_of,
    record_name,
    summary,
)

_Clashes = Mapping[tuple[str, str, str], Clash]
_IS_ITS_OWN = frozenset({"organization", "service"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field: what it was, what is asked for, and what it is by now.

    `now` is `None` unless somebody else has changed the field meanwhile.
    """

    label: str
    was: str
    asked: str
    now: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDifference:
    """The change of one record; `name` tells which one of its kind it is.

    `made` and `gone` say that the record as a whole comes or goes. `minor` fields
    follow from the others: where a fact comes from.
    """

    kind: str
    name: str
    made: bool = False
    gone: bool = False
    fields: tuple[FieldDifference, ...] = ()
    minor: tuple[FieldDifference, ...] = ()


def difference(
    session: Session, patch: Patch, clashes: Iterable[Clash] = ()
) -> tuple[RecordDifference, ...]:
    """Return what `patch` changes, record by record, in the order of the patch."""
    by_field = {(c.table, c.id, c.field): c for c in clashes}
    return tuple(_record(change, _held(session, change), by_field) for change in patch)


def _held(session: Session, change: RecordChange) -> Cells:
    record = session.get(BY_NAME[change.table].model, change.id)
    return {} if record is None else cells_of(record)


def _record(change: RecordChange, held: Cells, clashes: _Clashes) -> RecordDifference:
    made, gone = change.before is None, change.after is None
    known = {**held, **(change.after or {}), **(change.before or {})}
    if made or gone:
        # The whole record is told in one line; a clash is told by its field.
        shown = [f for f in known if (change.table, change.id, f) in clashes]
    else:
        shown = [f for f in FIELDS[change.table] if f in (change.after or {})]
    told = {field: _field(change, field, clashes) for field in shown}
    return RecordDifference(
        kind=record_name(change.table),
        # What is edited as a whole needs no name beside its fields.
        name=""
        if change.table in _IS_ITS_OWN and not (made or gone)
        else summary(change.table, known),
        made=made,
        gone=gone,
        fields=_those(told, minor=False),
        minor=_those(told, minor=True),
    )


def _those(
    told: Mapping[str, FieldDifference], *, minor: bool
) -> tuple[FieldDifference, ...]:
    return tuple(said for field, said in told.items() if (field in MINOR) is minor)


def _field(change: RecordChange, field: str, clashes: _Clashes) -> FieldDifference:
    clash = clashes.get((change.table, change.id, field))
    return FieldDifference(
        label=label_of(change.table, field),
        was=cell_text(change.table, field, (change.before or {}).get(field, "")),
        asked=cell_text(change.table, field, (change.after or {}).get(field, "")),
        now=None if clash is None else cell_text(change.table, field, clash.now),
    )
