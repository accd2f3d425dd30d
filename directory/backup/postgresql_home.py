"""A PostgreSQL database, held so that another can be put in the place of its tables.

The new tables are made and filled beside the old ones, in a schema of their own. One
transaction then takes the old ones away and moves the new ones to their place.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from directory.backup.archive import BackupError, Progress
from directory.backup.contents import revision_of
from directory.backup.copying import (
    copy_postgresql,
    copy_rows,
    count_rows,
    opened,
    told,
)
from directory.backup.home import InUseError, UnreadableError
from directory.database import migrate, open_engine
from directory.hsds import Row

_BESIDE = "aftercare_restore"
_TABLES = (*(table.name for table in Row.metadata.sorted_tables), "alembic_version")
_FUNCTION = "history_is_only_written()"
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND usename IS NOT NULL AND pid <> pg_backend_pid()"
)
# Numbers go on after the last one that was copied.
_GO_ON = text(
    "SELECT setval(pg_get_serial_sequence('change', 'seq'), max(seq)) FROM change"
)
_NO_LOCK = "55P03"
# Whoever has just gone is still listed for a moment.
_LOOKS = 10
_PAUSE_SECONDS = 0.1


class PostgresqlHome:
    """The tables of this program in a database, which a transaction holds."""

    def __init__(self, connection: Connection, beside: Engine) -> None:
        """Keep that transaction, and the way to the tables that are made beside."""
        self._connection = connection
        self._beside = beside
        self._there = set(inspect(connection).get_table_names()).intersection(_TABLES)

    def copy_to(self, file: Path) -> bool:
        """Write a copy into `file`; tell whether there was anything to be copied."""
        if not self._there:
            return False
        revision = MigrationContext.configure(self._connection).get_current_revision()
        if revision != revision_of(self._beside):
            raise UnreadableError
        with told():
            copy_postgresql(self._connection, file)
        return True

    def set_aside(self, file: Path) -> None:
        """Refuse: tables of another version cannot be kept in a file."""
        msg = (
            f"The tables here are of another version of this program, and {file.name}"
            " cannot hold them. Run `aftercare init` first, or name an empty database."
        )
        raise BackupError(msg)

    def put(self, new: Path, *, progress: Progress) -> None:
        """Put what the SQLite file `new` holds in the place of all that is here."""
        with told(), opened(new) as copy, copy.connect() as source:
            share = new.stat().st_size / max(sum(count_rows(source).values()), 1)
            with self._beside.begin() as target:
                copy_rows(
                    source, target, progress=lambda rows: progress(int(rows * share))
                )
                target.execute(_GO_ON)
        self._beside.dispose()
        with _unless_in_use():
            self._change_places()
            self._connection.commit()

    def lock(self) -> None:
        """Let nobody write until the transaction ends."""
        if self._there:
            names = ", ".join(sorted(self._there))
            with _unless_in_use():
                self._do("SET LOCAL lock_timeout = '5s'")
                self._do(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")

    def _change_places(self) -> None:
        schema = self._connection.scalar(text("SELECT quote_ident(current_schema())"))
        for name in reversed(_TABLES):
            self._do(f"DROP TABLE IF EXISTS {schema}.{name}")
        self._do(f"DROP FUNCTION IF EXISTS {schema}.{_FUNCTION}")
        self._do(f"ALTER FUNCTION {_BESIDE}.{_FUNCTION} SET SCHEMA {schema}")
        for name in _TABLES:
            self._do(f"ALTER TABLE {_BESIDE}.{name} SET SCHEMA {schema}")

    def _do(self, statement: str) -> None:
        self._connection.execute(text(statement))


@contextmanager
def postgresql_home(address: URL) -> Iterator[PostgresqlHome]:
    """Hold a PostgreSQL database; raise `InUseError` while somebody else is in it."""
    here = open_engine(address.render_as_string(hide_password=False))
    beside = open_engine(_beside(address).render_as_string(hide_password=False))
    try:
        with told():
            _refuse_others(here)
            _clear(here)
            _make(here, beside)
            with here.connect() as connection:
                home = PostgresqlHome(connection, beside)
                home.lock()
                yield home
    finally:
        beside.dispose()
        with told():
            _clear(here)
        here.dispose()


def _beside(address: URL) -> URL:
    """Return the address at which tables are those that are made beside."""
    given = address.query.get("options", "")
    options = f"{given} -csearch_path={_BESIDE}".strip()
    return address.update_query_dict({"options": options})


def _refuse_others(here: Engine) -> None:
    for _look in range(_LOOKS):
        with here.connect() as connection:
            if not connection.scalar(_OTHERS):
                return
        time.sleep(_PAUSE_SECONDS)
    raise InUseError


def _make(here: Engine, beside: Engine) -> None:
    with here.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {_BESIDE}"))
    migrate(beside)


def _clear(here: Engine) -> None:
    """Take away what a restore left that was killed, or has ended."""
    with here.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {_BESIDE} CASCADE"))


@contextmanager
def _unless_in_use() -> Iterator[None]:
    with told():
        try:
            yield
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _NO_LOCK:
                raise InUseError from error
            raise
