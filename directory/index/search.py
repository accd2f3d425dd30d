"""Search: the door through which pages ask for listings."""

import datetime as dt
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine as DatabaseEngine

from directory.index.boosts import read_boosts
from directory.index.coverage import ORDER
from directory.index.edition import Edition, Publisher, Vocabulary
from directory.index.engine import WhooshEngine
from directory.index.finding import Found
from directory.index.hours import ZONE, is_open
from directory.index.postgres_index import PostgresEngine
from directory.index.reasons import group_of, reasons
from directory.index.regions import read_regions
from directory.index.relaxing import relaxations
from directory.index.result import (
    PAGE_SIZE,
    Group,
    Hit,
    SearchRequest,
    SearchResult,
)
from directory.index.suggest import Suggestion
from directory.places import Gazetteer
from directory.projection import Snapshot
from directory.vocabulary import Term, read_synonyms

_EDITIONS = 2
"""Editions that are held: one request may still read the last, others the new."""


class Searcher:
    """Searches snapshots; what it derives from one is kept until there is a newer."""

    def __init__(self, publisher: Publisher) -> None:
        """Derive with `publisher`; nothing is derived yet."""
        self._publisher = publisher
        self._editions: tuple[Edition, ...] = ()
        self._lock = threading.Lock()

    def prepare(self, snapshot: Snapshot, *, anew: bool = False) -> None:
        """Make ready to search `snapshot`; `anew` builds its text index in any case."""
        self._edition(snapshot, anew=anew)

    def search(
        self, snapshot: Snapshot, request: SearchRequest, now: dt.datetime
    ) -> SearchResult:
        """Return one page of what fits `request` in `snapshot` at `now`."""
        edition = self._edition(snapshot)
        local = now.astimezone(ZONE)
        found = edition.finder.find(request, local)
        total = found.count
        return SearchResult(
            request=request,
            hits=tuple(_hits(edition, found, local)) if total else (),
            total=total,
            pages=-(-total // PAGE_SIZE),
            groups=_groups(found),
            facets=found.facets,
            understood=replace(
                found.query.understood,
                not_in_all=found.not_in_all,
                any_word=found.base.any_word,
                widened=found.widened,
            ),
            relaxations=relaxations(edition.finder, found, local),
        )

    def suggest(
        self, snapshot: Snapshot, typed: str, language: str, *, places: bool = False
    ) -> tuple[Suggestion, ...]:
        """Return what could be meant by `typed`, that in `language` first.

        With `places`, only places are meant.
        """
        suggestions = self._edition(snapshot).suggestions
        return suggestions.suggest(typed, language, places=places)

    def _edition(self, snapshot: Snapshot, *, anew: bool = False) -> Edition:
        found = None if anew else self._held(snapshot)
        if found is not None:
            return found
        with self._lock:
            found = None if anew else self._held(snapshot)
            if found is None:
                found = self._publisher.publish(snapshot, anew=anew)
                self._editions = (found, *self._editions)[:_EDITIONS]
        return found

    def _held(self, snapshot: Snapshot) -> Edition | None:
        return next((e for e in self._editions if e.snapshot is snapshot), None)


def open_searcher(
    index_dir: Path,
    *,
    gazetteer: Gazetteer,
    terms: Mapping[str, Term],
    seed_data: Path,
    database: DatabaseEngine | None = None,
) -> Searcher:
    """Return a searcher that keeps its indexes; nothing is built yet.

    A PostgreSQL `database` keeps them itself; else they are files in `index_dir`.
    """
    vocabulary = Vocabulary(
        gazetteer=gazetteer,
        regions=read_regions(seed_data, gazetteer),
        terms=dict(terms),
        concepts=read_synonyms(seed_data),
        boosts=read_boosts(seed_data),
    )
    files = WhooshEngine(index_dir)
    if database is not None and database.dialect.name == "postgresql":
        return Searcher(Publisher(PostgresEngine(database, files), vocabulary))
    return Searcher(Publisher(files, vocabulary))


def _hits(edition: Edition, found: Found, now: dt.datetime) -> Iterable[Hit]:
    start = (max(found.request.page, 1) - 1) * PAGE_SIZE
    for row in edition.finder.ordered(found)[start : start + PAGE_SIZE].tolist():
        listing = edition.catalog.listings[row]
        yield Hit(
            listing=listing,
            group=group_of(found, row),
            reasons=reasons(edition.catalog, found, row),
            open_now=is_open(listing, now),
            unsure=tuple(
                code
                for code in found.request.eligibility
                if found.filters.doors.unsaid(code)[row]
            ),
        )


def _groups(found: Found) -> dict[Group, int]:
    """Return how many hits there are in each group that has some."""
    reached = found.reach.groups[found.mask].tolist()
    counts = {group: reached.count(number) for number, group in enumerate(ORDER)}
    return {group: count for group, count in counts.items() if count}
