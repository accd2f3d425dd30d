"""The database: engine, sessions, migrations, and the sequence of changes."""

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, event, func, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    SQLAlchemyError,
)
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine, select

from directory.errors import DatabaseUnavailableError
from directory.hsds import Change, Record

_WRITES = "writes"
_MIGRATIONS = "directory:migrations"
# Any fixed number does; it names the lock that makes PostgreSQL's writers take turns.
_WRITER_LOCK = 4_927_001

_TURN_SECONDS = 5
_turns: dict[str, threading.Lock] = {}
# A thread that has its turn is not there in a process that is forked meanwhile.
os.register_at_fork(after_in_child=_turns.clear)

SCRUB = "scrub"
"""What a session says in its `info` when what it overwrote must leave the disk."""

_BUSY = "PRAGMA busy_timeout={milliseconds}"
_BUSY_MILLISECONDS = 5000
_SCRUB_MILLISECONDS = 1000
_unscrubbed: set[str] = set()


def open_engine(url: str, *, may_create: bool = True) -> Engine:
    """Return an engine for the SQLite file or PostgreSQL database at `url`.

    Parameters never appear in errors or logs (`hide_parameters`). A SQLite file that is
    not there is made, unless it may not be: a site that serves must not put an empty
    directory in the place of one that was lost.
    """
    address = make_url(url)
    if not may_create and address.get_backend_name() == "sqlite":
        address = _existing_file(address)
    engine = create_engine(address, hide_parameters=True, pool_pre_ping=True)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_on_sqlite)
    else:
        event.listen(engine, "begin", _begin_on_postgresql)
        event.listen(engine, "handle_error", _keep_to_the_point)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session for reading; what it does is rolled back."""
    with _translated(), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a session for writing, commit at the end, roll back on any error.

    Writers take turns from the start of the transaction. SQLite fails a reader that
    turns writer with "database is locked" whatever the timeout, and on PostgreSQL the
    numbers of `change` would not come in the order of commits.
    """
    with _translated(), _turn(engine):
        writer = engine.execution_options(**{_WRITES: True})
        with Session(writer) as session, session.begin():
            yield session
        if session.info.get(SCRUB) or str(engine.url) in _unscrubbed:
            _scrub(engine)


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version; all of it or nothing.

    Of several processes that do this at once one does the work, the others wait.
    """
    writer = engine.execution_options(**{_WRITES: True})
    with _translated(), writer.connect() as connection:
        config = Config()
        config.set_main_option("script_location", _MIGRATIONS)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the tables are there and of the newest version."""
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    head = ScriptDirectory.from_config(config).get_current_head()
    with _translated(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def last_change(session: Session) -> int:
    """Return the number of the newest committed change, 0 when there is none."""
    return session.exec(select(func.max(Change.seq))).one() or 0


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError):
        # The database is well; it refuses what it was given.
        raise
    except (DatabaseError, InterfaceError) as error:
        msg = f"The database cannot be used: {error.orig}"
        raise DatabaseUnavailableError(msg) from error


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Let the threads of this process write to a SQLite file one after the other.

    SQLite lets whoever asks at the right moment go first, and a thread that asks at the
    wrong ones for five seconds fails. It still decides between processes.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _turns.setdefault(str(engine.url), threading.Lock())
    taken = turn.acquire(timeout=_TURN_SECONDS)
    try:
        yield
    finally:
        if taken:
            turn.release()


def _scrub(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which holds pages as they were before.

    The change is committed whatever becomes of this. While somebody reads an older
    state the log has to stay: then the next writer tries again.
    """
    if engine.dialect.name != "sqlite":
        return
    _unscrubbed.add(str(engine.url))
    with (
        suppress(SQLAlchemyError, sqlite3.Error),
        closing(engine.raw_connection()) as connection,
    ):
        cursor = connection.cursor()
        cursor.execute(_BUSY.format(milliseconds=_SCRUB_MILLISECONDS))
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_pages) = cursor.fetchone() or (1,)
            if not busy:
                _unscrubbed.discard(str(engine.url))
        finally:
            cursor.execute(_BUSY.format(milliseconds=_BUSY_MILLISECONDS))
            cursor.close()


def _set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a DBAPI connection has no common type
    # The driver must not begin transactions by itself: `_begin_on_sqlite` does.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
        # A letter's link and a hidden street must be gone when they are deleted.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_on_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK}
        )


def _existing_file(address: URL) -> URL:
    """Return the address of a SQLite file that is opened only if it is there."""
    file = f"file:{quote(address.database or '')}"
    return address.set(database=file, query={"mode": "rw", "uri": "true"})


def _keep_to_the_point(context: ExceptionContext) -> None:
    """Take the refused record out of an error: PostgreSQL quotes it in the details."""
    error: Any = context.original_exception
    told = context.sqlalchemy_exception
    if told is not None and getattr(error, "diag", None) is not None:
        error.args = (error.diag.message_primary or str(error),)
        kind = type(error)
        told.args = (f"({kind.__module__}.{kind.__name__}) {error}",)


@event.listens_for(OrmSession, "before_flush")
def _note_changes(
    session: OrmSession, _context: UOWTransaction, _instances: object
) -> None:
    """Write a `change` row for each record of this flush, in the same transaction."""
    now = dt.datetime.now(dt.UTC)
    for action, rows in (
        ("insert", session.new),
        ("update", session.dirty),
        ("delete", session.deleted),
    ):
        session.add_all(
            [
                Change(
                    at=now,
                    entity=type(row).__name__.lower(),
                    record_id=row.id,
                    action=action,
                )
                for row in list(rows)
                if isinstance(row, Record)
            ]
        )
