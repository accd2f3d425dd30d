"""Says why a password is refused, in the language of the page."""

from typing import Any

from flask_security import PasswordUtil
from sqlmodel import col, select
from typing_extensions import override

from directory.accounts import Person
from directory.accounts.password import Weakness, weakness
from directory.database import reading
from directory.hsds import Organization
from directory.web.site import the_site
from directory.web.texts import lazy_gettext as _

_REASONS = {
    Weakness.SHORT: _("Too short: a password here has 15 characters or more."),
    Weakness.LONG: _("Too long: a password here has 256 characters at most."),
    Weakness.GUESSABLE: _(
        "Too easy to guess. Take four or five words that do not belong together."
    ),
}


class Passwords(PasswordUtil):
    """Judges passwords here, and asks nobody over the network."""

    @override
    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        user = kwargs["user"]
        person: Person = getattr(user, "_get_current_object", lambda: user)()
        found = weakness(password, [person.email, person.name, *_names_of(person)])
        reasons = None if found is None else [str(_REASONS[found])]
        return reasons, self.normalize(password)


def _names_of(person: Person) -> list[str]:
    """Return the names of the organizations that a person speaks for."""
    with reading(the_site().database) as session:
        ids = col(Organization.id).in_(person.organizations)
        return list(session.exec(select(Organization.name).where(ids)))
