"""What stands above the pages of those who are signed in: where they can go.

Above the desk also stands what is alarming.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request, url_for

from directory.accounts import Person, Role, may_see_network
from directory.curation.desk.queue import waiting
from directory.database import reading
from directory.web.accounts.guard import signed_in
from directory.web.site import the_site
from directory.web.staff.seeing import known_alerts, withheld
from directory.web.texts import lazy_gettext as _

_Link = tuple[str, str, tuple[str, ...]]
"""A page, what it is called, and the pages that belong to it."""

_DESK: Sequence[_Link] = (
    ("staff.index", _("Desk"), ()),
    ("staff.queue", _("Queue"), ("staff.proposal",)),
    ("staff.reports", _("Reports"), ()),
    ("staff.stale", _("Out of date"), ()),
    ("staff.dead_ends", _("Dead ends"), ()),
    ("staff.duplicates", _("Duplicates"), ("staff.pair",)),
    ("staff.claims", _("Claims"), ("staff.claim",)),
    ("staff.letters", _("Emails"), ()),
    ("staff.gaps", _("Gaps"), ()),
    ("staff.imports", _("Imports"), ()),
    ("staff.history", _("History"), ("staff.event", "staff.put_back")),
)
"""Pages of the desk, in the order of the work."""

_ACCOUNTS: _Link = ("accounts.everybody", _("Accounts"), ("accounts.one",))
_LISTINGS: _Link = (
    "portal.index",
    _("Your listings"),
    ("portal.organization", "portal.service", "portal.proposal", "portal.confirm_own"),
)
_NETWORK: _Link = (
    "network.index",
    _("Hidden places"),
    ("network.service", "network.match"),
)
_OWN: _Link = ("account.home", _("Your account"), ("account.sessions",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page that the person may open; `here` says that it is the one that is shown."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """How much of the desk is alarming."""

    late: int
    alerts: int


def own_places() -> Sequence[Place]:
    """Return where the person who is signed in can go; nowhere if nobody is."""
    person = signed_in()
    if person is None:
        return []
    return [
        Place(
            name=str(name),
            address=url_for(endpoint),
            here=request.endpoint in {endpoint, *below},
        )
        for endpoint, name, below in _links(person)
    ]


def desk_alarms() -> Alarms:
    """Return what is alarming, for every page of the desk."""
    site = the_site()
    with reading(site.database) as session:
        late = waiting(session, site.now(), withheld()).late
        alerts = len(known_alerts(session))
    return Alarms(late=late, alerts=alerts)


def _links(person: Person) -> Iterable[_Link]:
    if Role.COORDINATOR in person.roles:
        yield from _DESK
    if Role.ADMINISTRATOR in person.roles:
        yield _ACCOUNTS
    if Role.PROVIDER in person.roles:
        yield _LISTINGS
    if may_see_network(person, the_site().now()):
        yield _NETWORK
    yield _OWN
