"""Asks a site for something, and keeps the whole answer."""

import re
from dataclasses import dataclass

from flask import Flask


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request."""

    method: str = "GET"
    path: str = "/"
    body: bytes = b""
    kind: str = ""
    """The type of the body."""

    def __str__(self) -> str:
        """Return the request in one line."""
        return f"{self.method} {self.path} {self.body.decode(errors='replace')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """All that a visitor gets, but for the clock: status, headers in order, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


_TOKEN = re.compile(rb'name="(csrf_token|once)" value="[^"]*"')


def ask(app: Flask, what: Ask) -> Reply:
    """Return what `app` answers, with chance taken out: tokens of forms, signatures."""
    client = app.test_client()
    answer = client.open(
        what.path,
        method=what.method,
        data=what.body,
        content_type=what.kind or None,
        buffered=True,
    )
    headers = (h for h in answer.headers.to_wsgi_list() if h[0] != "Date")
    return Reply(
        status=answer.status_code,
        headers=tuple((n, _held(app, t) if n == _SET else t) for n, t in headers),
        body=_TOKEN.sub(b"", answer.data),
    )


_SET = "Set-Cookie"


def _held(app: Flask, cookie: str) -> str:
    """Return what a cookie holds, without what is drawn by lot."""
    name, _, rest = cookie.partition("=")
    value, _, more = rest.partition(";")
    if name == app.config["SESSION_COOKIE_NAME"] and value:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        held = {k: v for k, v in signer.loads(value).items() if k != "csrf_token"}
        value = str(sorted(held.items()))
    return f"{name}={value};{more}"
