"""How a database that cannot be used, or refuses, is reported."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from directory.database import is_current, migrate, open_engine, reading, writing
from directory.errors import DatabaseUnavailableError
from directory.hsds import Organization, Visibility
from tests.builders.rows import location, organization, save

SECRET = "Hidden Hollow Lane"


def test_a_missing_table_is_said(empty_engine: Engine) -> None:
    with (
        pytest.raises(DatabaseUnavailableError, match="organization"),
        reading(empty_engine) as session,
    ):
        session.exec(select(Organization)).all()


def test_a_missing_table_is_said_to_a_writer(empty_engine: Engine) -> None:
    with pytest.raises(DatabaseUnavailableError):
        save(empty_engine, organization())


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'missing' / 'test.db'}")
    with pytest.raises(DatabaseUnavailableError, match="cannot be used"):
        is_current(engine)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "test.db").write_bytes(b"This is a letter, no database. " * 100)
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    with (
        pytest.raises(DatabaseUnavailableError, match="cannot be used"),
        reading(engine) as session,
    ):
        session.exec(select(Organization)).all()


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    engine = open_engine(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with pytest.raises(DatabaseUnavailableError), reading(engine) as session:
        session.exec(select(Organization)).all()


def test_an_engine_outlives_the_loss_of_its_tables(sqlite: Engine) -> None:
    with writing(sqlite) as session:
        session.execute(text("ALTER TABLE organization RENAME TO away"))
    with pytest.raises(DatabaseUnavailableError):
        save(sqlite, organization())
    with writing(sqlite) as session:
        session.execute(text("ALTER TABLE away RENAME TO organization"))
    save(sqlite, organization())


def test_a_refused_record_shows_none_of_its_values(engine: Engine) -> None:
    owner = organization()
    hidden = location(
        owner, Visibility.REGION, name=SECRET, latitude=35.123, longitude=-78.321
    )
    with pytest.raises(IntegrityError) as caught:
        save(engine, owner, hidden)
    said = f"{caught.value} {caught.value.orig}"
    assert "hidden_has_no_point" in said
    assert not [value for value in (SECRET, "35.123", owner.id) if value in said]


def test_a_failing_statement_shows_none_of_its_values(engine: Engine) -> None:
    migrate(engine)
    statement = text("SELECT * FROM nowhere WHERE street = :street")
    with pytest.raises(DatabaseUnavailableError) as caught, reading(engine) as session:
        session.execute(statement, {"street": SECRET})
    assert SECRET not in f"{caught.value} {caught.value.__cause__}"
