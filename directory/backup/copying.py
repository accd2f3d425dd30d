"""Copies of a database, each a SQLite file, whatever the database is.

A copy of SQLite is made by `VACUUM INTO`, one of PostgreSQL row by row into tables that
are made anew. Both read one state of the database, and hold up no writer.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.exc import DBAPIError

from directory.database import migrate, open_engine
from directory.errors import DatabaseUnavailableError
from directory.hsds import Row

_BATCH = 1_000


@contextmanager
def opened(file: Path) -> Iterator[Engine]:
    """Open a copy; afterwards all of it is in the one file."""
    engine = open_engine(f"sqlite:///{file}", may_create=False)
    try:
        yield engine
    finally:
        engine.dispose()


def copy_of(engine: Engine, file: Path) -> None:
    """Write what the database of `engine` holds at this moment into `file`."""
    if engine.dialect.name == "sqlite":
        with told(), closing(engine.raw_connection()) as raw:
            copy_sqlite(raw.driver_connection, file)
        return
    one_state = engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    with told(), one_state.connect() as connection:
        copy_postgresql(connection, file)


def copy_sqlite(connection: Any, file: Path) -> None:  # noqa: ANN401 - a driver's
    """Write what a connection of the driver of SQLite sees into `file`."""
    private_file(file)
    connection.execute("VACUUM INTO ?", (str(file),))


def copy_postgresql(connection: Connection, file: Path) -> None:
    """Write what `connection` sees into `file`; its tables must be of this version."""
    private_file(file)
    with opened(file) as copy:
        migrate(copy)
        with told(), copy.begin() as target:
            copy_rows(connection, target)


def copy_rows(
    source: Connection,
    target: Connection,
    *,
    progress: Callable[[int], None] = lambda _rows: None,
) -> None:
    """Copy every row of every table into tables that are empty, parents first."""
    for table in Row.metadata.sorted_tables:
        found = source.execute(select(table).execution_options(yield_per=_BATCH))
        for rows in found.mappings().partitions(_BATCH):
            _insert(target, table, [dict(row) for row in rows])
            progress(len(rows))
        _point_to_itself(source, target, table)


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        for table in Row.metadata.sorted_tables
    }


def private_file(file: Path) -> None:
    """Make an empty file that only its owner may read."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def told() -> Iterator[None]:
    """Say in a sentence what a database could not do."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        msg = f"The database cannot be used: {reason}"
        raise DatabaseUnavailableError(msg) from error


def _own_parents(table: Table) -> list[str]:
    """Return the columns that point at other rows of the same table."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _insert(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    later = dict.fromkeys(_own_parents(table))
    target.execute(table.insert(), [{**row, **later} for row in rows])


def _point_to_itself(source: Connection, target: Connection, table: Table) -> None:
    """Write what points at rows of the same table, now that all of them are there."""
    for name in _own_parents(table):
        key, column = table.primary_key.columns[0], table.columns[name]
        found = source.execute(select(key, column).where(column.is_not(None)))
        for identifier, parent in found.all():
            target.execute(
                table.update().where(key == identifier).values({name: parent})
            )
