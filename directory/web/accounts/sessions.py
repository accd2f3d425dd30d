"""Follows who is signed in where: the cookie holds a key, the table decides."""

from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_login import user_logged_out
from flask_security import Security, user_authenticated

from directory.accounts import Person
from directory.accounts.signing_in import begin, end, person_of
from directory.web.accounts.known_device import remember_device
from directory.web.site import the_site

KEY = "key"
"""Where the session cookie holds the key of a sign-in."""

_TOKEN = "csrf_token"  # noqa: S105 - the name of one
_FORGET = '"cache", "storage"'
"""What a browser forgets after signing out; that it is known here it remembers."""


def follow_sessions(app: Flask, security: Security) -> None:
    """Make and end sign-ins along with Flask-Security's, and believe no other."""
    manager: Any = security.login_manager
    manager.user_loader(_load)
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.after_request(_forget)


def check_code(person: Any, code: str) -> bool:  # noqa: ANN401 - a person, or a proxy of one
    """Tell whether an authenticator's code is right; it opens once."""
    if not person.is_set_up:
        return False
    totp: Any = current_app.extensions["security"].totp_factory
    window = current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"]
    return bool(totp.verify_totp(code, person.tf_totp_secret, person, window))


def _load(uniquifier: str) -> Person | None:
    site = the_site()
    key = session.get(KEY)
    person = key and person_of(site.database, key, now=site.now())
    if not person or person.fs_uniquifier != uniquifier:
        return None
    # Where Flask-Security looks for it.
    g.fs_authn_via = "session"
    g.fs_paa = session.get("fs_paa", 0)
    return person


def _begin(_app: Flask, user: Person, **_more: object) -> None:
    site = the_site()
    if KEY in session:
        end(site.database, session[KEY])
    # A token of before signing in could be somebody else's.
    session.pop(_TOKEN, None)
    g.pop(_TOKEN, None)
    agent = request.user_agent.string
    session[KEY] = begin(site.database, user, user_agent=agent, now=site.now())
    remember_device(user.email)


def _end(_app: Flask, **_more: object) -> None:
    key = session.pop(KEY, None)
    if key:
        end(the_site().database, key)


def _forget(response: Response) -> Response:
    if request.endpoint == "security.logout" and response.status_code < 400:  # noqa: PLR2004 - refused from here on
        session.clear()
        response.headers["Clear-Site-Data"] = _FORGET
    return response
