"""That migrations make exactly the tables that the code describes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, inspect, text
from sqlalchemy.exc import IntegrityError

from directory.database import is_current, migrate, open_engine, reading
from directory.errors import DatabaseUnavailableError
from directory.hsds import Organization, Row
from tests.builders.rows import organization, save, service

TABLES = sorted(Row.metadata.tables)
Look = Callable[[Inspector, str], Any]


def test_a_database_without_tables_is_not_current(empty_engine: Engine) -> None:
    assert not is_current(empty_engine)


def test_a_migrated_database_is_current(empty_engine: Engine) -> None:
    migrate(empty_engine)
    assert is_current(empty_engine)


def test_migrating_again_keeps_what_is_there(engine: Engine) -> None:
    save(engine, organization(id="o"))
    migrate(engine)
    with reading(engine) as session:
        assert session.get(Organization, "o") is not None


def test_foreign_keys_are_heeded_after_migrating(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with pytest.raises(IntegrityError):
        save(empty_engine, service(organization()))


def test_a_migration_that_fails_leaves_nothing_behind(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        connection.execute(text("CREATE TABLE service (id INTEGER)"))
    with pytest.raises(DatabaseUnavailableError):
        migrate(empty_engine)
    assert inspect(empty_engine).get_table_names() == ["service"]


ORPHAN = """
PRAGMA foreign_keys = OFF;
CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (parent_id INTEGER REFERENCES parent (id));
INSERT INTO child VALUES (1);
"""


def test_rows_that_point_to_nothing_stop_a_migration(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        connection.executescript(ORPHAN)
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    with pytest.raises(DatabaseUnavailableError, match="point to nothing"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["child", "parent"]
    engine.dispose()


MIGRATE = """
import sys
from directory.database import migrate, open_engine
migrate(open_engine(sys.argv[1]))
"""


def test_processes_that_migrate_at_once_all_succeed(
    empty_engine: Engine, checkout: Path
) -> None:
    url = empty_engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", MIGRATE, url]
    started = [subprocess.Popen(command, cwd=checkout) for _ in range(3)]
    assert [process.wait(180) for process in started] == [0, 0, 0]
    assert is_current(empty_engine)


def test_all_tables_are_made_and_no_other(engine: Engine) -> None:
    made = set(inspect(engine).get_table_names()) - {"alembic_version"}
    assert sorted(made) == TABLES


def columns(inspector: Inspector, table: str) -> Any:  # noqa: ANN401
    found = inspector.get_columns(table)
    return sorted((c["name"], str(c["type"]), c["nullable"]) for c in found)


def checks(inspector: Inspector, table: str) -> Any:  # noqa: ANN401
    found = inspector.get_check_constraints(table)
    return sorted((str(c["name"]), c["sqltext"]) for c in found)


def keys(inspector: Inspector, table: str) -> Any:  # noqa: ANN401
    found = inspector.get_foreign_keys(table)
    return sorted(
        (k["constrained_columns"], k["referred_table"], k["referred_columns"])
        for k in found
    )


def uniques(inspector: Inspector, table: str) -> Any:  # noqa: ANN401
    found = inspector.get_unique_constraints(table)
    return sorted((str(u["name"]), u["column_names"]) for u in found)


def indexes(inspector: Inspector, table: str) -> Any:  # noqa: ANN401
    found = inspector.get_indexes(table)
    return sorted((str(i["name"]), i["column_names"], i["unique"]) for i in found)


LOOKS: list[Look] = [columns, checks, keys, uniques, indexes]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_migrated_tables_are_those_of_the_code(
    empty_engine: Engine, look: Look
) -> None:
    with empty_engine.begin() as connection:
        Row.metadata.create_all(connection)
        described = {table: look(inspect(connection), table) for table in TABLES}
        Row.metadata.drop_all(connection)
    migrate(empty_engine)
    inspector = inspect(empty_engine)
    assert {table: look(inspector, table) for table in TABLES} == described


def test_every_check_of_the_code_has_its_name_in_the_database(engine: Engine) -> None:
    inspector = inspect(engine)
    described = {
        str(constraint.name)
        for table in Row.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name).startswith("ck_")
    }
    made = {name for table in TABLES for name, _ in checks(inspector, table)}
    assert made == described
    assert "ck_location_hidden_has_no_point" in made
