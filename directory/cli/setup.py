"""Makes an installation ready: tables, first data, index."""

import datetime as dt
import os

import click
from sqlalchemy import Engine

from directory.cli.progress import progress
from directory.curation.history.loads import noted_as
from directory.database import is_current, migrate, open_engine
from directory.errors import AftercareError
from directory.index.search import open_searcher
from directory.interchange.load import is_empty, load_package
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Snapshot, take_snapshot
from directory.settings import Settings, load_settings
from directory.vocabulary import read_terms


def the_settings() -> Settings:
    """Return the settings of this process."""
    return load_settings(os.environ)


def make_tables(settings: Settings) -> Engine:
    """Bring the tables to this version and return an engine for them."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    if not is_current(engine):
        migrate(engine)
        click.echo("The tables are ready.", err=True)
    return engine


def load_first_data(engine: Engine) -> None:
    """Load what ships with the program, unless there is an organization already.

    Edits are therefore never overwritten by a later start.
    """
    if not is_empty(engine):
        return
    package = read_package(shipped("seed_data"))
    total = sum(len(rows) for rows in package.rows.values())
    with progress("Loading the directory", total) as advance:
        load_package(
            engine,
            package,
            read_terms(shipped("seed_data")),
            progress=advance,
            note=noted_as("seed_data", now=dt.datetime.now(dt.UTC)),
        )


def the_snapshot(settings: Settings) -> Snapshot:
    """Return what the public may see. Raises `AftercareError` when that is nothing."""
    snapshot = take_snapshot(make_tables(settings))
    if not snapshot.organizations:
        msg = f"The directory in {settings.data_dir} is empty: run `aftercare init`."
        raise AftercareError(msg)
    return snapshot


def build_index(settings: Settings, engine: Engine, *, anew: bool = False) -> int:
    """Build the text index if it is not that of the data; return its listings."""
    seed_data = shipped("seed_data")
    searcher = open_searcher(
        settings.index_dir,
        gazetteer=Gazetteer.load(seed_data / "gazetteer"),
        terms=read_terms(seed_data),
        seed_data=seed_data,
        database=engine,
    )
    snapshot = take_snapshot(engine)
    searcher.prepare(snapshot, anew=anew)
    return len(snapshot.listings)
