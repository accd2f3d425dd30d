"""The page for a link that opens nothing: unknown, too old, or answered before."""

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.database import reading
from directory.web.portal.waiting import told_by
from directory.web.site import the_site


def closed_link(token: str = "") -> ResponseReturnValue:
    """Say that a link cannot be used any more; which of the reasons it is, is not told.

    The page is the same for all, so nobody can try out what exists. Only who has sent
    something by the link of a letter, `token`, reads how that stands.
    """
    with reading(the_site().database) as session:
        told = told_by(session, token)
    return render_template("portal/closed_link.html", told=told), 410
