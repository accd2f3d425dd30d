"""A follower shows what was committed before it was asked, and nothing older."""

import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import open_engine, writing
from directory.errors import DatabaseUnavailableError
from directory.hsds import Location, Organization, Service, Visibility
from directory.projection import Audience, Follower, take_snapshot
from tests.builders import rows
from tests.builders.scenes import stage

PUBLIC, NETWORK = Visibility.PUBLIC, Visibility.NETWORK


def names(follower: Follower) -> list[str]:
    """Return the names of the services that the follower shows."""
    return [listing.name for listing in follower.current().listings.values()]


def rename(engine: Engine, name: str) -> None:
    with writing(engine) as session:
        session.get_one(Service, "s").name = name


def test_a_committed_change_is_seen_at_the_next_call(engine: Engine) -> None:
    stage(engine, PUBLIC)
    follower = Follower(engine)
    assert names(follower) == ["Shelter"]
    rename(engine, "Haven")
    assert names(follower) == ["Haven"]


def test_a_change_that_is_not_committed_is_not_seen(engine: Engine) -> None:
    stage(engine, PUBLIC)
    follower = Follower(engine)
    with writing(engine) as session:
        session.get_one(Service, "s").name = "Haven"
        session.flush()
        assert names(follower) == ["Shelter"]


def test_a_change_by_another_process_is_seen(sqlite: Engine) -> None:
    stage(sqlite, PUBLIC)
    follower = Follower(sqlite)
    assert names(follower) == ["Shelter"]
    other = open_engine(sqlite.url.render_as_string())
    rename(other, "Haven")
    other.dispose()
    assert names(follower) == ["Haven"]


def test_a_listing_that_was_hidden_is_gone_at_the_next_call(engine: Engine) -> None:
    made = stage(engine, PUBLIC)
    follower = Follower(engine)
    assert "s" in follower.current().listings
    hide(engine, made.places[0].id)
    assert follower.current().listings == {}
    assert follower.current().organizations == {}


def hide(engine: Engine, place: str) -> None:
    with writing(engine) as session:
        row = session.get_one(Location, place)
        row.latitude = row.longitude = row.county_fips = row.region = None
        row.visibility = NETWORK


def test_a_deleted_record_is_gone_at_the_next_call(engine: Engine) -> None:
    rows.save(engine, rows.organization(id="o"))
    follower = Follower(engine)
    assert "o" in follower.current().organizations
    with writing(engine) as session:
        session.delete(session.get_one(Organization, "o"))
    assert follower.current().organizations == {}


def test_nothing_is_read_anew_while_nothing_changes(engine: Engine) -> None:
    stage(engine, PUBLIC)
    follower = Follower(engine)
    assert follower.current() is follower.current()


def test_a_follower_shows_what_its_audience_may_see(engine: Engine) -> None:
    stage(engine, NETWORK)
    assert Follower(engine).current().listings == {}
    assert "s" in Follower(engine, Audience.NETWORK).current().listings


def test_a_database_put_back_from_a_copy_is_followed(
    sqlite: Engine, tmp_path: Path
) -> None:
    stage(sqlite, PUBLIC)
    sqlite.dispose()
    shutil.copyfile(tmp_path / "test.db", tmp_path / "copy.db")
    rename(sqlite, "Haven")
    follower = Follower(sqlite)
    assert names(follower) == ["Haven"]
    sqlite.dispose()
    shutil.copyfile(tmp_path / "copy.db", tmp_path / "test.db")
    assert names(follower) == ["Shelter"]


def test_many_callers_each_see_their_own_commit(engine: Engine) -> None:
    follower = Follower(engine)
    missed: list[str] = []

    def add_and_look(name: str) -> None:
        rows.save(engine, rows.organization(id=name))
        if name not in follower.current().organizations:
            missed.append(name)

    threads = [threading.Thread(target=add_and_look, args=(str(n),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert missed == []
    assert len(follower.current().organizations) == 12


def test_a_snapshot_bears_the_number_of_its_change(engine: Engine) -> None:
    rows.save(engine, rows.organization(), rows.organization())
    assert take_snapshot(engine).seq == 2


def test_a_database_that_is_away_is_said(sqlite: Engine, tmp_path: Path) -> None:
    follower = Follower(sqlite)
    follower.current()
    sqlite.dispose()
    (tmp_path / "test.db").write_bytes(b"gone " * 1000)
    with pytest.raises(DatabaseUnavailableError):
        follower.current()
