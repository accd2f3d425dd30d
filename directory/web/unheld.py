"""Refuses a text that no database holds, and that no person types."""

from itertools import chain

from flask import Flask, abort, request

_READ_ONLY = frozenset({None, "public", "match_api", "operations"})
"""Blueprints that write nothing, and read such a text as one that finds nothing."""


def refuse_nul(app: Flask) -> None:
    """Let `app` answer 400 to a NUL, wherever something could be written."""
    app.before_request(_refuse)


def _refuse() -> None:
    if request.blueprint in _READ_ONLY:
        return
    texts = chain(
        (request.path,), *request.args.listvalues(), *request.form.listvalues()
    )
    if any("\0" in text for text in texts):
        abort(400)
