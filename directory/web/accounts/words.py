"""Words for accounts on pages."""

import datetime as dt
from collections.abc import Iterable

import flask_babel
from flask import Flask

from directory.accounts import Person, Role
from directory.web.accounts.guard import signed_in
from directory.web.texts import gettext
from directory.web.texts import lazy_gettext as _

ROLES = {
    Role.ADVOCATE: _("Advocate"),
    Role.HOTLINE: _("Hotline staff"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.PROVIDER: _("Provider"),
}

PASSWORD_IS_SET = _("Your password is set. Sign in with it.")


def add_words(app: Flask) -> None:
    """Let the templates of `app` speak of accounts."""
    app.jinja_env.globals.update(
        all_roles=all_roles,
        moment_text=moment_text,
        role_names=role_names,
        signed_in=signed_in,
        state_text=state_text,
    )


def all_roles() -> dict[Role, str]:
    """Return the name of each role."""
    return {role: str(name) for role, name in ROLES.items()}


def role_names(roles: Iterable[Role]) -> str:
    """Return the names of some roles, joined by commas."""
    held = set(roles)
    return ", ".join(name for role, name in all_roles().items() if role in held)


def state_text(person: Person) -> str:
    """Say whether a person can sign in."""
    if person.active:
        return gettext("Can sign in")
    if person.joined_at is None:
        return gettext("Invited, not here yet")
    return gettext("Account closed")


def moment_text(moment: dt.datetime) -> str:
    """Return a moment as clocks in North Carolina show it."""
    day = flask_babel.format_date(moment, "medium")
    return f"{day}, {flask_babel.format_time(moment, 'short')}"
