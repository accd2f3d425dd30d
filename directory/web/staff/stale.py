"""Stale listings: whom to ask, whom to call, and what was said on the phone."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.desk.stale import Wanted, count_by_reason, stale_listings
from directory.curation.verification import (
    Reason,
    confirm_services,
    doubtful_pairs,
)
from directory.database import reading, writing
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.paging import part_of
from directory.web.staff.seeing import the_listings
from directory.web.staff.words import REASONS

PAGE = 50


@page("/staff/stale")
@needs(Role.COORDINATOR)
def stale() -> ResponseReturnValue:
    """List what nobody has confirmed for long."""
    site, wanted = the_site(), _wanted()
    found = stale_listings(
        the_listings(), site.now(), wanted=wanted, doubtful=_doubtful()
    )
    part = part_of(found, PAGE)
    return render_template(
        "staff/stale.html",
        stale=part.items,
        count=len(found),
        counts=count_by_reason(found),
        wanted=wanted,
        page=part.number,
        pages=part.pages,
        address=_address,
        reasons=REASONS,
        counties=site.gazetteer.counties,
        terms=[term for term in site.terms.values() if not term.is_group],
        confirmed=request.args.get("confirmed", ""),
    )


@page("/staff/stale/<service_id>/confirmed", methods=("POST",))
@needs(Role.COORDINATOR)
def confirmed(service_id: str) -> ResponseReturnValue:
    """Note that somebody called, and that the listing is right."""
    site = the_site()
    listing = the_listings().listings.get(service_id)
    if listing is None:
        abort(404)
    with writing(site.database) as session:
        confirm_services(session, [service_id], by=myself(), now=site.now())
    values = {name: text for name, text in request.args.items() if name in _FILTERS}
    return redirect(url_for("staff.stale", confirmed=listing.name, **values), 303)  # type: ignore[arg-type]


_FILTERS = frozenset({"reason", "county", "code", "call", "page"})


def _address(endpoint: str = "staff.stale", **values: object) -> str:
    """Return an address that keeps what is asked for."""
    kept = {name: text for name, text in request.args.items() if name in _FILTERS}
    return url_for(endpoint, **{**kept, **values})  # type: ignore[arg-type]


def _wanted() -> Wanted:
    site, reason = the_site(), request.args.get("reason", "")
    code, county = request.args.get("code", ""), request.args.get("county", "")
    known = {found.fips for found in site.gazetteer.counties}
    return Wanted(
        reason=Reason(reason) if reason in {*Reason} else None,
        county=county if county in known else "",
        code=code if code in site.terms else "",
        to_call=request.args.get("call") == "yes",
    )


def _doubtful() -> frozenset[tuple[str, str]]:
    with reading(the_site().database) as session:
        return doubtful_pairs(session)
