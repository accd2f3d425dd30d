"""Takes an invitation up."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import joining
from directory.database import reading, writing
from directory.web.accounts.blueprint import page
from directory.web.site import the_site


@page("/account/join/<token>", methods=("GET", "POST"))
def join(token: str) -> ResponseReturnValue:
    """Show an invitation; a POST uses it up and leads on to choosing a password.

    Mail programs open links to look at them, so a GET uses nothing up.
    """
    site = the_site()
    if request.method == "POST":
        with writing(site.database) as session:
            person = joining.join(session, token, now=site.now())
            uniquifier = person and person.fs_uniquifier
        if uniquifier:
            serializer = current_app.extensions["security"].reset_serializer
            chosen = serializer.dumps([uniquifier, None])
            return redirect(url_for("security.reset_password", token=chosen), 303)
    with reading(site.database) as session:
        waits = joining.waits(session, token, now=site.now())
    status = 200 if waits else 404
    return render_template("accounts/join.html", waits=waits, key=token), status
