"""Old addresses of listings that were merged: they lead on to what holds them now."""

from collections.abc import Container

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from directory.projection import Snapshot


def kept_id(snapshot: Snapshot, old_id: str, *known: Container[str]) -> str:
    """Return the id of what holds a listing that was merged, or end in a 404."""
    kept = snapshot.redirects.get(old_id)
    if kept is None or not any(kept in some for some in known):
        abort(404)
    return kept


def lead_on(endpoint: str, **values: str) -> ResponseReturnValue:
    """Lead on to the page of what holds it now, with a form that was sent as well."""
    code = 308 if request.method == "POST" else 301
    return redirect(url_for(endpoint, **values), code)  # type: ignore[arg-type]
