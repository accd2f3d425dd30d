"""The same pages for whoever holds the link of a letter: no password, no cookie."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from directory.curation.links import LinkClosedError
from directory.database import reading
from directory.web.portal.access import Access, link_access
from directory.web.portal.blueprint import link_page
from directory.web.portal.editing import edit_organization, edit_service
from directory.web.portal.letters.closed import closed_link
from directory.web.portal.proposal import show_proposal
from directory.web.site import the_site


@link_page("/portal/confirm/<token>/organization", methods=("GET", "POST"))
def organization(token: str) -> ResponseReturnValue:
    """Correct the organization that the letter was written to."""
    return _opened(token, edit_organization)


@link_page("/portal/confirm/<token>/services/<service_id>", methods=("GET", "POST"))
def service(token: str, service_id: str) -> ResponseReturnValue:
    """Correct one of its services."""
    return _opened(token, lambda access: edit_service(access, service_id))


@link_page("/portal/confirm/<token>/proposals/<proposal_id>", methods=("GET", "POST"))
def proposal(token: str, proposal_id: str) -> ResponseReturnValue:
    """Show what was sent."""
    return _opened(token, lambda access: show_proposal(access, proposal_id))


def _opened(
    token: str, view: Callable[[Access], ResponseReturnValue]
) -> ResponseReturnValue:
    site = the_site()
    try:
        with reading(site.database) as session:
            access, _link = link_access(session, token, now=site.now())
        return view(access)
    except LinkClosedError:
        return closed_link(token)
