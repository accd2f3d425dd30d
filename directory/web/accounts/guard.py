"""Who may open a page. Every view of staff and providers stands behind `needs`.

Roles come from the person of the session, who is read anew for each request, and from
nowhere else. Somebody without the role gets the same 404 as for a page that is not
there.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from directory.accounts import Person, Role

FRESH_SECONDS = 10 * 60
"""How long after proving who one is the gravest things can be done."""

_PROVEN = "fs_paa"
"""Where Flask-Security keeps when a person last proved who they are."""

_Given = ParamSpec("_Given")
_View = Callable[_Given, ResponseReturnValue]


def signed_in() -> Person | None:
    """Return the person who is signed in, read from the database in this request."""
    person = current_user._get_current_object()  # noqa: SLF001 - the only way out of a proxy
    return person if isinstance(person, Person) else None


def the_person() -> Person:
    """Return the person who is signed in, in a view behind `needs`."""
    person = signed_in()
    if person is None:
        msg = "this view does not stand behind `needs`"
        raise RuntimeError(msg)
    return person


def is_fresh() -> bool:
    """Tell whether the person proved who they are within the last ten minutes."""
    age = time.time() - float(session.get(_PROVEN, 0))
    # A clock that was set back must not keep a session fresh for long.
    return -FRESH_SECONDS < age < FRESH_SECONDS


def needs(
    *roles: Role, fresh: bool = False
) -> Callable[[_View[_Given]], _View[_Given]]:
    """Let only people with one of `roles` open a view; with none given, all people.

    `fresh` asks for password and code again when that was over ten minutes ago. What
    was typed into a form is lost then, so a view that wants to keep it asks `is_fresh`
    itself.
    """

    def decorate(view: _View[_Given]) -> _View[_Given]:
        @wraps(view)
        def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> ResponseReturnValue:
            person = signed_in()
            if person is None:
                return to_sign_in()
            if roles and not person.roles & set(roles):
                abort(404)
            if fresh and not is_fresh():
                return to_verify()
            return view(*args, **kwargs)

        guarded.needs = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def to_sign_in() -> ResponseReturnValue:
    """Lead to the page where one signs in, and from there back here."""
    return redirect(url_for("security.login", next=this_page()), 303)


def to_verify(then: str | None = None) -> ResponseReturnValue:
    """Lead to the page that asks for password and code, and from there back here.

    `then` names another path to come back to.
    """
    return redirect(url_for("security.verify", next=then or this_page()), 303)


def this_page() -> str:
    """Return the path to come back to: this page, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"} or _opens(request.path):
        query = request.query_string.decode("ascii", "ignore")
        return f"{request.path}?{query}" if query else request.path
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host and _opens(came_from.path):
        return came_from.path
    return url_for("account.home")


def _opens(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, "GET"))
    except HTTPException:
        return False
