"""Setting up an app for codes: what is shown again until a code of it was right."""

from typing import Any

from flask import current_app, session
from flask_security import Security

from directory.accounts import Person
from directory.accounts.people import People
from directory.web.accounts.guard import signed_in
from directory.web.site import the_site


def show_again(security: Security) -> None:
    """Let the page that checks a code show what an app needs that is not set up yet.

    The library shows it once; whoever mistyped a digit would have to begin anew.
    """
    security.tf_token_validation_context_processor(_shown)


def half_way() -> Person | None:
    """Return the person whose password was right, and who is not signed in yet."""
    people = People(the_site().database)
    return people.find_user(fs_uniquifier=str(session.get("tf_user_id", "")))


def _shown() -> dict[str, Any]:
    person, secret = signed_in() or half_way(), session.get("tf_totp_secret")
    if person is None or session.get("tf_state") != "validating_profile" or not secret:
        return {}
    totp: Any = current_app.extensions["security"].totp_factory
    values = totp.fetch_setup_values(secret, person)
    return {
        "authr_qrcode": values["image"],
        "authr_key": values["key"],
        "changing": signed_in() is not None,
    }
