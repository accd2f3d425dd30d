"""How much room is there today? Told in three taps from a phone."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.accounts.rights import edits, may_review
from directory.curation.actor import Actor, ActorKind
from directory.curation.links import (
    Link,
    LinkClosedError,
    Purpose,
    answered,
    opened,
)
from directory.curation.room import MOST, ToldRoom, tell_room
from directory.curation.verification import contact_of
from directory.database import reading, writing
from directory.projection import Listing
from directory.web.accounts.guard import needs, the_person
from directory.web.portal.access import Access
from directory.web.portal.blueprint import link_page, page
from directory.web.portal.letters.closed import closed_link
from directory.web.portal.letters.shown import service_of, tells_room
from directory.web.room import UNITS
from directory.web.site import the_site

_WAITLIST = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Who tells, and of which service.

    `can_confirm` says that the link of the letter opens the whole listing as well.
    """

    access: Access
    listing: Listing
    can_confirm: bool = False


@link_page("/portal/confirm/<token>/room/<service_id>", methods=("GET", "POST"))
def room_by_link(token: str, service_id: str) -> ResponseReturnValue:
    """Take how much room there is from whoever holds the link of a letter."""
    site = the_site()
    try:
        with reading(site.database) as session:
            link = _opened(session, token)
            access = Access(
                actor=contact_of(link),
                organization_id=link.organization_id,
                token=token,
            )
            is_open = link.closed_at is None
            can_confirm = link.purpose is Purpose.CONFIRM and is_open
    except LinkClosedError:
        return closed_link(token)
    return _answer(access, service_id, can_confirm=can_confirm)


@page("/portal/room/<service_id>", methods=("GET", "POST"))
@needs(Role.PROVIDER, Role.COORDINATOR)
def room(service_id: str) -> ResponseReturnValue:
    """Take how much room there is from a provider of the service, or a coordinator."""
    listing = the_site().network().listings.get(service_id)
    if listing is None:
        abort(404)
    person, owner = the_person(), listing.organization.id
    if edits(person, owner):
        actor = Actor(kind=ActorKind.PROVIDER, id=person.id)
    elif may_review(person) and service_id in the_site().snapshot().listings:
        # What is hidden is shown to staff in one place only, where each look is noted.
        actor = Actor(kind=ActorKind.STAFF, id=person.id)
    else:
        abort(404)
    return _answer(Access(actor=actor, organization_id=owner), service_id)


def _opened(session: Session, token: str) -> Link:
    """Return the link that `token` opens: one for room, or one for everything.

    One for everything is good for one answer, but room changes by the hour: it can be
    told by such a link after the answer as well, while the link lives.
    """
    now = the_site().now()
    link = answered(session, token, Purpose.CONFIRM)
    if link is not None and now < link.expires_at:
        return link
    try:
        return opened(session, token, Purpose.ROOM, now=now)
    except LinkClosedError:
        return opened(session, token, Purpose.CONFIRM, now=now)


def _answer(
    access: Access, service_id: str, *, can_confirm: bool = False
) -> ResponseReturnValue:
    listing = service_of(access.organization_id, service_id)
    if listing is None or not tells_room(listing):
        abort(404)
    teller = _Teller(access=access, listing=listing, can_confirm=can_confirm)
    if request.method == "GET":
        return _ask(teller)
    told = _told()
    if told is None:
        return _ask(teller, problem=True), 422
    site = the_site()
    with writing(site.database) as session:
        tell_room(session, service_id, told, by=access.actor, now=site.now())
    return render_template(
        "portal/letters/room_told.html",
        # As it is shown from now on.
        listing=service_of(access.organization_id, service_id),
        address=_address(teller),
        confirm_address=_confirm_address(teller),
    )


def _ask(teller: _Teller, *, problem: bool = False) -> str:
    return render_template(
        "portal/letters/room.html",
        listing=teller.listing,
        room=teller.listing.room,
        most=MOST,
        units=UNITS,
        signed_in=teller.access.token is None,
        confirm_address=_confirm_address(teller),
        problem=problem,
    )


def _told() -> ToldRoom | None:
    """Read the form; `None` if it does not say how many are free."""
    form = request.form
    count = "0" if "full" in form else form.get("available", "")
    if count not in map(str, range(MOST + 1)):
        return None
    unit = form.get("unit", "")
    return ToldRoom(
        available=int(count),
        waitlist=_WAITLIST.get(form.get("waitlist", "")),
        unit=unit if unit in UNITS else None,
    )


def _address(teller: _Teller) -> str:
    view = "room" if teller.access.token is None else "room_by_link"
    return teller.access.address(view, service_id=teller.listing.id)


def _confirm_address(teller: _Teller) -> str | None:
    return teller.access.address("confirm") if teller.can_confirm else None
