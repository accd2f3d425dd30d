"""Where one may be led after signing in: to a path of this site and nowhere else."""

import re

from flask import Flask, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

_OWN = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path in visible ASCII without a backslash, which some browsers read as a slash."""

_NEXT = "next"


def is_own(path: str) -> bool:
    """Tell whether `path` leads to a page of this site, in whatever browser."""
    return _OWN.fullmatch(path) is not None


def keep_next_here(app: Flask) -> None:
    """Forget a `next` that leads elsewhere before any view of `app` reads it."""
    app.before_request(_keep)


def _keep() -> None:
    if request.blueprint != "security":
        return
    if request.is_json:
        # Flask-Security would read a form from it, of whatever shape.
        abort(415)
    if _NEXT in request.args:
        request.args = _kept(request.args)
    if request.method == "POST" and _NEXT in request.form:
        request.form = _kept(request.form)


def _kept(given: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict(
        (name, text)
        for name, text in given.items(multi=True)
        if name != _NEXT or is_own(text)
    )
