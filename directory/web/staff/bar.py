"""What stands above every page of the desk: where to go, and what is alarming."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from directory.accounts import Role, may_see_network
from directory.curation.desk.queue import waiting
from directory.curation.history.alerts import open_alerts
from directory.database import reading
from directory.web.accounts.guard import the_person
from directory.web.site import the_site
from directory.web.staff.seeing import withheld
from directory.web.texts import lazy_gettext as _

_LINKS = (
    ("staff.index", _("Desk"), ()),
    ("staff.queue", _("Queue"), ("staff.proposal",)),
    ("staff.reports", _("Reports"), ()),
    ("staff.stale", _("Stale"), ()),
    ("staff.dead_ends", _("Dead ends"), ()),
    ("staff.duplicates", _("Duplicates"), ("staff.pair",)),
    ("staff.claims", _("Claims"), ("staff.claim",)),
    ("staff.letters", _("Letters"), ()),
    ("staff.gaps", _("Gaps"), ()),
    ("staff.imports", _("Imports"), ()),
    ("staff.history", _("History"), ("staff.event",)),
)
"""Pages of the desk, in the order of the work, with the pages that belong to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the desk; `here` says that it is the one that is shown."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The pages of the desk, and how much of it is alarming."""

    places: Sequence[Place]
    late: int
    alerts: int


def desk_bar() -> Bar:
    """Return the bar of this page."""
    site = the_site()
    with reading(site.database) as session:
        late = waiting(session, site.now(), withheld()).late
        alerts = len(open_alerts(session))
    return Bar(places=_places(), late=late, alerts=alerts)


def _places() -> Sequence[Place]:
    links = [*_LINKS]
    if Role.ADMINISTRATOR in the_person().roles:
        links.append(("accounts.everybody", _("Accounts"), ("accounts.one",)))
    if may_see_network(the_person(), the_site().now()):
        links.append(("network.index", _("Hidden places"), ("network.service",)))
    return [
        Place(
            name=str(name),
            address=url_for(endpoint),
            here=request.endpoint in {endpoint, *below},
        )
        for endpoint, name, below in links
    ]
