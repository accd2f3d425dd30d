"""Asks a site for something, and keeps the whole answer."""

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


def ask(app: Flask, what: Ask) -> Reply:
    """Return what `app` answers."""
    answer = app.test_client().open(
        what.path,
        method=what.method,
        data=what.body,
        content_type=what.kind or None,
        buffered=True,
    )
    return Reply(
        status=answer.status_code,
        headers=tuple(h for h in answer.headers.to_wsgi_list() if h[0] != "Date"),
        body=answer.data,
    )
