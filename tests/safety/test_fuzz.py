"""Whatever is asked, nothing breaks: no answer of 5xx, no traceback, no cookie.

`make fuzz` asks a hundred thousand times; the usual run asks 3,000 times.
"""

import io
import json
import logging
import os
import re
import secrets
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder

from directory.web.headers import HEADERS
from tests.safety.crawl import FILTERS, FORM, JSON, SMALL, WORDS
from tests.safety.sites import stopped
from tests.safety.tokens import FIELDS
from tests.safety.world import build

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "3000"))
START = secrets.randbits(64) if "FUZZ_REQUESTS" in os.environ else 0
"""Where drawing begins: at the same place, but elsewhere each time for `make fuzz`."""

SHARDS = 4
OF_SCHEMA = REQUESTS // 20
"""Requests that are drawn from the description, right ones and wrong ones each."""

EACH = (REQUESTS - 2 * OF_SCHEMA) // SHARDS
"""Requests of one test, so that several can run at once."""

BY_DESIGN: list[Any] = [positive_data_acceptance, negative_data_rejection]
"""No description can say which ZIP codes there are; an empty answer is none given."""

often = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "HEAD", "OPTIONS", "\x00")
NASTY = (
    *(b"%", b"%00", b"%ff%fe", b"%ed%a0%80", b"%c0%80", b"../../etc/passwd", b"\xff"),
    *(b"%2e%2e%2f", b"'\"><script>", b"{{7*7}}", b"1e999", b"-0", b"9" * 400, b"NaN"),
    *("٣٤٥".encode(), "\uff2e".encode(), "\u202e\u0000\ufeff".encode(), b"\r\nX: y"),
)
piece = st.one_of(
    st.sampled_from([word.encode() for word in WORDS]),
    st.sampled_from(NASTY),
    st.binary(max_size=12),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.integers().map(lambda number: str(number).encode()),
)
NAMES = sorted(
    {name for query in FILTERS for name, _ in query}
    | {"q", "near", "county", "page", "lang", "need", "urgency-food", "urgency-"}
    | set(FIELDS)
)
right = st.tuples(
    st.sampled_from([name.encode() for name in NAMES]),
    st.sampled_from([b"food", b"Wake", b"27601", b"yes", b"24", b"woman", b"es", b"2"]),
)
wrong = st.tuples(st.sampled_from(NAMES).map(str.encode) | piece, piece)


def _query(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"&".join(b"=".join(pair) for pair in pairs)


ENDS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "1970-01-01T00:00Z")
scalar = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([word for word in WORDS if word]),
)
anything = st.recursive(
    scalar,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
need = st.fixed_dictionaries(
    {"code": st.sampled_from(["food", "emergency_shelter"]) | scalar},
    optional={"urgency": st.sampled_from(["now", "soon"]) | scalar},
)
person = st.dictionaries(
    st.sampled_from(["age", "gender", "children", "pets", "immigration"]),
    scalar | st.lists(scalar, max_size=3),
)
match = st.fixed_dictionaries(
    {},
    optional={
        "needs": st.lists(need, max_size=4) | anything,
        "county": st.sampled_from(["Wake", "Buncombe"]) | scalar,
        "zip": st.sampled_from(["27601", "28801"]) | scalar,
        "languages": st.lists(st.sampled_from(["es", "km", "zz"]) | scalar, max_size=3),
        "avoid_counties": st.lists(st.sampled_from(["Wake"]) | scalar, max_size=3),
        "min_miles": st.integers(-5, 2000) | scalar,
        "reach": st.sampled_from(["car", "walk", "remote_only"]) | scalar,
        "at": st.datetimes().map(lambda at: f"{at.isoformat()}+00:00")
        | st.sampled_from(ENDS)
        | scalar,
        "limit": st.integers(-5, 200) | scalar,
        "person": person | anything,
    },
)
parts = st.lists(
    st.sampled_from(
        [b"--x", b"\r\n", b'Content-Disposition: form-data; name="need"', b"--x--"]
    )
    | piece
)
body = st.one_of(
    st.just(("", b"")),
    st.tuples(st.just(FORM), st.lists(right, max_size=9).map(_query)),
    st.tuples(st.just(FORM), st.lists(wrong, max_size=6).map(_query)),
    st.tuples(st.just(JSON), (match | anything).map(lambda x: json.dumps(x).encode())),
    st.tuples(st.sampled_from([JSON, "text/plain; charset=\xff", "x"]), piece),
    st.tuples(
        st.sampled_from(["multipart/form-data; boundary=x", "multipart/form-data"]),
        parts.map(b"".join),
    ),
)


AREA = re.compile(r"/+(es/+)?(account|staff|portal)\b")
"""Where people sign in, who get a cookie."""

IDS = {"service_id": "shelter", "organization_id": "harbor", "seq": "1"}
"""What stands in the address of a page that is not for everybody."""


def path_of(rule: Rule) -> st.SearchStrategy[bytes]:
    """Return paths of a route: with ids that are there, and with what is none."""
    known = [example.values for example in SMALL.get(rule.endpoint, ())] or [IDS]

    def filled(name: str) -> st.SearchStrategy[bytes]:
        there = st.sampled_from([values.get(name, "es") for values in known])
        return there.map(str.encode) | piece

    return st.tuples(
        *(
            filled(text) if is_dynamic else st.just(text.encode())
            for is_dynamic, text in rule._trace  # noqa: SLF001 - the only list of parts
            if text != "|"
        )
    ).map(b"".join)


@st.composite
def environs(draw: st.DrawFn, rules: list[Rule]) -> dict[str, object]:
    """Draw a request to one of the routes, or to none of them, as a server sees it."""
    # Most routes are closed to a stranger, and answer all of this alike.
    opened = [rule for rule in rules if rule.endpoint.startswith("public.")]
    routes = (st.sampled_from(some).flatmap(path_of) for some in (opened, rules))
    path = draw(st.one_of(*routes, st.lists(piece).map(b"/".join)))
    query = _query(draw(st.lists(right, max_size=4) | st.lists(wrong, max_size=4)))
    if draw(st.booleans()):
        query = quote_from_bytes(query, safe="&=").encode()
    kind, content = draw(body)
    host = st.sampled_from(["localhost"] * 9 + ["", "a b", "x:y", "\xff"])
    length = st.sampled_from([str(len(content))] * 6 + ["", "-1", "x", "999999999"])
    return {
        "REQUEST_METHOD": draw(st.sampled_from(["GET", "POST"] * 6 + [*METHODS])),
        "SCRIPT_NAME": "",
        "PATH_INFO": (b"/" + path.lstrip(b"/")).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": draw(length),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": draw(host),
        "HTTP_COOKIE": draw(piece).decode("latin-1"),
        "HTTP_IF_NONE_MATCH": draw(piece).decode("latin-1"),
        "HTTP_RANGE": draw(st.sampled_from(["", "bytes=5-1", "bytes=-", "bytes=0-99"])),
        "HTTP_X_FORWARDED_FOR": draw(piece).decode("latin-1"),
        "REMOTE_ADDR": draw(st.sampled_from(["127.0.0.1", "", "::1"])),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a small world of its own: what is asked of it may leave traces."""
    return stopped(build(tmp_path_factory.mktemp("fuzzed"), 0))


@pytest.fixture(autouse=True)
def no_incident(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail when the program has failed somewhere, whatever it answered."""
    with caplog.at_level(logging.ERROR):
        yield
    assert sorted({record.getMessage() for record in caplog.records}) == []


def call(app: Flask, environ: dict[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
    """Ask `app` as a server does, with what no client would let through."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], *_: object
    ) -> Callable[[bytes], object]:
        head.append((status, headers))
        return lambda _piece: None

    answer: Any = app.wsgi_app(environ, start)
    content = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    status, headers = head[-1]
    return int(status.split()[0]), dict(headers), content


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_request_breaks_the_site(site: Flask, shard: int) -> None:
    rules = sorted(site.url_map.iter_rules(), key=str)
    rules = rules[shard:] + rules[:shard]
    seen: Counter[int] = Counter()

    @seed(START + shard)
    @settings(often, max_examples=EACH)
    @given(environ=environs(rules))
    def ask(environ: dict[str, Any]) -> None:
        status, headers, content = call(site, environ)
        seen[status] += 1
        assert 200 <= status < 500, (status, environ["PATH_INFO"])
        assert b"Traceback" not in content
        if not AREA.match(environ["PATH_INFO"]):
            assert "Set-Cookie" not in headers
        assert set(HEADERS) <= set(headers)

    ask()
    assert seen.total() >= EACH * 0.9
    # What is drawn must reach the pages, and not only their errors.
    assert seen[200] > EACH // 10, seen


@pytest.mark.parametrize("mode", GenerationMode)
def test_the_matcher_keeps_its_description(site: Flask, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", site)

    @seed(START)
    @settings(often, max_examples=OF_SCHEMA)
    @given(case=schema["/api/match"]["POST"].as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        answer = case.call()
        assert answer.status_code < 500
        case.validate_response(answer, excluded_checks=BY_DESIGN)

    ask()


@pytest.mark.parametrize("at", ENDS)
def test_a_moment_at_the_end_of_the_calendar_is_refused(site: Flask, at: str) -> None:
    """Found by drawing: a day was taken off the first day that there is."""
    asked = {"needs": [{"code": "food"}], "at": at}
    answer = site.test_client().post("/api/match", json=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == ["at"]


@pytest.mark.parametrize("path", ["/search", "/match", "/leave", "/nothing"])
def test_a_query_of_raw_bytes_is_read(site: Flask, path: str) -> None:
    """Found by drawing: the page that says what is wrong failed as well."""
    environ = EnvironBuilder(path).get_environ()
    status, _headers, _content = call(site, {**environ, "QUERY_STRING": "q=\xff\xfe"})
    assert status < 500
