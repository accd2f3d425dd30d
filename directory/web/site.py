"""What a running site holds: one value, made once and found on the application."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Engine as DatabaseEngine

from directory.curation.duplicates import KeptCandidates
from directory.curation.proposals import Lint
from directory.database import open_engine
from directory.index.search import Searcher, open_searcher
from directory.mail import open_mailer
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Audience, Follower, Snapshot
from directory.referral.engine import Engine
from directory.referral.request import ZONE
from directory.settings import Settings
from directory.vocabulary import Term, read_terms
from directory.web.postman import Postman

_KEY = "aftercare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts that views ask: places, words, listings, search and matcher."""

    settings: Settings
    database: DatabaseEngine
    gazetteer: Gazetteer
    terms: Mapping[str, Term]
    follower: Follower
    network_follower: Follower
    searcher: Searcher
    engine: Engine
    network_engine: Engine
    """The matcher over what approved staff may see: a catalog of its own."""
    candidates: KeptCandidates
    """What may be there twice, for the desk."""
    postman: Postman

    def snapshot(self) -> Snapshot:
        """Return what the public may see at this moment."""
        return self.follower.current()

    def network(self) -> Snapshot:
        """Return what approved staff may see, and providers of their own."""
        return self.network_follower.current()

    def warm_up(self) -> None:
        """Read the data and compile it, so that the first visitor need not wait.

        The connections are closed afterwards: a process that is forked from this one
        must not share them.
        """
        snapshot = self.snapshot()
        self.searcher.prepare(snapshot)
        self.engine.catalog(snapshot, self.now().date())
        self.database.dispose()

    def lint(self) -> Lint:
        """Return the checks that a change has to pass."""
        codes = {term.id: term.code for term in self.terms.values()}
        return Lint(gazetteer=self.gazetteer, codes=codes)

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
        network_follower=Follower(database, Audience.NETWORK),
        searcher=open_searcher(
            settings.index_dir,
            gazetteer=gazetteer,
            terms=terms,
            seed_data=seed_data,
            database=database,
        ),
        engine=Engine(gazetteer, terms),
        network_engine=Engine(gazetteer, terms),
        candidates=KeptCandidates(),
        postman=Postman(database, open_mailer(settings)),
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
