"""Loads a data package into the database: all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, select

from directory.database import reading, writing
from directory.errors import InvalidDataError, Problem
from directory.hsds import (
    Location,
    Organization,
    Record,
    Taxonomy,
    TaxonomyTerm,
    Visibility,
)
from directory.ids import new_id
from directory.interchange.merged import Merged, merged_in
from directory.interchange.package import Package, Row, table_name
from directory.interchange.table import TABLES, Table
from directory.vocabulary import Term

_WIDEST_FIRST = list(Visibility)
_TAXONOMY = "Aftercare NC needs and services"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many records a load made, changed, and left as they were.

    `merged` are those that went up in others since the package was written.
    """

    made: int
    changed: int
    same: int
    merged: int = 0


def is_empty(engine: Engine) -> bool:
    """Tell whether the directory holds no organization yet."""
    with reading(engine) as session:
        return session.exec(select(Organization.id).limit(1)).first() is None


def load_package(
    engine: Engine,
    package: Package,
    terms: dict[str, Term],
    *,
    progress: Callable[[int], None] = lambda _rows: None,
    note: Callable[[Session, "Loaded"], None] = lambda _session, _loaded: None,
) -> Loaded:
    """Write the records of `package` by their ids, and the vocabulary.

    Records that the package does not name stay as they are, and a record that is the
    same already is not touched. `progress` is told the number of rows after each step;
    `note` writes down, in the same transaction, what the load did. Raises
    `InvalidDataError`, which names the row, when the database refuses a record.
    """
    try:
        return _load(engine, package, terms, progress, note)
    except (IntegrityError, DataError):
        # Once more, slowly: record by record it shows which one is refused.
        return _load(engine, package, terms, None, note)


def _load(
    engine: Engine,
    package: Package,
    terms: dict[str, Term],
    progress: Callable[[int], None] | None,
    note: Callable[[Session, Loaded], None],
) -> Loaded:
    """Load in one transaction, record by record if there is no `progress` to tell."""
    counts = {"made": 0, "changed": 0, "same": 0}
    with writing(engine) as session:
        with _pointing_at("taxonomy.csv", 0):
            _load_terms(session, terms)
        merged = merged_in(session)
        for table in TABLES:
            rows = package.of(table_name(table))
            for row in _write_rows(session, table, rows, counts, merged):
                if progress is None:
                    with _pointing_at(table.file, row.number):
                        session.flush()
            session.flush()
            if progress is not None:
                progress(len(rows))
        loaded = Loaded(**counts, merged=len(merged.left_out))
        note(session, loaded)
    return loaded


@contextmanager
def _pointing_at(file: str, row: int) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError) as error:
        message = f"the database refuses it: {error.orig}"
        problem = Problem(file=file, row=row, field="", message=message)
        raise InvalidDataError([problem]) from error


def _write_rows(
    session: Session,
    table: Table,
    rows: Sequence[Row],
    counts: dict[str, int],
    merged: Merged,
) -> Iterator[Row]:
    """Put each row into the session, and yield it before the next is looked at."""
    existing = {record.id: record for record in session.exec(select(table.model)).all()}
    for row in _parents_first([*merged.followed(table, rows, existing)]):
        record = existing.get(str(row.values["id"]))
        if record is None:
            values: dict[str, Any] = {**row.values}
            session.add(table.model(**values))
            counts["made"] += 1
        else:
            _refuse_to_show_more(table, record, row)
            different = {
                field: value
                for field, value in row.values.items()
                if getattr(record, field) != value
            }
            for field, value in different.items():
                setattr(record, field, value)
            counts["changed" if different else "same"] += 1
        yield row


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
