"""A crawl of the whole site: every route that it has, and grids over what can be asked.

A route is known by its endpoint. One that is not in `EXAMPLES` fails the crawl, so
nobody can add a page that is not compared.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.routing import MapAdapter, Rule

from tests.safety.visit import Ask
from tests.safety.world import (
    CODES,
    HIDDEN_ORGANIZATION,
    HIDDEN_SERVICE,
    HIDDEN_WORDS,
    OLD_ORGANIZATION,
    OLD_SERVICE,
    WAKE,
)

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOMENT = "2026-11-25T12:00:00-05:00"
Query = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What to put into a route: the parts of its path, its query, what is posted."""

    values: Mapping[str, str] = field(default_factory=dict)
    query: Query = ()
    form: Query | None = None
    data: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Ids that the crawler has heard of; some of them exist in one world only."""

    services: Sequence[str]
    organizations: Sequence[str]
    counties: Sequence[str]


Examples = Mapping[str, Sequence[Example]]

PLAIN = (Example(), Example(query=[("need", "food"), ("q", "zanzibar")]))

WORDS = (
    *("", "shelter", "safe house", "legal", "asylum", "women", "abogado", "sheltre"),
    *("harbor", "refuge", "zzzz", "24 hours", "spanish", "Elm", "27601", "food bank"),
    *HIDDEN_WORDS,
    *("zanzibat", "lighthose", "quok", "hidden", "network", "Durham advocates"),
)
PLACES = ("", "Wake", "27601", "Asheville", "Robeson County", "Zanzibar", "Elm Ave")
PAGES = ("", "2", "9")
FILTERS: tuple[Query, ...] = (
    (),
    *([("service", code)] for code in CODES),
    *([("language", tag)] for tag in ("es", "km", "tl", "so", "mul")),
    *(
        [("eligibility", code)]
        for code in ("gender:man", "gender:woman", "pets:yes", "police_report:not_made")
    ),
    *([("delivery", code)] for code in ("in_person", "phone", "online")),
    *([("cost", code)] for code in ("free", "fee")),
    [("open", "1")],
    [("verified", "1")],
    [("service", "food"), ("language", "km"), ("cost", "free"), ("verified", "1")],
    [("sort", "latitude")],
    [("filter[postal_code]", "27999")],
    [("service", "zanzibar")],
)
PERSONS: tuple[Mapping[str, object], ...] = (
    {},
    {"age": 24, "gender": "woman", "children": 1},
    {"age": 16, "gender": "man", "exploitation": "labor"},
    {"gender": "nonbinary", "pets": True, "police_report": "not_willing"},
)
NEEDS = (("emergency_shelter",), ("immigration_legal", "mental_health"), CODES)
COUNTIES = ("", "Wake", "Buncombe", "Robeson")


def searches() -> Iterator[Example]:
    """Yield searches: each word and place, each filter with and without words."""
    for text, place, page in product(WORDS, PLACES, PAGES):
        if page and place:
            continue
        yield Example(query=_said(q=text, near=place, page=page))
    for text, chosen in product(("", "shelter", HIDDEN_WORDS[0]), FILTERS):
        yield Example(query=[*_said(q=text), *chosen])
        yield Example(query=[*_said(q=text, county=WAKE), *chosen])


def matches() -> Iterator[Mapping[str, object]]:
    """Yield requests to the matcher, in JSON."""
    for codes, county, person in product(NEEDS, COUNTIES, PERSONS):
        yield {
            "needs": [{"code": code, "urgency": "now"} for code in codes],
            **({"county": county} if county else {}),
            "person": person,
            "languages": ["es"] if county else ["km"],
            "at": MOMENT,
            "limit": 100,
        }
    for code in (*CODES, "zanzibar"):
        yield {"needs": [{"code": code}], "zip": "27601", "min_miles": 25, "limit": 3}


def examples(known: Known) -> dict[str, Sequence[Example]]:
    """Return what to ask of each endpoint of the site."""
    services = [*known.services, HIDDEN_SERVICE, f"{HIDDEN_SERVICE}1", "nothing"]
    services += [OLD_SERVICE, "old-pantry"]
    owners = [*known.organizations, HIDDEN_ORGANIZATION, OLD_ORGANIZATION, "nothing"]
    posted = list(matches())
    return {
        "match_api.match": [
            *(Example(data=data) for data in posted),
            Example(data={"needs": []}),
            Example(data="zanzibar"),
        ],
        "match_api.openapi": PLAIN,
        "operations.healthz": PLAIN,
        "operations.readyz": PLAIN,
        "public.about": PLAIN,
        "public.counties": PLAIN,
        "public.county": [
            Example(values={"fips": fips}) for fips in (*known.counties, "37999")
        ],
        "public.favicon": PLAIN,
        "public.home": PLAIN,
        "public.leave": PLAIN,
        "public.match": [*PLAIN, *(Example(form=_form(data)) for data in posted)],
        "public.organization": [Example(values={"organization_id": i}) for i in owners],
        "public.privacy": PLAIN,
        "public.robots": PLAIN,
        "public.safety": PLAIN,
        "public.search": list(searches()),
        "public.service": [Example(values={"service_id": i}) for i in services],
        "public.suggest": [
            Example(),
            *(Example(query=[("q", w), ("for", "place")]) for w in ("Ra", *PLACES)),
            *(
                Example(query=[("q", word[:end])])
                for word in (*WORDS, "Raleigh", "esp", "ha", "of har")
                for end in (1, 2, 3, None)
            ),
        ],
        "report.report": [
            *(Example(values={"service_id": i}) for i in services),
            # Few, and all by one reporter: what is told twice would be public.
            *(
                Example(values={"service_id": i}, form=[("kind", kind)])
                for i in (*known.services[:2], HIDDEN_SERVICE, "nothing")
                for kind in ("closed", "refuses", "zanzibar")
            ),
        ],
        "static": [Example(values={"filename": "site.css"})],
    }


PRIVATE = (
    *("account", "accounts", "claim", "join", "network", "portal", "portal_link"),
    *("security", "staff"),
)
"""Blueprints of which a stranger may learn nothing at all.

Each of their routes is asked with ids of everything that there is, shown and hidden.
"""

_IDS = {
    "organization_id": ("harbor", HIDDEN_ORGANIZATION, "nothing"),
    "service_id": ("shelter", HIDDEN_SERVICE, "nothing"),
    "left_id": ("harbor", HIDDEN_ORGANIZATION),
    "right_id": ("law", HIDDEN_SERVICE),
}


def knocks(app: Flask) -> dict[str, Sequence[Example]]:
    """Return what to ask of each route that a stranger is not let into."""
    return {
        rule.endpoint: [
            Example(values=dict(zip(sorted(names), ids, strict=True)))
            for names in [rule.arguments - {"lang"}]
            for ids in product(*(_IDS.get(name, ("1",)) for name in sorted(names)))
        ]
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in PRIVATE
    }


def crawl(app: Flask, table: Examples) -> list[Ask]:
    """Return all that is asked of `app`, in an order that does not depend on it."""
    adapter = app.url_map.bind("localhost")
    known = {**knocks(app), **table}
    asks = [
        made
        for rule in sorted(app.url_map.iter_rules(), key=str)
        for example in known[rule.endpoint]
        for method in sorted(rule.methods or ())
        for made in _asks(adapter, rule, method, example)
    ]
    return list(dict.fromkeys([*asks, *wrong_turns()]))


def not_crawled(app: Flask, table: Examples) -> list[str]:
    """Return the routes of `app` for which there is no example."""
    known = {**knocks(app), **table}
    return sorted(
        {str(r) for r in app.url_map.iter_rules() if not known.get(r.endpoint)}
    )


def not_reached(app: Flask, asks: Iterable[Ask]) -> list[str]:
    """Return routes and methods that none of `asks` came to."""
    adapter = app.url_map.bind("localhost")
    reached = set()
    for what in asks:
        path = what.path.partition("?")[0]
        if adapter.test(path, what.method):
            rule, _values = adapter.match(path, what.method, return_rule=True)
            reached.add((str(rule), what.method))
    routes = {
        (str(rule), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    return sorted(f"{method} {rule}" for rule, method in routes - reached)


def _asks(
    adapter: MapAdapter, rule: Rule, method: str, example: Example
) -> Iterator[Ask]:
    """Yield a request, if `method` is the one that the example is made for."""
    sent = example.form is not None or example.data is not None
    if method == "POST" and not sent:
        example = replace(example, form=())
    elif method == "OPTIONS":
        example = Example(values=example.values)
    elif method != "POST" and sent:
        return
    if method == "HEAD" and example.query:
        return
    values = {**example.values, **({"lang": "es"} if "lang" in rule.arguments else {})}
    query = f"?{urlencode(example.query)}" if example.query else ""
    form = None if example.form is None else urlencode(example.form)
    body = form if form is not None else json.dumps(example.data)
    kind = FORM if form is not None else JSON
    yield Ask(
        method=method,
        path=adapter.build(rule.endpoint, values, method=method) + query,
        body=body.encode() if method == "POST" else b"",
        kind=kind if method == "POST" else "",
    )


def wrong_turns() -> Iterator[Ask]:
    """Yield what ends in an error page, of each status that there is."""
    for path in ("/nothing", "/es/nothing", "/api/nothing", "/services/", "/zanzibar"):
        yield Ask(path=path)
    for path in (f"/services/{quote('1 Elm Ave')}", "/counties/00000", "/assets/x"):
        yield Ask(path=path)
    yield Ask(method="PUT", path="/search")
    yield Ask(method="DELETE", path=f"/services/{HIDDEN_SERVICE}")
    yield Ask(path="/search?q=%ff")
    yield Ask(path="/search?page=99999999999999999999")
    yield Ask(path="/search?service=zanzibar")
    yield Ask(method="POST", path="/match", body=b"x" * 300_000, kind=FORM)
    yield Ask(method="POST", path="/match", body=b"need=zanzibar", kind=FORM)
    yield Ask(method="POST", path="/api/match", body=b"{", kind=JSON)
    yield Ask(method="POST", path="/api/match", body=b"\xff", kind=JSON)


def _form(data: Mapping[str, object]) -> Query:
    """Return a request to the matcher as the form sends it."""
    person = data.get("person")
    answers = dict(person) if isinstance(person, Mapping) else {}
    needs = data["needs"]
    codes = [need["code"] for need in needs] if isinstance(needs, list) else []
    said = {k: "yes" if v is True else str(v) for k, v in answers.items()}
    place = str(data.get("county") or data.get("zip") or "")
    miles = str(data.get("min_miles") or "")
    return [
        *(("need", code) for code in codes),
        *_said(place=place, min_miles=miles),
        *said.items(),
    ]


def _said(**words: str) -> list[tuple[str, str]]:
    return [(name, word) for name, word in words.items() if word]


SMALL = examples(
    Known(
        services=(
            *("shelter", "refuge", "line", "legal", "clinic", "children", "pantry"),
            *("gone", "paused", "asleep", "signpost"),
        ),
        organizations=("harbor", "law", "county", "branch", "union"),
        counties=("37183", "37063", "37021", "37155"),
    )
)
"""What to ask of the small world."""
