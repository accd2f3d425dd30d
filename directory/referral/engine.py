"""Holds the compiled catalog of one snapshot and asks the matcher."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from directory.places import Gazetteer
from directory.projection import Snapshot
from directory.referral.candidate import candidates_of
from directory.referral.request import ZONE, MatchRequest
from directory.vocabulary import Term
from matcher.catalog import Catalog
from matcher.ranking import Matching, rank
from matcher.reach import Geography
from matcher.taxonomy import Phase, Taxonomy
from matcher.taxonomy import Term as MatcherTerm

_MAX_CATALOGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """The answer to a request, with the snapshot whose listings it names."""

    matching: Matching
    snapshot: Snapshot


class Engine:
    """Answers requests from the newest snapshot.

    Rules are compiled for one day, so there is one catalog a snapshot and day; a few
    are kept, because a request may ask about another day than today.
    """

    def __init__(self, gazetteer: Gazetteer, terms: Mapping[str, Term]) -> None:
        """Prepare an engine; catalogs are compiled when they are first asked for."""
        self._gazetteer = gazetteer
        self._geography = _geography(gazetteer)
        self._taxonomy = Taxonomy(
            MatcherTerm(code=t.code, phases=tuple(Phase(p) for p in t.phases))
            for t in terms.values()
            if not t.is_group
        )
        self._lock = threading.Lock()
        self._catalogs: dict[tuple[int, dt.date], Catalog] = {}

    def match(self, request: MatchRequest, snapshot: Snapshot) -> Referral:
        """Return the ranked services of `snapshot` for `request`."""
        day = request.needs.at.astimezone(ZONE).date()
        matching = rank(self.catalog(snapshot, day), request.needs, limit=request.limit)
        return Referral(matching=matching, snapshot=snapshot)

    def catalog(self, snapshot: Snapshot, day: dt.date) -> Catalog:
        """Return the catalog of `snapshot` for `day`."""
        key = (snapshot.seq, day)
        catalog = self._catalogs.get(key)
        if catalog is not None:
            return catalog
        with self._lock:
            if key not in self._catalogs:
                while len(self._catalogs) >= _MAX_CATALOGS:
                    self._catalogs.pop(next(iter(self._catalogs)))
                self._catalogs[key] = Catalog(
                    candidates_of(snapshot.listings.values(), self._gazetteer, day),
                    taxonomy=self._taxonomy,
                    geography=self._geography,
                    day=day,
                )
            return self._catalogs[key]


def _geography(gazetteer: Gazetteer) -> Geography:
    counties = gazetteer.counties
    return Geography(
        counties=tuple(county.fips for county in counties),
        names={county.fips: county.name for county in counties},
        centroids=np.array([county.point for county in counties]),
        miles=np.array(
            [
                [gazetteer.county_miles(a.fips, b.fips) for b in counties]
                for a in counties
            ]
        ),
        adjacent=np.array(
            [
                [gazetteer.are_neighbors(a.fips, b.fips) for b in counties]
                for a in counties
            ]
        ),
    )
