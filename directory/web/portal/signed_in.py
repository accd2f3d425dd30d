"""The pages of a provider who signed in: their organizations, and each listing."""

from collections.abc import Iterable, Mapping

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.overview import Overview, overview
from directory.curation.proposals import Proposal
from directory.curation.records.dossier import read_dossier
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading
from directory.web.accounts.guard import needs, the_person
from directory.web.portal.access import Access, own_access
from directory.web.portal.blueprint import page
from directory.web.portal.editing import edit_organization, edit_service
from directory.web.portal.letters.shown import tells_room
from directory.web.portal.proposal import show_proposal
from directory.web.portal.words import STATES
from directory.web.record_words import STATUS
from directory.web.site import the_site


@page("/portal/")
@needs(Role.PROVIDER)
def index() -> ResponseReturnValue:
    """Show the organizations of the person: what is due, and what waits."""
    with reading(the_site().database) as session:
        found = [overview(session, i) for i in sorted(the_person().organizations)]
        mine = sorted((one for one in found if one is not None), key=_by_name)
        now = the_site().now()
        return render_template(
            "portal/index.html",
            organizations=mine,
            names=_names(mine),
            states=STATES,
            statuses=STATUS,
            now=now,
            today=now.date(),
            telling_room=_telling_room(mine),
        )


@page("/portal/organizations/<organization_id>", methods=("GET", "POST"))
@needs(Role.PROVIDER)
def organization(organization_id: str) -> ResponseReturnValue:
    """Correct an organization."""
    return edit_organization(own_access(organization_id))


@page("/portal/services/<service_id>", methods=("GET", "POST"))
@needs(Role.PROVIDER)
def service(service_id: str) -> ResponseReturnValue:
    """Correct a service."""
    return edit_service(_access_to(service_id), service_id)


@page("/portal/proposals/<proposal_id>", methods=("GET", "POST"))
@needs(Role.PROVIDER)
def proposal(proposal_id: str) -> ResponseReturnValue:
    """Show what was sent."""
    with reading(the_site().database) as session:
        found = session.get(Proposal, proposal_id)
        owner = None if found is None else found.organization_id
    if owner is None:
        abort(404)
    return show_proposal(own_access(owner), proposal_id)


def _access_to(service_id: str) -> Access:
    with reading(the_site().database) as session:
        dossier = read_dossier(session, service_subject(service_id))
    if dossier is None:
        abort(404)
    return own_access(dossier.organization_id)


def _names(mine: Iterable[Overview]) -> Mapping[str, str]:
    """Return the names of listings by what they are called in proposals."""
    return {
        str(subject): name
        for one in mine
        for subject, name in (
            (organization_subject(one.id), one.name),
            *((service_subject(s.id), s.name) for s in one.services),
        )
    }


def _telling_room(mine: Iterable[Overview]) -> frozenset[str]:
    """Return the services of which one asks how much room there is."""
    listings = the_site().network().listings
    ids = {service.id for one in mine for service in one.services}
    return frozenset(i for i in ids & listings.keys() if tells_room(listings[i]))


def _by_name(one: Overview) -> tuple[str, str]:
    return one.name.casefold(), one.id
