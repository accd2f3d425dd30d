"""Keeps other sites from sending forms in a visitor's name, where no cookie can.

A browser says on whose page a form was sent. Programs that say nothing have no visitor
whose name they could use.
"""

from urllib.parse import urlsplit

from flask import abort, request

_OWN = frozenset({"same-origin", "none"})


def refuse_other_sites() -> None:
    """End the request with 403 if it was sent from a page of another site."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in _OWN:
        abort(403)
    if origin is not None and _host_of(origin) != request.host:
        abort(403)


def _host_of(origin: str) -> str | None:
    """Return the host that an origin names; `null` and nonsense name none."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
