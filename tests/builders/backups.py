"""Backups as an operator makes them, and databases that have a bit of everything."""

import datetime as dt
import gzip
import hashlib
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, func, select, text

from directory.accounts import Invitation, Person, Role, SignIn
from directory.backup.archive import pack, read_label
from directory.cli.main import cli
from directory.curation.claims import Claim, ClaimState
from directory.curation.history.chain import first_broken
from directory.curation.links import Purpose, issue
from directory.curation.reports import Report, ReportKind
from directory.database import open_engine, reading, writing
from directory.hsds import Organization, Row, Visibility
from directory.mail import LetterKind, post
from tests.builders import changes, people, rows
from tests.builders.letters import write_letters
from tests.builders.scenes import stage

KEY = "a key of the tests, which is long enough for it"
STREET = "4711 Canary Street"
SECRET_TEXT = "https://example.org/portal/confirm/the-token-of-a-letter"
REPORTER = "m" * 64
FAR = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
"""Links that are made at this moment are open on whatever day a test runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An installation: where its database is, and its data folder."""

    engine: Engine
    folder: Path
    key: str = KEY

    def run(self, *words: str | Path) -> Result:
        """Give a command in this process, while nothing here has the database open."""
        self.let_go()
        return self.run_among_others(*words)

    def run_among_others(self, *words: str | Path) -> Result:
        """Give a command in this process."""
        env = {
            "AFTERCARE_DATA_DIR": str(self.folder),
            "AFTERCARE_DATABASE_URL": self.url,
            "AFTERCARE_SECRET_KEY": self.key,
            "AFTERCARE_LIMITS": "no",
        }
        return CliRunner().invoke(cli, [str(word) for word in words], env=env)

    def let_go(self) -> None:
        """Close what this test has open; a server notices that some time later."""
        self.engine.dispose()
        if self.engine.dialect.name == "sqlite":
            return
        others = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
        name = {"name": self.engine.url.database}
        watcher = create_engine(self.engine.url.set(database="postgres"))
        with watcher.connect() as connection:
            while connection.scalar(others, name):
                connection.rollback()
                time.sleep(0.01)
        watcher.dispose()

    def done(self, *words: str | Path) -> str:
        """Give a command that succeeds; return what it says."""
        result = self.run(*words)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    def refused(self, *words: str | Path) -> str:
        """Give a command that is refused with a sentence, and return that."""
        before = digest(self.engine)
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        assert isinstance(result.exception, SystemExit | Exception)
        assert digest(self.engine) == before
        return str(result.exception)

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.engine.url.render_as_string(hide_password=False)

    @property
    def replaced(self) -> list[Path]:
        """The files in which what was replaced is kept."""
        return sorted(self.folder.glob("replaced-*"))


def site(engine: Engine, folder: Path) -> Site:
    """Return an installation whose data folder is new."""
    folder.mkdir(parents=True, exist_ok=True)
    return Site(engine=engine, folder=folder)


@contextmanager
def fresh_site(folder: Path) -> Generator[Site]:
    """Make an installation on another machine, where there is nothing yet."""
    engine = open_engine(f"sqlite:///{folder / 'fresh.db'}")
    yield site(engine, folder / "fresh")
    engine.dispose()


def house(engine: Engine) -> None:
    """Stage a service with a public place on Canary Street, which a text names too."""
    staged = stage(engine, Visibility.PUBLIC)
    rows.save(
        engine,
        rows.address(staged.places[0], id="a", address_1=STREET),
        rows.phone(staged.service, id="p", description="Ring twice."),
        rows.capacity(staged.service, id="c"),
        rows.schedule(staged.service, id="h"),
    )


def fill(engine: Engine) -> Person:
    """Write something into nearly every table; return somebody who is signed in."""
    parent = rows.organization(id="z-parent", name="Ñandú – “quoted”, ’x’")
    child = rows.organization(id="a-child", parent_organization_id=parent.id)
    rows.save(engine, parent, child)
    house(engine)
    changes.ask_for(engine, "service", "s", {"description": f"Come to {STREET}."})
    changes.ask_for(engine, "phone", "p", {"number": "+19198341234"})
    who = people.person(engine, Role.COORDINATOR, organization="s-organization")
    people.person(engine, Role.ADMINISTRATOR)
    _letters(engine)
    with writing(engine) as session:
        session.add(_sign_in(who.id))
        session.add(_invitation(who.id))
        session.add(
            Report(
                service_id="s",
                kind=ReportKind.CLOSED,
                reported_on=rows.DAY,
                reporter=REPORTER,
            )
        )
        session.add(
            Claim(
                organization_id="s-organization",
                name="Kim",
                email="kim@harbor.example",
                part="Director",
                made_at=rows.NOON,
                asked=False,
                network=REPORTER,
                state=ClaimState.WAITING,
            )
        )
    return who


def _letters(engine: Engine) -> None:
    with writing(engine) as session:
        owner = session.get_one(Organization, "s-organization")
        owner.email = "desk@harbor.example"
    write_letters(engine)
    with writing(engine) as session:
        for about, sent in (("waits", False), ("sent", True)):
            letter = post(
                session,
                LetterKind.NOTICE,
                "desk@harbor.example",
                subject="A change",
                text="" if sent else SECRET_TEXT,
                about=about,
                now=rows.NOON,
            )
            letter.sent_at = rows.NOON if sent else None
            letter.next_try_at = None if sent else rows.NOON
        issue(session, Purpose.OBJECT, "s-organization", about="waits", now=FAR)
        issue(session, Purpose.CONFIRM, "s-organization", now=FAR)


def _sign_in(person_id: str) -> SignIn:
    return SignIn(
        key_digest="k" * 64,
        person_id=person_id,
        made_at=rows.NOON,
        seen_at=rows.NOON,
        device="Firefox on Android",
    )


def _invitation(person_id: str) -> Invitation:
    return Invitation(
        token_digest="i" * 64, person_id=person_id, made_at=rows.NOON, expires_at=FAR
    )


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, in the order of their keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    table.select().order_by(*table.primary_key.columns)
                )
            ]
            for table in Row.metadata.sorted_tables
        }


def digest(engine: Engine) -> str:
    """Return a digest of all rows; of a database without tables, of nothing."""
    try:
        told = repr(everything(engine))
    except Exception as error:  # noqa: BLE001 - what cannot be read stays the same too
        told = type(error).__name__
    return hashlib.sha256(told.encode()).hexdigest()


def inside(backup: Path) -> bytes:
    """Return the database that is in a backup."""
    return gzip.decompress(b"\n".join(backup.read_bytes().split(b"\n")[2:]))


def tampered(
    backup: Path, file: Path, change: Callable[[sqlite3.Connection], object]
) -> Path:
    """Write a backup with a change of its database; what seals it is right again."""
    database = file.with_suffix(".db")
    database.write_bytes(inside(backup))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        change(connection)
        connection.commit()
    label = replace(read_label(backup), size=database.stat().st_size)
    pack(database, label, file, progress=lambda _bytes: None)
    database.unlink()
    return file


def is_whole(engine: Engine) -> bool:
    """Tell whether the history is as it was written."""
    with reading(engine) as session:
        return first_broken(session) is None


def count(engine: Engine, model: type[Row]) -> int:
    """Return how many rows a table has."""
    with engine.connect() as connection:
        table = Row.metadata.tables[str(model.__tablename__)]
        return connection.scalar(select(func.count()).select_from(table)) or 0
