"""What could be let go of a search that found nothing, and what that would give."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from directory.index.doors import attribute_of
from directory.index.finding import Finder, Found
from directory.index.quotation import is_quoted, without_marks
from directory.index.result import FILTERS, Relaxation, SearchRequest

_PLACES = frozenset({"place", "filters_and_place"})


def relaxations(
    finder: Finder, found: Found, now: dt.datetime
) -> tuple[Relaxation, ...]:
    """Return each single thing that helps when it is let go, with the true count.

    Where no single one helps, several together are let go: all filters, then the place
    as well. Where the page shows what is elsewhere, the place need not be let go.
    """
    if found.base.any_word:
        return tuple(_all_words_elsewhere(finder, found, now))
    if found.count and not found.widened:
        return ()
    for less in (_less(found), _much_less(found)):
        relaxed = (
            Relaxation(
                filter=name,
                value=value,
                count=finder.here(request, now).count,
                request=request,
            )
            for name, value, request in less
            if not (found.widened and name in _PLACES)
        )
        helping = tuple(relaxation for relaxation in relaxed if relaxation.count)
        if helping:
            return helping
    return ()


def _all_words_elsewhere(
    finder: Finder, found: Found, now: dt.datetime
) -> Iterator[Relaxation]:
    """Yield the search without its place, where that has all words."""
    if not found.query.counties:
        return
    name, value, request = _placeless(found)
    wider = finder.here(request, now)
    if wider.count and not wider.base.any_word:
        yield Relaxation(filter=name, value=value, count=wider.count, request=request)


def _less(found: Found) -> Iterator[tuple[str, str, SearchRequest]]:
    """Yield the request without one of its parts, with the name and value of that."""
    request = replace(found.request, page=1)
    for name, field in FILTERS.items():
        yield from _fewer(request, name, field)
    if request.open_now:
        yield "open", "", replace(request, open_now=False)
    if is_quoted(request.text):
        yield "quotes", "", replace(request, text=without_marks(request.text))
    if found.query.counties:
        yield _placeless(found)
    if found.query.clauses:
        yield "text", request.text, _wordless(found, request)


def _fewer(
    request: SearchRequest, name: str, field: str
) -> Iterator[tuple[str, str, SearchRequest]]:
    """Yield the request without the values of one filter that only hold together.

    Values of one filter are alternatives, so one of several is no help alone; of
    eligibility, each attribute is a filter of its own.
    """
    chosen = getattr(request, field)
    parts: dict[str, list[str]] = {}
    for value in chosen:
        key = attribute_of(value) if name == "eligibility" else name
        parts.setdefault(key, []).append(value)
    for values in parts.values():
        left: dict[str, Any] = {field: tuple(v for v in chosen if v not in values)}
        shown = values[0] if len(values) == 1 else ""
        yield name, shown, replace(request, **left)


def _much_less(found: Found) -> Iterator[tuple[str, str, SearchRequest]]:
    """Yield the request without its filters, and without filters and place."""
    none: dict[str, Any] = dict.fromkeys(FILTERS.values(), ())
    bare = replace(found.request, page=1, open_now=False, **none)
    yield "filters", "", bare
    if found.query.counties:
        yield "filters_and_place", "", _anywhere(found, bare)


def _placeless(found: Found) -> tuple[str, str, SearchRequest]:
    place = found.query.understood.place or found.query.counties[0]
    return "place", place, _anywhere(found, replace(found.request, page=1))


def _anywhere(found: Found, request: SearchRequest) -> SearchRequest:
    """Return the request without its place, which may stand in the text."""
    if request.county or request.place:
        return replace(request, county=None, place="")
    return replace(request, text=found.query.text_without_place)


def _wordless(found: Found, request: SearchRequest) -> SearchRequest:
    """Return the request without its words; a place among them stays."""
    if request.county or request.place:
        return replace(request, text="")
    understood = found.query.understood
    if understood.place_region is not None:
        phrase = " ".join(understood.place_region.phrases[0])
        return replace(request, text="", place=phrase)
    return replace(request, text="", county=understood.place_county)
