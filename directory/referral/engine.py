"""Holds the compiled catalog of one snapshot and asks the matcher."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from directory.places import Gazetteer
from directory.places.gazetteer import miles_between
from directory.projection import Snapshot
from directory.referral.candidate import candidates_of, site_of
from directory.referral.request import ZONE, MatchRequest
from directory.vocabulary import Term
from matcher.account import account_of
from matcher.catalog import Catalog
from matcher.option import Option
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
        self._geography = geography_of(gazetteer)
        self._taxonomy = taxonomy_of(terms)
        self._lock = threading.Lock()
        self._catalogs: dict[tuple[int, dt.date], Catalog] = {}

    def match(self, request: MatchRequest, snapshot: Snapshot) -> Referral:
        """Return the ranked services of `snapshot` for `request`."""
        day = request.needs.at.astimezone(ZONE).date()
        matching = rank(self.catalog(snapshot, day), request.needs, limit=request.limit)
        options = tuple(self._measured(o, request, snapshot) for o in matching.options)
        return Referral(matching=replace(matching, options=options), snapshot=snapshot)

    def explain(
        self, request: MatchRequest, snapshot: Snapshot, service_id: str
    ) -> dict[str, object] | None:
        """Return why one service is in or out, as plain values; `None` if not there."""
        day = request.needs.at.astimezone(ZONE).date()
        catalog = self.catalog(snapshot, day)
        account = account_of(catalog, request.needs, service_id)
        return None if account is None else asdict(account)

    def _measured(
        self, option: Option, request: MatchRequest, snapshot: Snapshot
    ) -> Option:
        """Return `option` with its distance as it is shown.

        The matcher measures all services at once for their order; what a person reads
        is measured place by place, on the great circle.
        """
        needs, county = request.needs, request.needs.county
        if option.distance_miles is None or county is None:
            return option
        if needs.avoid_counties or needs.min_miles is not None:
            # Then only some of its places are meant, which the matcher has chosen.
            return option
        origin = needs.point or self._gazetteer.by_fips(county).point
        places = snapshot.listings[option.service_id].places
        points = (site_of(place, self._gazetteer).point for place in places)
        miles = min(miles_between(origin, point) for point in points if point)
        return replace(option, distance_miles=round(miles, 1))

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


def taxonomy_of(terms: Mapping[str, Term]) -> Taxonomy:
    """Return the vocabulary as the matcher takes it: needs with their phases."""
    return Taxonomy(
        MatcherTerm(code=t.code, phases=tuple(Phase(p) for p in t.phases))
        for t in terms.values()
        if not t.is_group
    )


def geography_of(gazetteer: Gazetteer) -> Geography:
    """Return the counties as the matcher takes them: columns and matrices."""
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
