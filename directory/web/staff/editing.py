"""Coordinators correct listings with the form that providers have.

What matters much waits for another coordinator, as it does for everybody.
"""

from flask import abort, request
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.records.subject import (
    Subject,
    organization_subject,
    owner_of,
    service_subject,
)
from directory.database import reading
from directory.web.accounts.guard import needs
from directory.web.portal.access import Access
from directory.web.portal.editing import edit_organization, edit_service
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.seeing import look_at


@page("/staff/organizations/<organization_id>/edit", methods=("GET", "POST"))
@needs(Role.COORDINATOR)
def organization(organization_id: str) -> ResponseReturnValue:
    """Correct an organization."""
    return edit_organization(_access(organization_subject(organization_id)))


@page("/staff/services/<service_id>/edit", methods=("GET", "POST"))
@needs(Role.COORDINATOR)
def service(service_id: str) -> ResponseReturnValue:
    """Correct a service.

    Its places have a page of their own, which shows first what hiding one erases.
    """
    access = _access(service_subject(service_id))
    if any(name.startswith("place-") for name in request.form):
        abort(400)
    return edit_service(access, service_id)


def _access(subject: Subject) -> Access:
    with reading(the_site().database) as session:
        owner = owner_of(session, subject)
    if owner is None:
        abort(404)
    look_at(subject, owner)
    return Access(actor=myself(), organization_id=owner, blueprint="staff")
