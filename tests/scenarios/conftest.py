"""The directory that ships, and a searcher over it on each text engine."""

from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import open_engine
from directory.index.search import Searcher, open_searcher
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Snapshot, take_snapshot
from directory.settings import Settings
from directory.vocabulary import read_terms
from tests.fixtures.postgresql import Server


@pytest.fixture(scope="session")
def snapshot(site_settings: Settings) -> Snapshot:
    """Return what the public may see of the directory that ships."""
    engine = open_engine(site_settings.database_url)
    taken = take_snapshot(engine)
    engine.dispose()
    return taken


@pytest.fixture(
    scope="module",
    params=["files", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Searcher]:
    """Return a searcher on each text engine."""
    folder = tmp_path_factory.mktemp("index")
    if request.param == "files":
        yield opened(folder)
        return
    server: Server = request.getfixturevalue("postgresql_server")
    number = next(request.getfixturevalue("postgresql_numbers"))
    server.run(f"CREATE DATABASE queries_{number}")
    engine = open_engine(server.url(f"queries_{number}"))
    yield opened(folder, engine)
    engine.dispose()
    server.run(f"DROP DATABASE queries_{number} WITH (FORCE)")


def opened(folder: Path, database: Engine | None = None) -> Searcher:
    """Return a searcher that keeps its index in `folder` or in `database`."""
    seed_data = shipped("seed_data")
    return open_searcher(
        folder,
        gazetteer=Gazetteer.load(seed_data / "gazetteer"),
        terms=read_terms(seed_data),
        seed_data=seed_data,
        database=database,
    )
