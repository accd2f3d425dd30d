"""Loads a data package into the database: all of it or nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, select

from directory.database import reading, writing
from directory.errors import InvalidDataError, Problem
from directory.hsds import (
    Capacity,
    Location,
    Organization,
    Record,
    Taxonomy,
    TaxonomyTerm,
    Verification,
    Visibility,
)
from directory.ids import new_id
from directory.interchange.kept import Kept, RecordKey
from directory.interchange.merged import Merged, merged_in
from directory.interchange.package import Package, Row, table_name
from directory.interchange.table import TABLES, Table
from directory.vocabulary import Term

_WIDEST_FIRST = list(Visibility)
_TAXONOMY = "Aftercare NC needs and services"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many records a load made, changed, and left as they were.

    `merged` are those that went up in others since the package was written, `kept`
    those that were corrected on the site.
    """

    made: int
    changed: int
    same: int
    merged: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What is to be loaded, what stays as it is, and who writes down what was done."""

    package: Package
    terms: dict[str, Term]
    kept: Collection[RecordKey]
    note: Callable[[Session, Loaded], None]


@dataclass(slots=True, kw_only=True)
class _Course:
    """What a load has done so far."""

    merged: Merged
    kept: Kept
    made: int = 0
    changed: int = 0
    same: int = 0

    @property
    def loaded(self) -> Loaded:
        return Loaded(
            made=self.made,
            changed=self.changed,
            same=self.same,
            merged=len(self.merged.left_out),
            kept=len(self.kept.left_out),
        )


def is_empty(engine: Engine) -> bool:
    """Tell whether the directory holds no organization yet."""
    with reading(engine) as session:
        return session.exec(select(Organization.id).limit(1)).first() is None


def load_package(  # noqa: PLR0913 - what is loaded, and who is told of it
    engine: Engine,
    package: Package,
    terms: dict[str, Term],
    *,
    progress: Callable[[int], None] = lambda _rows: None,
    note: Callable[[Session, "Loaded"], None] = lambda _session, _loaded: None,
    kept: Collection[RecordKey] = (),
) -> Loaded:
    """Write the records of `package` by their ids, and the vocabulary.

    Records that the package does not name stay as they are, and a record that is the
    same already is not touched. `progress` is told the number of rows after each step;
    `note` writes down, in the same transaction, what the load did. `kept` are the
    records (table and id) that are left alone: neither changed, nor made again where
    they were removed, nor anything that belongs to what was removed. Raises
    `InvalidDataError`, which names the row, when the database refuses a record.
    """
    order = _Order(package=package, terms=terms, kept=kept, note=note)
    try:
        return _load(engine, order, progress)
    except (IntegrityError, DataError):
        # Once more, slowly: record by record it shows which one is refused.
        return _load(engine, order, None)


def _load(
    engine: Engine, order: _Order, progress: Callable[[int], None] | None
) -> Loaded:
    """Load in one transaction, record by record if there is no `progress` to tell."""
    with writing(engine) as session:
        with _pointing_at("taxonomy.csv", 0):
            _load_terms(session, order.terms)
        course = _Course(merged=merged_in(session), kept=Kept(records=order.kept))
        for table in TABLES:
            rows = order.package.of(table_name(table))
            for row in _write_rows(session, table, rows, course):
                if progress is None:
                    with _pointing_at(table.file, row.number):
                        session.flush()
            session.flush()
            if progress is not None:
                progress(len(rows))
        order.note(session, course.loaded)
    return course.loaded


@contextmanager
def _pointing_at(file: str, row: int) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError) as error:
        message = f"the database refuses it: {error.orig}"
        problem = Problem(file=file, row=row, field="", message=message)
        raise InvalidDataError([problem]) from error


def _write_rows(
    session: Session, table: Table, rows: Sequence[Row], course: _Course
) -> Iterator[Row]:
    """Put each row into the session, and yield it before the next is looked at."""
    existing = {record.id: record for record in session.exec(select(table.model)).all()}
    for row in _parents_first([*course.merged.followed(table, rows, existing)]):
        record = existing.get(str(row.values["id"]))
        if course.kept.stays(table, row, record):
            continue
        if record is None:
            values: dict[str, Any] = {**row.values}
            session.add(table.model(**values))
            course.made += 1
        elif _overwrite(table, record, row):
            course.changed += 1
        else:
            course.same += 1
        yield row


def _overwrite(table: Table, record: Record, row: Row) -> bool:
    """Let `record` hold what `row` says; tell whether it said anything else."""
    _refuse_to_show_more(table, record, row)
    if _is_newer(record, row):
        return False
    different = {
        field: value
        for field, value in row.values.items()
        if getattr(record, field) != value
    }
    for field, value in different.items():
        setattr(record, field, value)
    return bool(different)


def _is_newer(record: Record, row: Row) -> bool:
    """Tell whether somebody has confirmed or told the room since a file was made."""
    if isinstance(record, Verification):
        held, said = record.verified_on, row.values["verified_on"]
        return isinstance(said, dt.date) and held > said
    if isinstance(record, Capacity):
        told, now = row.values["as_of"], record.as_of
        return isinstance(told, dt.datetime) and now > told
    return False


def _refuse_to_show_more(table: Table, record: Record, row: Row) -> None:
    """Raise `InvalidDataError` when a file would show more of a place than is shown.

    That takes the provider's authorization and a second person (42 USC 10406(c)(5)); a
    file is neither. To show less is always right.
    """
    if not isinstance(record, Location):
        return
    wanted = Visibility(str(row.values["visibility"]))
    if _WIDEST_FIRST.index(wanted) < _WIDEST_FIRST.index(record.visibility):
        message = (
            f"would show a place that is {record.visibility.value} as {wanted.value}:"
            " that takes its provider's authorization and a second person"
        )
        problem = Problem(
            file=table.file, row=row.number, field="visibility", message=message
        )
        raise InvalidDataError([problem])


def _parents_first(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield organizations after the one that they are part of; others as they come."""
    waiting: dict[object, list[Row]] = defaultdict(list)
    ids = {row.values["id"] for row in rows}
    for row in rows:
        parent = row.values.get("parent_organization_id")
        waiting[parent if parent in ids else None].append(row)
    ready = waiting.pop(None, [])
    while ready:
        row = ready.pop()
        yield row
        ready.extend(waiting.pop(row.values["id"], []))


def _load_terms(session: Session, terms: dict[str, Term]) -> None:
    taxonomy = session.exec(select(Taxonomy).where(Taxonomy.name == _TAXONOMY)).first()
    if taxonomy is None:
        taxonomy = Taxonomy(
            id=new_id(),
            name=_TAXONOMY,
            description="One vocabulary for what survivors need and services give.",
        )
        session.add(taxonomy)
        session.flush()
    known = {term.id: term for term in session.exec(select(TaxonomyTerm)).all()}
    # Groups stand before their members in the file, so parents are there first.
    for term in terms.values():
        values: dict[str, Any] = {
            "taxonomy_id": taxonomy.id,
            "code": term.code,
            "name": term.name_en,
            "description": term.definition_en,
            "parent_id": terms[term.parent].id if term.parent else None,
        }
        record = known.get(term.id)
        if record is None:
            session.add(TaxonomyTerm(id=term.id, **values))
            session.flush()
            continue
        for field, value in values.items():
            if getattr(record, field) != value:
                setattr(record, field, value)
    session.flush()
