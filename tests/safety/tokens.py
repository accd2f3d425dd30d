"""Requests to the matcher in which every field holds a word that nothing else holds."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from directory.web.forms.match import MatchForm

TOKEN = re.compile(rb"tk[0-9a-f]{20}|2001:db8(?::[0-9a-f]{1,4}){5}")
"""What every token looks like, as a word or as the address of a client."""

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
FIELDS = tuple(field.name for field in MatchForm(None, names={}))
CODES = ("emergency_shelter", "food", "immigration_legal", "mental_health")
VALID = {"need": "food", "place": "Wake", "age": "24", "gender": "woman", "pets": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One match that is sent, and the statuses with which it may be answered."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    expected: frozenset[int]


def matches(number: int, seed: int) -> Iterator[Match]:
    """Yield `number` matches, all of whose tokens differ."""
    draw = random.Random(seed)  # noqa: S311 - a number must give the same requests
    kinds = (_valid, _one_field, _all_fields, _valid_json, _odd_json)
    for n in range(number):
        yield kinds[n % len(kinds)](draw, n)


def failing(number: int, seed: int) -> Iterator[Match]:
    """Yield matches that fail early: bad words, too much, no JSON, no form."""
    draw = random.Random(seed)  # noqa: S311 - a number must give the same requests
    kinds = (_bad_enum, _huge, _broken_json, _broken_form)
    for n in range(number):
        yield kinds[n % len(kinds)](draw, n)


def form(draw: random.Random, fields: Mapping[str, str], *expected: int) -> Match:
    """Return a form as a browser posts it, with tokens in all that surrounds it."""
    return Match(
        path=f"/{draw.choice(('', 'es/'))}match?from={token(draw)}",
        body=urlencode(fields).encode(),
        headers=headers(draw, FORM),
        expected=frozenset(expected),
    )


def posted(draw: random.Random, body: bytes, *expected: int) -> Match:
    """Return JSON as another system posts it."""
    return Match(
        path=f"/api/match?{token(draw)}",
        body=body,
        headers=headers(draw, JSON),
        expected=frozenset(expected),
    )


def token(draw: random.Random) -> str:
    """Return a word that stands nowhere else."""
    return f"tk{draw.getrandbits(80):020x}"


def headers(draw: random.Random, kind: str) -> dict[str, str]:
    """Return headers of a client of its own, each with a token."""
    parts = ":".join(f"{draw.getrandbits(16) | 0x1000:x}" for _ in range(5))
    return {
        "Content-Type": kind,
        "User-Agent": token(draw),
        "Referer": f"https://{token(draw)}.example/",
        "Cookie": f"{token(draw)}={token(draw)}",
        "Accept-Language": token(draw),
        "Authorization": f"Bearer {token(draw)}",
        "X-Request-Id": token(draw),
        "X-Forwarded-For": f"2001:db8:{parts}:1",
    }


def _valid(draw: random.Random, n: int) -> Match:
    fields = {**VALID, "need": CODES[n % len(CODES)], token(draw): token(draw)}
    return form(draw, {**fields, "note": token(draw)}, 200)


def _one_field(draw: random.Random, n: int) -> Match:
    return form(draw, {**VALID, FIELDS[n % len(FIELDS)]: token(draw)}, 200, 422)


def _all_fields(draw: random.Random, _n: int) -> Match:
    return form(draw, {name: token(draw) for name in FIELDS}, 422)


def _valid_json(draw: random.Random, n: int) -> Match:
    code = CODES[n % len(CODES)]
    data = {"needs": [{"code": code}], "county": "Wake", "languages": ["es"]}
    return posted(draw, json.dumps(data).encode(), 200)


def _odd_json(draw: random.Random, _n: int) -> Match:
    person = {name: token(draw) for name in ("age", "gender", "pets", token(draw))}
    data = {
        "needs": [{"code": token(draw), "urgency": token(draw)}],
        "county": token(draw),
        "zip": token(draw),
        "languages": [token(draw)],
        "at": token(draw),
        "person": person,
    }
    return posted(draw, json.dumps(data).encode(), 422)


def _bad_enum(draw: random.Random, _n: int) -> Match:
    return form(draw, {**VALID, "gender": token(draw), "household": token(draw)}, 422)


def _huge(draw: random.Random, _n: int) -> Match:
    return form(draw, {**VALID, "note": token(draw) * 20_000}, 413)


def _broken_json(draw: random.Random, _n: int) -> Match:
    return posted(draw, b'{"needs": [' + token(draw).encode(), 422)


def _broken_form(draw: random.Random, _n: int) -> Match:
    sent = form(draw, {}, 400, 413, 422)
    kind = f"multipart/form-data; boundary={token(draw)}"
    return Match(
        path=sent.path,
        body=f"--{token(draw)}\r\nname={token(draw)}".encode(),
        headers={**sent.headers, "Content-Type": kind},
        expected=sent.expected,
    )
