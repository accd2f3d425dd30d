"""What could be let go of a search that found nothing, and what that would give."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from directory.index.finding import Finder, Found
from directory.index.result import Relaxation, SearchRequest

FILTERS = {
    "service": "services",
    "language": "languages",
    "eligibility": "eligibility",
    "delivery": "delivery",
    "cost": "cost",
}
"""The filters with several values: their names on the page, and in the request."""


def relaxations(
    finder: Finder, found: Found, now: dt.datetime
) -> tuple[Relaxation, ...]:
    """Return each single thing that helps when it is let go, with the true count.

    Where no single one helps, several together are let go: all filters, then the place
    as well.
    """
    for less in (_less(found), _much_less(found)):
        relaxed = (
            Relaxation(
                filter=name,
                value=value,
                count=finder.find(request, now).count,
                request=request,
            )
            for name, value, request in less
        )
        helping = tuple(relaxation for relaxation in relaxed if relaxation.count)
        if helping:
            return helping
    return ()


def _less(found: Found) -> Iterator[tuple[str, str, SearchRequest]]:
    """Yield the request without one of its parts, with the name and value of that."""
    request = replace(found.request, page=1)
    for name, field in FILTERS.items():
        chosen = getattr(request, field)
        for value in chosen:
            left = tuple(v for v in chosen if v != value)
            less: dict[str, Any] = {field: left}
            yield name, value, replace(request, **less)
    if request.open_now:
        yield "open", "", replace(request, open_now=False)
    if request.verified:
        yield "verified", "", replace(request, verified=False)
    if found.query.county is not None:
        place = found.query.understood.place or found.query.county
        yield "place", place, _anywhere(found, request)
    if found.query.clauses:
        yield "text", request.text, _wordless(found, request)


def _much_less(found: Found) -> Iterator[tuple[str, str, SearchRequest]]:
    """Yield the request without its filters, and without filters and place."""
    bare = replace(
        found.request,
        page=1,
        services=(),
        languages=(),
        eligibility=(),
        delivery=(),
        cost=(),
        open_now=False,
        verified=False,
    )
    yield "filters", "", bare
    if found.query.county is not None:
        yield "filters_and_place", "", _anywhere(found, bare)


def _anywhere(found: Found, request: SearchRequest) -> SearchRequest:
    """Return the request without its place, which may stand in the text."""
    if request.county or request.place:
        return replace(request, county=None, place="")
    return replace(request, text=found.query.text_without_place)


def _wordless(found: Found, request: SearchRequest) -> SearchRequest:
    """Return the request without its words; a place among them stays."""
    county = request.county if request.place else found.query.county or request.county
    return replace(request, text="", county=county)
