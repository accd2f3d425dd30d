"""A SQLite file, held so that another database can be put in its place.

The new one is written into the file as one transaction, by SQLite itself. So a process
that is killed leaves the old database or the new one, and a log of changes to the old
one is never read into the new one.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from directory.backup.archive import Progress
from directory.backup.copying import copy_sqlite, private_file, told
from directory.backup.home import InUseError, UnreadableError
from directory.backup.workshop import sync_folder

_PAGES = 1_000
_LOGS = ("-wal", "-shm")
_BROKEN = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_SECONDS = 1


class SqliteHome:
    """A SQLite file; there is no connection where SQLite cannot read it."""

    def __init__(self, file: Path, connection: sqlite3.Connection | None) -> None:
        """Keep the connection that holds `file`."""
        self._file = file
        self._connection = connection

    def copy_to(self, file: Path) -> bool:
        """Write a copy into `file`; tell whether there was anything to be copied."""
        if self._connection is None:
            raise UnreadableError
        try:
            return _copy(self._connection, file)
        except UnreadableError:
            # Nothing can be written into it either.
            self._connection.close()
            self._connection = None
            raise

    def set_aside(self, file: Path) -> None:
        """Keep what cannot be read as `file`, as it is."""
        for end in ("", *_LOGS):
            if self._beside(end).exists():
                kept = file.with_name(f"{file.name}{end}")
                private_file(kept)
                shutil.copyfile(self._beside(end), kept)
        sync_folder(file.parent)

    def put(self, new: Path, *, progress: Progress) -> None:
        """Put what the SQLite file `new` holds in the place of all that is here."""
        if self._connection is not None:
            _write(new, self._connection, progress)
            return
        fresh = self._file.with_name(f".{self._file.name}.new")
        fresh.unlink(missing_ok=True)
        with closing(_held(fresh)) as connection:
            _write(new, connection, progress)
        for end in _LOGS:
            self._beside(end).unlink(missing_ok=True)
        fresh.replace(self._file)
        sync_folder(self._file.parent)

    def _beside(self, end: str) -> Path:
        return self._file.with_name(f"{self._file.name}{end}")


@contextmanager
def sqlite_home(file: Path) -> Iterator[SqliteHome]:
    """Hold a SQLite file; raise `InUseError` while another program has it open."""
    was_there = file.exists()
    try:
        connection = _held(file)
    except UnreadableError:
        yield SqliteHome(file, None)
        return
    try:
        yield SqliteHome(file, connection)
    finally:
        connection.close()
        if not was_there and file.exists() and not file.stat().st_size:
            file.unlink()


def _held(file: Path) -> sqlite3.Connection:
    """Return a connection that keeps all others out until it is closed."""
    with told():
        connection = sqlite3.connect(file, isolation_level=None, timeout=_SECONDS)
    try:
        with _unless_broken():
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _copy(connection: sqlite3.Connection, file: Path) -> bool:
    with _unless_broken():
        found = connection.execute("SELECT count(*) FROM sqlite_master")
        if found.fetchone() == (0,):
            return False
        copy_sqlite(connection, file)
    return True


def _write(new: Path, target: sqlite3.Connection, progress: Progress) -> None:
    with told(), closing(sqlite3.connect(new)) as source:
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=FULL")
        size = source.execute("PRAGMA page_size").fetchone()[0]
        done = 0

        def tell(_status: int, left: int, total: int) -> None:
            nonlocal done
            progress((total - left - done) * size)
            done = total - left

        source.backup(target, pages=_PAGES, progress=tell)


@contextmanager
def _unless_broken() -> Iterator[None]:
    """Tell a file that is no database, and one that is in use, from other failures."""
    with told():
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _BROKEN:
                raise UnreadableError from error
            if code == sqlite3.SQLITE_BUSY:
                raise InUseError from error
            raise
