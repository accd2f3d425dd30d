"""What the coordinator who is signed in may know of, and a note of each look.

Listings whose existence is hidden are for those who are approved for them. To all
others they are answered as pages that are not there.
"""

from collections.abc import Sequence

from flask import abort, g
from sqlmodel import Session

from directory.accounts import may_see_network
from directory.curation.desk.secret import NOTHING, Secret, dormant, secret
from directory.curation.history.alerts import note_view, open_alerts
from directory.curation.history.reading import Entry
from directory.curation.records.subject import Subject, SubjectKind
from directory.database import reading, writing
from directory.projection import Snapshot
from directory.web.accounts.guard import the_person
from directory.web.site import the_site
from directory.web.staff.acting import myself

_HELD = "secret_of_the_network"
_SEEN = "listings_of_the_desk"


def the_listings() -> Snapshot:
    """Return the listings that the person may know of, read once for a request."""
    if _SEEN not in g:
        site = the_site()
        setattr(g, _SEEN, site.network() if _is_approved() else site.snapshot())
    found: Snapshot = getattr(g, _SEEN)
    return found


def withheld() -> Secret:
    """Return what the person may not know of."""
    return NOTHING if _is_approved() else hidden()


def hidden() -> Secret:
    """Return what most people may not know of, read once for a request."""
    if _HELD not in g:
        site = the_site()
        with reading(site.database) as session:
            asleep = dormant(session)
        setattr(g, _HELD, secret(site.snapshot(), site.network(), asleep))
    found: Secret = getattr(g, _HELD)
    return found


def refuse_hidden(subject: str, organization_id: str | None) -> None:
    """Answer 404 for what the person may not know of."""
    if withheld().holds(subject, organization_id):
        abort(404)


def look_at(subject: Subject, organization_id: str) -> None:
    """Answer 404 for what the person may not know of; note a look at what is hidden."""
    refuse_hidden(str(subject), organization_id)
    if not hidden().holds(str(subject), organization_id):
        return
    site = the_site()
    of_service = subject.kind is SubjectKind.SERVICE
    with writing(site.database) as session:
        note_view(
            session,
            myself(),
            service_id=subject.id if of_service else None,
            organization_id=organization_id,
            now=site.now(),
        )


def known_alerts(session: Session) -> Sequence[Entry]:
    """Return the alerts that nobody has put away, but of what the person may not know.

    Newest first.
    """
    unknown = withheld()
    return [
        alert
        for alert in open_alerts(session)
        if not unknown.holds(alert.subject, alert.organization_id)
    ]


def name_of(subject: str, organization_id: str | None) -> str:
    """Return what people call the listing that `subject` is; empty if it is unknown.

    Of a service that is its name and that of its organization.
    """
    seen = the_listings()
    owner = seen.organizations.get(organization_id or "")
    kind, _, identifier = subject.partition(":")
    if kind != SubjectKind.SERVICE.value:
        return owner.full_name if owner else ""
    listing = seen.listings.get(identifier)
    closed = seen.closed.get(identifier)
    name = listing.name if listing else closed.name if closed else ""
    names = [name, owner.full_name if owner else ""]
    return ", ".join(part for part in names if part)


def _is_approved() -> bool:
    return may_see_network(the_person(), the_site().now())
