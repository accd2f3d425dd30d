"""Is this listing still right? Answered from the link of a letter, with no password."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.letters.notice import send_notice
from directory.curation.links import Link, LinkClosedError, Purpose, answered
from directory.curation.overview import sent_by_link
from directory.curation.verification import (
    Answer,
    Closing,
    answer_of,
    confirm_services,
    say_all_is_right,
    say_closed,
    say_not_us,
    services_of,
)
from directory.database import reading, writing
from directory.hsds import ServiceStatus
from directory.web.accounts.guard import needs
from directory.web.portal.access import Access, link_access, own_access
from directory.web.portal.blueprint import link_page, page
from directory.web.portal.letters.closed import closed_link
from directory.web.portal.letters.shown import organization_of, shown_of
from directory.web.portal.waiting import waiting_here
from directory.web.site import the_site

_STATUSES = {
    "for_good": ServiceStatus.DEFUNCT,
    "for_now": ServiceStatus.TEMPORARILY_CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What was chosen: which button, and which services have closed."""

    answer: str
    closing: Closing

    @property
    def is_whole(self) -> bool:
        """Whether it can be taken as it is."""
        closes = self.answer == "closed" and bool(self.closing.service_ids)
        return closes or self.answer in {"right", "not_us"}


@link_page("/portal/confirm/<token>", methods=("GET", "POST"))
def confirm(token: str) -> ResponseReturnValue:
    """Show all listings of an organization, and take one answer."""
    try:
        if request.method == "POST":
            return _take(token, _said())
        with reading(the_site().database) as session:
            access, _link = link_access(session, token, now=the_site().now())
        return _ask(access)
    except LinkClosedError:
        return closed_link(token)


@page("/portal/organizations/<organization_id>/confirm", methods=("GET", "POST"))
@needs(Role.PROVIDER)
def confirm_own(organization_id: str) -> ResponseReturnValue:
    """Show the same to a provider who signed in, and take that all is right."""
    access, site = own_access(organization_id), the_site()
    if request.method == "GET":
        return _ask(access)
    with writing(site.database) as session:
        ids = services_of(session, organization_id)
        confirm_services(session, ids, by=access.actor, now=site.now())
    return _thanks(Answer.CONFIRMED, organization_id)


def _ask(access: Access, *, problem: bool = False) -> str:
    organization = organization_of(access.organization_id)
    with reading(the_site().database) as session:
        waiting = waiting_here(session, access)
    return render_template(
        "portal/letters/confirm.html",
        access=access,
        waiting=waiting,
        room_view="room" if access.is_signed_in else "room_by_link",
        organization=organization,
        services=shown_of(organization),
        problem=problem,
    )


def _take(token: str, said: _Said) -> ResponseReturnValue:
    site, asked = the_site(), None
    with writing(site.database) as session:
        # Sent twice: thanked twice, and nothing else happens.
        link = answered(session, token, Purpose.CONFIRM)
        if link is None:
            access, link = link_access(session, token, now=site.now())
            if said.is_whole:
                _note(session, link, said)
            else:
                asked = access
        answer = answer_of(session, link) or Answer.CONFIRMED
        organization_id = link.organization_id
        told = bool(sent_by_link(session, token, now=site.now()))
    if asked is not None:
        return _ask(asked, problem=said.answer == "closed"), 422
    site.postman.nudge()
    return _thanks(answer, organization_id, by_letter=True, told=told)


def _thanks(
    answer: Answer, organization_id: str, *, by_letter: bool = False, told: bool = False
) -> ResponseReturnValue:
    return render_template(
        "portal/letters/thanks.html",
        answer=answer.value,
        organization=the_site().snapshot().organizations.get(organization_id),
        by_letter=by_letter,
        told=told,
    )


def _note(session: Session, link: Link, said: _Said) -> None:
    site = the_site()
    now = site.now()
    if said.answer == "right":
        say_all_is_right(session, link, now=now)
    elif said.answer == "not_us":
        say_not_us(session, link, now=now)
    else:
        proposal = say_closed(session, link, said.closing, lint=site.lint(), now=now)
        if proposal is None:
            raise LinkClosedError
        send_notice(session, proposal, site_url=site.settings.site_url, now=now)


def _said() -> _Said:
    """Read the form; what it does not know it leaves alone."""
    form = request.form
    return _Said(
        answer=form.get("answer", ""),
        closing=Closing(
            service_ids=frozenset(form.getlist("service")),
            status=_STATUSES.get(form.get("how", ""), ServiceStatus.DEFUNCT),
            rest_is_right=form.get("rest") == "right",
        ),
    )
