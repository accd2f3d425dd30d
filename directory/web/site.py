"""What a running site holds: one value, made once and found on the application."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Engine as DatabaseEngine

from directory.database import open_engine
from directory.index.search import Searcher, open_searcher
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Follower, Snapshot
from directory.referral.engine import Engine
from directory.referral.request import ZONE
from directory.settings import Settings
from directory.vocabulary import Term, read_terms

_KEY = "aftercare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts that views ask: places, words, listings, search and matcher."""

    settings: Settings
    database: DatabaseEngine
    gazetteer: Gazetteer
    terms: Mapping[str, Term]
    follower: Follower
    searcher: Searcher
    engine: Engine

    def snapshot(self) -> Snapshot:
        """Return what the public may see at this moment."""
        return self.follower.current()

    def warm_up(self) -> None:
        """Read the data and compile it, so that the first visitor need not wait.

        The connections are closed afterwards: a process that is forked from this one
        must not share them.
        """
        snapshot = self.snapshot()
        self.searcher.prepare(snapshot)
        self.engine.catalog(snapshot, self.now().date())
        self.database.dispose()

    def now(self) -> dt.datetime:
        """Return this moment, as clocks in North Carolina show it."""
        return dt.datetime.now(ZONE)


def open_site(settings: Settings) -> Site:
    """Return the parts of a site for `settings`; the database is not read yet."""
    seed_data = shipped("seed_data")
    database = open_engine(settings.database_url, may_create=False)
    gazetteer = Gazetteer.load(seed_data / "gazetteer")
    terms = read_terms(seed_data)
    return Site(
        settings=settings,
        database=database,
        gazetteer=gazetteer,
        terms=terms,
        follower=Follower(database),
        searcher=open_searcher(
            settings.index_dir,
            gazetteer=gazetteer,
            terms=terms,
            seed_data=seed_data,
            database=database,
        ),
        engine=Engine(gazetteer, terms),
    )


def bind_site(extensions: dict[str, object], site: Site) -> None:
    """Put `site` where `the_site` finds it."""
    extensions[_KEY] = site


def site_of(app: Flask) -> Site:
    """Return the site that `app` serves."""
    return cast("Site", app.extensions[_KEY])


def the_site() -> Site:
    """Return the site of the application that answers this request."""
    return cast("Site", current_app.extensions[_KEY])
