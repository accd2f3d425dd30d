"""Databases for tests: a SQLite file and a PostgreSQL database, each new.

Tables are made once for the whole session; each test gets a copy.
"""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import migrate, open_engine
from tests.fixtures.postgresql import Server

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Engine]:
    """Open a database without tables, once of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'test.db'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Open a database with tables, once of each kind."""
    opened: Engine = request.getfixturevalue(request.param)
    return opened


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite file with tables, which tests copy."""
    file = tmp_path_factory.mktemp("migrated") / "migrated.db"
    make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path) -> Generator[Engine]:
    """Open a SQLite database with tables."""
    file = tmp_path / "test.db"
    shutil.copyfile(migrated_file, file)
    engine = open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_database(
    postgresql_server: Server, postgresql_numbers: Iterator[int]
) -> str:
    """Make a PostgreSQL database with tables, which tests copy."""
    name = f"migrated_{next(postgresql_numbers)}"
    postgresql_server.run(f"CREATE DATABASE {name}")
    make_tables(postgresql_server.url(name))
    return name


@pytest.fixture
def postgresql(
    postgresql_server: Server,
    migrated_database: str,
    postgresql_numbers: Iterator[int],
) -> Generator[Engine]:
    """Open a PostgreSQL database with tables."""
    name = f"test_{next(postgresql_numbers)}"
    postgresql_server.run(f"CREATE DATABASE {name} TEMPLATE {migrated_database}")
    engine = open_engine(postgresql_server.url(name))
    yield engine
    engine.dispose()
    postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")


def make_tables(url: str) -> None:
    """Make the tables, and close every connection, so that copies can be made."""
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
