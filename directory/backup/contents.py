"""What is in a copy: whether it is whole, and what can be said of it."""

import datetime as dt
import hmac
from dataclasses import dataclass
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, delete, update
from sqlmodel import col

from directory.accounts import SignIn
from directory.backup.archive import BackupError, Label
from directory.backup.copying import count_rows, opened, private_file, told
from directory.backup.home import UnreadableError
from directory.curation.claims import Claim
from directory.curation.history.chain import first_broken, head
from directory.curation.reports import Report
from directory.database import migrate, reading, writing
from directory.mail import Letter

_MIGRATIONS = "directory:migrations"
_MARK_LENGTH = 16


def key_mark(secret_key: str) -> str:
    """Return what tells one key of the site from another, and nothing else of it."""
    made = hmac.digest(secret_key.encode(), b"which key a backup needs", "sha256")
    return made.hex()[:_MARK_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When a backup is made, and which key of the site its codes are kept under."""

    made_at: dt.datetime
    key_mark: str


def label_of(copy: Engine, stamp: Stamp) -> Label:
    """Return what is said of a copy; its size is known once it is closed."""
    with reading(copy) as session:
        last = head(session)
        newest = "" if last is None else f"{last.seq} {last.hash}"
    with told(), copy.connect() as connection:
        rows = count_rows(connection)
    return Label(
        made_at=stamp.made_at,
        revision=revision_of(copy) or "",
        key_mark=stamp.key_mark,
        size=0,
        rows=rows,
        head=newest,
    )


def cleanse(copy: Engine) -> None:
    """Take out of a copy what must not be kept for longer than it is needed.

    Who is signed in, the texts of letters with the links in them, and the marks of
    reporters and claimants. What was deleted is overwritten.
    """
    with writing(copy) as session:
        session.execute(delete(SignIn))
        session.execute(update(Letter).where(col(Letter.text) != "").values(text=""))
        session.execute(
            update(Report)
            .where(col(Report.reporter).is_not(None))
            .values(reporter=None)
        )
        session.execute(
            update(Claim).where(col(Claim.network).is_not(None)).values(network=None)
        )


def revision_of(engine: Engine) -> str | None:
    """Return the version of the tables, `None` if there are none of ours."""
    with told(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _is_known(revision: str | None) -> bool:
    """Tell whether this program knows tables of a version."""
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return revision in {script.revision for script in scripts}


def bring_up(copy: Engine) -> None:
    """Bring the tables of a copy to this version.

    Raises `UnreadableError` where they are of a version that is not known.
    """
    if not _is_known(revision_of(copy)):
        raise UnreadableError
    migrate(copy)


def check(copy: Engine, place: Path) -> None:
    """Bring a copy to this version, and raise `BackupError` if it is not whole.

    `place` is a folder for a database to compare with.
    """
    _check_pages(copy)
    try:
        bring_up(copy)
    except UnreadableError as error:
        msg = "The backup was made by a newer version of this program."
        raise BackupError(msg) from error
    _check_tables(copy, place)
    with reading(copy) as session:
        broken = first_broken(session)
    if broken is not None:
        what = f"Event {broken.seq}: {broken.says}."
        msg = f"The history in the backup is not whole. {what}"
        raise BackupError(msg)


def _check_pages(copy: Engine) -> None:
    """Refuse what SQLite finds wrong, a broken rule of the tables as well."""
    with told(), copy.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found != "ok":
        msg = f"The database in the backup is damaged: {found}."
        raise BackupError(msg)
    if orphan is not None:
        msg = f"The backup has rows in {orphan[0]} that point to nothing."
        raise BackupError(msg)


def _check_tables(copy: Engine, place: Path) -> None:
    """Refuse other tables than ours, and a history that could be changed."""
    file = place / "compare.db"
    private_file(file)
    with opened(file) as ours:
        migrate(ours)
        same = _shape(ours) == _shape(copy)
    file.unlink()
    if not same:
        msg = "The tables in the backup are not those of this program."
        raise BackupError(msg)


def _shape(engine: Engine) -> list[tuple[str, ...]]:
    """Return the names of all that a database has, and its triggers in full."""
    query = (
        "SELECT type, name, tbl_name, CASE type WHEN 'trigger' THEN sql ELSE '' END"
        " FROM sqlite_master ORDER BY type, name"
    )
    with told(), engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]
