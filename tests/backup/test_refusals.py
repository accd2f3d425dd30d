"""What is no backup, or cannot be put back, is a sentence, and nothing is changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from directory.accounts import Role
from directory.cli.serving import being_served, not_served
from directory.database import open_engine
from directory.errors import AftercareError
from directory.hsds import Organization
from tests.builders import people, rows
from tests.builders.backups import (
    Site,
    count,
    digest,
    everything,
    fill,
    fresh_site,
    site,
    tampered,
)

Spoil = Callable[[bytes], bytes]


@pytest.fixture
def here(sqlite: Engine, tmp_path: Path) -> Site:
    """Return an installation with one organization."""
    rows.save(sqlite, rows.organization(id="o"))
    return site(sqlite, tmp_path / "here")


@pytest.fixture
def backup(here: Site, tmp_path: Path) -> Path:
    """Make a backup of it."""
    file = tmp_path / "backups" / "b"
    file.parent.mkdir()
    here.done("backup", file)
    return file


def flipped(place: int) -> Spoil:
    def flip(data: bytes) -> bytes:
        at = place % len(data)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    return flip


SPOILT: dict[str, tuple[Spoil, str]] = {
    "empty": (lambda _data: b"", "is no backup"),
    "text": (lambda _data: b"Dear Ann,\n", "is no backup"),
    "half": (lambda data: data[: len(data) // 2], "is damaged"),
    "first line only": (lambda data: data[:80], "is damaged"),
    "longer": (lambda data: data + b"x", "is damaged"),
    "name": (flipped(3), "is no backup"),
    "format": (lambda data: data.replace(b"backup 1 ", b"backup 2 ", 1), "newer"),
    "digest": (flipped(40), "is damaged"),
    "label": (flipped(120), "is damaged"),
    "content": (flipped(-5_000), "is damaged"),
    "last byte": (flipped(-1), "is damaged"),
}


def test_a_file_that_is_no_whole_backup_is_refused(here: Site, backup: Path) -> None:
    whole = backup.read_bytes()
    for spoil, says in SPOILT.values():
        backup.write_bytes(spoil(whole))
        assert says in here.refused("restore", backup, "--replace")
        assert says in here.refused("restore", backup, "--dry-run")
    assert [p.name for p in here.folder.iterdir()] == ["served"]


def test_every_flipped_byte_is_noticed(here: Site, backup: Path) -> None:
    whole = backup.read_bytes()
    step = len(whole) // 40
    for place in range(0, len(whole), step):
        backup.write_bytes(flipped(place)(whole))
        assert here.run("restore", backup, "--dry-run").exit_code == 1, place


def test_somebody_elses_database_a_folder_and_nothing_are_refused(
    here: Site, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE wine (year INTEGER)")
    assert "is no backup" in here.refused("restore", other, "--replace")
    assert "Is a directory" in here.refused("restore", tmp_path, "--replace")
    assert "No such file" in here.refused("restore", tmp_path / "not", "--replace")


def rewrite_an_event(connection: sqlite3.Connection) -> None:
    """Do what somebody does who holds the file, and leave the triggers as they are."""
    name = "event_no_update"
    query = "SELECT sql FROM sqlite_master WHERE name = ?"
    (trigger,) = connection.execute(query, (name,)).fetchone()
    connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE event SET actor = 'staff:x' WHERE seq = 1")
    connection.execute(trigger)


TAMPERED: dict[str | Callable[[sqlite3.Connection], None], str] = {
    rewrite_an_event: "The history in the backup is not whole. Event 1: it was changed",
    "DROP TRIGGER event_no_delete": "not those of this program",
    "CREATE TABLE wine (year INTEGER)": "not those of this program",
    (
        "PRAGMA foreign_keys = OFF; DELETE FROM organization WHERE id = 'z-parent'"
    ): "rows in organization that point to nothing",
    (
        "PRAGMA ignore_check_constraints = ON;"
        "UPDATE location SET visibility = 'network', latitude = 35.5"
    ): "CHECK constraint failed",
    "UPDATE alembic_version SET version_num = '9999'": "a newer version",
    "DELETE FROM alembic_version": "a newer version",
}
"""What somebody did to a database, and what is said of that."""


def test_what_is_sealed_right_and_wrong_inside_is_refused(
    here: Site, tmp_path: Path
) -> None:
    fill(here.engine)
    here.done("backup", tmp_path / "b")
    for place, (deed, says) in enumerate(TAMPERED.items()):

        def change(connection: sqlite3.Connection, deed: object = deed) -> None:
            if isinstance(deed, str):
                connection.executescript(deed)
            else:
                rewrite_an_event(connection)

        bad = tampered(tmp_path / "b", tmp_path / f"bad{place}", change)
        assert says in here.refused("restore", bad, "--replace")


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    here: Site, backup: Path, tmp_path: Path
) -> None:
    older = tampered(
        backup,
        tmp_path / "older",
        lambda c: c.executescript(
            "DROP TABLE distinction; UPDATE alembic_version SET version_num = '0007'"
        ),
    )
    here.done("restore", older, "--replace")
    assert count(here.engine, Organization) == 1
    assert "distinction" in everything(here.engine)


def test_a_database_that_is_not_empty_is_replaced_only_if_told_so(
    here: Site, backup: Path
) -> None:
    rows.save(here.engine, rows.organization(id="new"))
    assert "give --replace" in here.refused("restore", backup)
    assert here.replaced == []
    here.done("restore", backup, "--replace")
    assert count(here.engine, Organization) == 1
    (kept,) = here.replaced
    assert kept.stat().st_mode & 0o777 == 0o600
    here.done("restore", kept, "--replace")
    assert count(here.engine, Organization) == 2


def spoilt_pages(whole: bytes) -> bytes:
    """Return a SQLite file that can be opened and not read to its end."""
    return whole[:8192] + b"x" * (len(whole) - 8192)


@pytest.mark.parametrize("spoil", [spoilt_pages, lambda _data: b"no database" * 900])
def test_a_database_that_is_broken_is_replaced_and_kept_as_it_is(
    here: Site, backup: Path, spoil: Spoil
) -> None:
    file = Path(here.engine.url.database or "")
    here.engine.dispose()
    broken = spoil(file.read_bytes())
    file.write_bytes(broken)
    assert "give --replace" in str(here.run("restore", backup).exception)
    said = here.run("restore", backup, "--replace")
    assert "--bring-back-hidden" in str(said.exception)
    assert file.read_bytes() == broken
    here.done("restore", backup, "--replace", "--bring-back-hidden")
    assert count(here.engine, Organization) == 1
    (kept,) = here.replaced
    assert kept.read_bytes() == broken


def test_another_key_is_refused_where_codes_would_be_lost(
    here: Site, tmp_path: Path
) -> None:
    here.done("backup", tmp_path / "nobody")
    people.person(here.engine, Role.COORDINATOR)
    here.done("backup", tmp_path / "b")
    with fresh_site(tmp_path) as made:
        other = Site(engine=made.engine, folder=made.folder, key="another key " * 3)
        says = other.refused("restore", tmp_path / "b")
        assert "1 people could not sign in with their codes" in says
        other.done("restore", tmp_path / "nobody")
        said = other.done("restore", tmp_path / "b", "--other-key", "--replace")
    assert "1 people need `aftercare account reset-totp`" in said


def test_a_file_that_is_there_is_not_overwritten(here: Site, backup: Path) -> None:
    before = backup.read_bytes()
    assert "give --force" in here.refused("backup", backup)
    assert backup.read_bytes() == before
    rows.save(here.engine, rows.organization(id="new"))
    assert "2 organizations" in here.done("backup", backup, "--force")
    assert "2 organizations" in here.done("restore", backup, "--dry-run")
    assert list(backup.parent.iterdir()) == [backup]


def test_what_could_not_be_put_back_is_said_when_it_is_made(
    here: Site, tmp_path: Path
) -> None:
    fill(here.engine)
    here.done("backup", tmp_path / "good")
    good = (tmp_path / "good").read_bytes()
    here.engine.dispose()
    with closing(sqlite3.connect(here.engine.url.database or "")) as connection:
        rewrite_an_event(connection)
        connection.commit()
    says = here.refused("backup", tmp_path / "good", "--force")
    assert says.endswith(
        f"Event 1: it was changed. {tmp_path / 'good'} stays as it was."
    )
    assert (tmp_path / "good").read_bytes() == good
    assert "was written, and cannot be put back" in here.refused(
        "backup", tmp_path / "b"
    )
    assert "Event 1: it was changed" in here.refused("restore", tmp_path / "b")


def test_what_is_no_backup_is_never_overwritten(here: Site, tmp_path: Path) -> None:
    for place, says in (
        (here.engine.url.database, "is no backup"),
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "not" / "b"), "There is no folder"),
        (str(here.folder / "index" / "b"), "is the text index"),
    ):
        assert says in here.refused("backup", str(place), "--force")
    letter = tmp_path / "letter"
    letter.write_text("Dear Ann,")
    assert "is no backup" in here.refused("backup", letter, "--force")
    assert letter.read_text() == "Dear Ann,"


def test_a_database_that_is_not_there_is_not_backed_up(tmp_path: Path) -> None:
    with fresh_site(tmp_path) as made:
        result = made.run("backup", tmp_path / "b")
    assert isinstance(result.exception, AftercareError)
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "fresh.db").exists()


def test_while_the_site_is_served_nothing_is_put_back(here: Site, backup: Path) -> None:
    with being_served(here.folder), being_served(here.folder):
        assert "The site is being served" in here.refused(
            "restore", backup, "--replace"
        )
        here.done("backup", backup, "--force")
    here.done("restore", backup, "--replace")


def test_while_a_backup_is_put_back_the_site_is_not_served(here: Site) -> None:
    with not_served(here.folder):
        assert "A backup is being put back" in here.refused("serve", "--port", "1")


def test_while_another_program_has_the_database_open_nothing_is_put_back(
    engine: Engine, tmp_path: Path
) -> None:
    here = site(engine, tmp_path / "here")
    rows.save(engine, rows.organization())
    here.done("backup", tmp_path / "b")
    before = digest(engine)
    here.let_go()
    other = open_engine(here.url)
    with other.connect() as connection:
        connection.execute(text("SELECT 1")).all()
        result = here.run_among_others("restore", tmp_path / "b", "--replace")
    assert "Another program uses the database" in str(result.exception)
    assert digest(engine) == before
    other.dispose()
    here.done("restore", tmp_path / "b", "--replace")
