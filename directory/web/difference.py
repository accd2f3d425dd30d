"""What a change changes, field by field and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from directory.curation.records.cells import BY_NAME, Cells, cells_of
from directory.curation.records.patch import Clash, Patch, RecordChange
from directory.web.record_words import (
    FIELDS,
    MINOR,
    cell_text,
    label_of,
    record_name,
    says_something,
    summary,
    weekday_of,
)
from directory.web.texts import gettext

_Clashes = Mapping[tuple[str, str, str], Clash]
_IS_ITS_OWN = frozenset({"organization", "service"})
_OWNERS = {"organization_id": "organization", "service_id": "service"}


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
    """Return what `patch` changes, record by record: hours by day, the rest as is."""
    by_field = {(c.table, c.id, c.field): c for c in clashes}
    names = _Names(session, patch)
    return tuple(
        _record(change, _held(session, change), by_field, names)
        for change in _in_order(session, patch)
    )


def _held(session: Session, change: RecordChange) -> Cells:
    record = session.get(BY_NAME[change.table].model, change.id)
    return {} if record is None else cells_of(record)


class _Names:
    """The names of listings that a patch speaks of, even of those it takes away."""

    def __init__(self, session: Session, patch: Patch) -> None:
        self._session = session
        self._cells = {
            (c.table, c.id): {**(c.after or {}), **(c.before or {})} for c in patch
        }

    def of(self, table: str, identifier: str) -> str:
        """Return the name of a listing, its id if it has none any more."""
        if table not in _IS_ITS_OWN:
            return identifier
        record = self._session.get(BY_NAME[table].model, identifier)
        held = {} if record is None else cells_of(record)
        known = {**held, **self._cells.get((table, identifier), {})}
        return known.get("name", identifier)

    def text(self, table: str, field: str, cell: str) -> str:
        """Return what a cell says; an owner that the patch itself makes by its name."""
        owner = self._cells.get((_OWNERS.get(field, ""), cell), {})
        return owner.get("name") or cell_text(table, field, cell)

    def leading(self, change: RecordChange, entity: str) -> RecordChange:
        """Return the change of an old address, with the name of where it leads."""
        before, after = (
            cells and {**cells, "to_id": self.of(entity, cells["to_id"])}
            for cells in (change.before, change.after)
        )
        return replace(change, before=before, after=after)


def _record(
    change: RecordChange, held: Cells, clashes: _Clashes, names: _Names
) -> RecordDifference:
    made, gone = change.before is None, change.after is None
    known = {**held, **(change.after or {}), **(change.before or {})}
    if change.table == "redirect":
        change = names.leading(change, known["entity"])
    cells = change.after or change.before or {}
    # Of a record that comes or goes, all that it holds.
    shown = [f for f in FIELDS[change.table] if f in cells]
    if change.table == "redirect" and "entity" in cells:
        # Its name says it all.
        shown = []
    if made or gone:
        clashing = {f for t, i, f in clashes if (t, i) == (change.table, change.id)}
        shown = [
            f
            for f in shown
            if says_something(change.table, f, cells[f]) or f in clashing
        ]
    told = {field: _field(change, field, clashes, names) for field in shown}
    if "note" in told and told["note"].was == told["note"].asked:
        # The words of the choice that was made, which nobody said themselves.
        del told["note"]
    return RecordDifference(
        kind=record_name(change.table),
        # What is edited as a whole needs no name beside its fields.
        name=""
        if change.table in _IS_ITS_OWN and not (made or gone)
        else _name(change, known, names),
        made=made,
        gone=gone,
        fields=_those(told, minor=False),
        minor=_those(told, minor=True),
    )


def _in_order(session: Session, patch: Patch) -> Patch:
    """Return `patch` with its hours by the day of the week, where they stand."""

    def day(change: RecordChange) -> tuple[int, str, str]:
        cells = change.after or change.before or {}
        return weekday_of({**_held(session, change), **cells})

    by_day = iter(sorted((c for c in patch if c.table == "schedule"), key=day))
    return tuple(next(by_day) if c.table == "schedule" else c for c in patch)


def _name(change: RecordChange, known: Cells, names: _Names) -> str:
    if change.table != "redirect":
        return summary(change.table, known)
    old, new = (names.of(known["entity"], i) for i in (change.id, known["to_id"]))
    return gettext("%(old)s leads to %(new)s", old=old, new=new)


def _those(
    told: Mapping[str, FieldDifference], *, minor: bool
) -> tuple[FieldDifference, ...]:
    return tuple(said for field, said in told.items() if (field in MINOR) is minor)


def _field(
    change: RecordChange, field: str, clashes: _Clashes, names: _Names
) -> FieldDifference:
    clash = clashes.get((change.table, change.id, field))
    return FieldDifference(
        label=label_of(change.table, field),
        was=names.text(change.table, field, (change.before or {}).get(field, "")),
        asked=names.text(change.table, field, (change.after or {}).get(field, "")),
        now=None if clash is None else cell_text(change.table, field, clash.now),
    )
