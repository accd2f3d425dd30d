"""The search form: an address into a request, and a request into an address."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from werkzeug.datastructures import MultiDict

from directory.index.facts import ACCESSIBILITY, SPOKEN_BY, VERIFIED
from directory.index.result import FILTERS, SearchRequest
from directory.places import Gazetteer
from directory.vocabulary import Term
from directory.web import labels
from directory.web.texts import gettext

MAX_TEXT = 200
"""Characters that are read of what was typed."""

MAX_VALUES = 40
"""Values that are read of one filter."""

MAX_PAGE = 1000

FIELDS = FILTERS
"""The filters with several values: the name in the address, and in the request."""

_FORMERLY = {("verified", "1"): "any"}
"""Values of older addresses, and what they are now."""


def read_search(args: MultiDict[str, str], gazetteer: Gazetteer) -> SearchRequest:
    """Return the search that an address asks for; what makes no sense is left out."""
    county = args.get("county", "")[:MAX_TEXT]
    found = _county(county, gazetteer)
    return SearchRequest(
        text=args.get("q", "")[:MAX_TEXT].strip(),
        # A county that is not known is tried as a place, and then named as unknown.
        place=(args.get("near", "") or ("" if found else county))[:MAX_TEXT].strip(),
        county=found,
        open_now=bool(args.get("open")),
        page=_page(args.get("page", "")),
        **{field: _values(args, name) for name, field in FIELDS.items()},
    )


def problems_of(
    args: MultiDict[str, str],
    query: bytes,
    terms: Mapping[str, Term],
    *,
    pages: int,
) -> list[str]:
    """Return what is wrong with an address, each in a sentence; mostly nothing is.

    `query` is the address as it was sent, `pages` how many pages the search has.
    """
    problems = []
    try:
        unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        problems.append(gettext("Some letters of the address could not be read."))
    typed = args.get("page", "")
    if typed and not (typed.isascii() and typed.isdigit() and int(typed[:9]) > 0):
        problems.append(gettext("The page must be a number, from 1 on."))
    elif typed and int(typed[:19]) > max(pages, 1):
        problems.append(
            gettext("There is no page %(page)s; the last is %(last)s.")
            % {"page": typed[:19], "last": max(pages, 1)}
        )
    problems.extend(
        gettext("“%(value)s” is no choice of the filter “%(name)s”.")
        % {"value": value[:MAX_TEXT], "name": labels.FACETS[name]}
        for name, value in _unknown(args, terms)
    )
    return problems


def _unknown(
    args: MultiDict[str, str], terms: Mapping[str, Term]
) -> Iterator[tuple[str, str]]:
    known: dict[str, Container[str]] = {
        "service": terms,
        "delivery": labels.DELIVERY,
        "cost": labels.COST,
        "eligibility": labels.ELIGIBILITY,
        "language_by": SPOKEN_BY,
        "accessibility": ACCESSIBILITY,
        "verified": VERIFIED,
    }
    for name, values in known.items():
        for value in _values(args, name):
            if value not in values:
                yield name, value


def search_args(request: SearchRequest) -> dict[str, str | list[str]]:
    """Return the parts of the address that ask for `request`; page 1 is left out."""
    args: dict[str, str | list[str]] = {
        "q": request.text,
        "near": request.place,
        "county": request.county or "",
        "open": "1" if request.open_now else "",
        "page": str(request.page) if request.page > 1 else "",
    }
    for name, field in FIELDS.items():
        args[name] = list(getattr(request, field))
    return {name: value for name, value in args.items() if value}


def without(request: SearchRequest, name: str, value: str = "") -> SearchRequest:
    """Return `request` with one thing undone: a word of `FIELDS`, or a switch."""
    if name in FIELDS:
        kept = tuple(v for v in getattr(request, FIELDS[name]) if v != value)
        return replace(request, page=1, **{FIELDS[name]: kept})  # type: ignore[arg-type]
    undone: dict[str, dict[str, object]] = {
        "text": {"text": ""},
        "place": {"place": "", "county": None},
        "open": {"open_now": False},
    }
    return replace(request, page=1, **undone[name])  # type: ignore[arg-type]


def chosen(request: SearchRequest) -> int:
    """Return how many filters are set, as the folded filters say it."""
    lists = sum(len(getattr(request, field)) for field in FIELDS.values())
    return lists + request.open_now


def _county(text: str, gazetteer: Gazetteer) -> str | None:
    if not text:
        return None
    if any(county.fips == text for county in gazetteer.counties):
        return text
    found = gazetteer.county(text)
    return found.fips if found else None


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    typed = [value[:MAX_TEXT] for value in args.getlist(name) if value]
    values = [_FORMERLY.get((name, value), value) for value in typed]
    return tuple(dict.fromkeys(values))[:MAX_VALUES]


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text[:9]), 1), MAX_PAGE)
