"""What goes into a backup comes out of it, on either kind of database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import open_engine, writing
from directory.hsds import Organization, Row
from tests.builders import rows
from tests.builders.backups import (
    REPORTER,
    SECRET_TEXT,
    Site,
    everything,
    fill,
    inside,
    is_whole,
    site,
)
from tests.fixtures.engines import BOTH

SETTLED = {
    "sign_in": {"*"},
    "letter": {"text", "next_try_at"},
    "link": {"expires_at"},
    "invitation": {"expires_at"},
    "person": {"fs_uniquifier", "recovery_codes"},
    "report": {"reporter"},
    "claim": {"network"},
}
"""What a backup leaves out, and what is settled when it is put back."""

GROWN = {"event", "event_detail", "change"}
"""The tables that say at their end that a backup was put back."""


@pytest.fixture(params=BOTH)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """Return an installation without tables, once of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    return site(open_engine(url), tmp_path / "elsewhere")


@pytest.fixture
def here(engine: Engine, tmp_path: Path) -> Site:
    """Return an installation that has a bit of everything."""
    fill(engine)
    return site(engine, tmp_path / "here")


def kept(found: dict[str, list[tuple[object, ...]]]) -> dict[str, object]:
    """Return all rows without what is settled."""
    tables = Row.metadata.tables
    return {
        name: [
            tuple(
                value
                for column, value in zip(tables[name].columns, row, strict=True)
                if column.name not in SETTLED.get(name, ())
            )
            for row in ([] if SETTLED.get(name) == {"*"} else held)
        ]
        for name, held in found.items()
    }


def test_each_table_comes_back_as_it_was(
    here: Site, elsewhere: Site, tmp_path: Path
) -> None:
    backup = tmp_path / "b"
    assert "3 organizations, 1 services, 2 accounts" in here.done("backup", backup)
    said = elsewhere.done("restore", backup)
    assert "ATTENTION" in said
    before, after = everything(here.engine), everything(elsewhere.engine)
    for name in GROWN:
        assert after[name].pop(), name
    assert kept(after) == kept(before)
    assert sum(1 for held in before.values() if held) >= 18
    assert is_whole(elsewhere.engine)
    elsewhere.engine.dispose()


def test_a_directory_that_was_put_back_can_be_changed(
    sqlite: Engine, elsewhere: Site, tmp_path: Path
) -> None:
    fill(sqlite)
    here = site(sqlite, tmp_path / "here")
    here.done("backup", tmp_path / "b")
    elsewhere.done("restore", tmp_path / "b")
    rows.save(elsewhere.engine, rows.organization(id="new"))
    with writing(elsewhere.engine) as session:
        session.delete(session.get_one(Organization, "new"))
    assert is_whole(elsewhere.engine)
    assert elsewhere.done("backup", tmp_path / "another").startswith("Wrote")
    elsewhere.engine.dispose()


def test_a_backup_has_no_key_and_nothing_that_is_to_be_forgotten(
    sqlite: Engine, tmp_path: Path
) -> None:
    fill(sqlite)
    here = site(sqlite, tmp_path / "here")
    backup = tmp_path / "b"
    here.done("backup", backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    held = inside(backup)
    assert held.startswith(b"SQLite format 3")
    # What it has is found in this way.
    assert b"desk@harbor.example" in held
    for gone in (here.key, SECRET_TEXT, REPORTER, "k" * 64, "/portal/confirm/"):
        assert gone.encode() not in held, gone
