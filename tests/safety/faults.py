"""Sites with one fault each, of those that others have had: the tests must see them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, Response, jsonify, request
from sqlalchemy import text
from typing_extensions import override

from directory.database import reading
from directory.index.result import SearchRequest, SearchResult
from directory.index.search import Searcher
from directory.places import Gazetteer
from directory.projection import Audience, Follower, Snapshot, take_snapshot
from directory.referral.engine import Engine, Referral
from directory.referral.request import MatchRequest
from directory.settings import Settings
from directory.web.site import Site, bind_site, site_of
from tests.safety.sites import NOON, StoppedSite, remade, stopped

Point = tuple[float, float]


class TrueDistance(Engine):
    """Ranks by where a place really is, and shows no distance."""

    def __init__(self, site: Site) -> None:
        """Read where all places are."""
        super().__init__(site.gazetteer, site.terms)
        self._places = site.gazetteer
        with reading(site.database) as session:
            found = session.execute(
                text(
                    "SELECT sl.service_id, l.latitude, l.longitude FROM location l"
                    " JOIN service_at_location sl ON sl.location_id = l.id"
                    " WHERE l.latitude IS NOT NULL ORDER BY l.id"
                )
            )
            self._points = {row[0]: (row[1], row[2]) for row in found}

    @override
    def match(self, request: MatchRequest, snapshot: Snapshot) -> Referral:
        found = super().match(request, snapshot)
        here = _middle(self._places, request.needs.county)
        options = sorted(
            found.matching.options,
            key=lambda option: _far(here, self._points.get(option.service_id)),
        )
        matching = replace(found.matching, options=tuple(options))
        return Referral(matching=matching, snapshot=found.snapshot)


def _middle(places: Gazetteer, county: str | None) -> Point:
    return places.by_fips(county or "37183").point


def _far(here: Point, there: Point | None) -> float:
    if there is None:
        return 0.0
    return abs(here[0] - there[0]) + abs(here[1] - there[1])


class SharedIndex(Searcher):
    """Searches everything there is, and leaves out afterwards what is hidden."""

    def __init__(self, searcher: Searcher, everything: Snapshot) -> None:
        """Search `everything` as `searcher` would."""
        super().__init__(searcher._publisher)  # noqa: SLF001 - the fault is its own
        self._everything = everything

    @override
    def search(
        self, snapshot: Snapshot, request: SearchRequest, now: Any
    ) -> SearchResult:
        found = super().search(self._everything, request, now)
        hits = tuple(h for h in found.hits if h.listing.id in snapshot.listings)
        return replace(found, hits=hits)


def true_distance(settings: Settings) -> Flask:
    """Return a site that ranks by true distance."""
    app = stopped(settings)
    site = site_of(app)
    bind_site(app.extensions, remade(site, StoppedSite, engine=TrueDistance(site)))
    return app


def shared_index(settings: Settings) -> Flask:
    """Return a site with one index for all, filtered afterwards."""
    app = stopped(settings)
    site = site_of(app)
    searcher = SharedIndex(site.searcher, _everything(site))
    bind_site(app.extensions, remade(site, StoppedSite, searcher=searcher))
    return app


def filtered_suggestions(settings: Settings) -> Flask:
    """Return a site that takes eight suggestions and then leaves out the hidden."""
    app = stopped(settings)
    site = site_of(app)
    everything = _everything(site)
    shown = {
        name
        for listing in site.snapshot().listings.values()
        for name in (listing.name, listing.organization.name)
    }
    hidden = {
        name
        for listing in everything.listings.values()
        for name in (listing.name, listing.organization.name)
        if name not in shown
    }

    @app.get("/suggest-all")
    def suggest_all() -> Response:
        found = site.searcher.suggest(everything, request.args.get("q", ""), "en")
        return jsonify([s.text for s in found if s.text not in hidden])

    return app


def field_in_json(settings: Settings) -> Flask:
    """Return a site whose matcher says how many services it has looked at."""
    app = stopped(settings)
    count = len(_everything(site_of(app)).listings)

    @app.after_request
    def add(response: Response) -> Response:
        data: Any = response.get_json(silent=True)
        if isinstance(data, Mapping) and "options" in data:
            response.data = jsonify({**data, "looked_at": count}).data
        return response

    return app


def wrong_audience(settings: Settings) -> Flask:
    """Return a site that takes every visitor for approved staff."""
    app = stopped(settings)
    site = site_of(app)
    follower = Follower(site.database, Audience.NETWORK)
    bind_site(app.extensions, remade(site, StoppedSite, follower=follower))
    return app


def told_by_refusal(settings: Settings) -> Flask:
    """Return a site that says 403 of what is hidden and 404 of what is not there."""
    app = stopped(settings)
    site = site_of(app)
    everything = _everything(site).listings

    @app.after_request
    def tell(response: Response) -> Response:
        asked = (request.view_args or {}).get("service_id")
        if response.status_code == 404 and asked in everything:
            response.status_code = 403
        return response

    return app


def _everything(site: Site) -> Snapshot:
    return take_snapshot(site.database, Audience.NETWORK)


__all__ = [
    "NOON",
    "field_in_json",
    "filtered_suggestions",
    "shared_index",
    "told_by_refusal",
    "true_distance",
    "wrong_audience",
]
