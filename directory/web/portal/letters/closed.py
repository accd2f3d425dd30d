"""The page for a link that opens nothing: unknown, too old, or answered before."""

from flask import render_template
from flask.typing import ResponseReturnValue


def closed_link() -> ResponseReturnValue:
    """Say that a link cannot be used any more; which of the reasons it is, is not told.

    The page is the same for all, so nobody can try out what exists.
    """
    return render_template("portal/closed_link.html"), 410
