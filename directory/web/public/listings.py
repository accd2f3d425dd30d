"""One service, one organization."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from directory.index.hours import is_open
from directory.referral.continuum import alternatives
from directory.referral.wording import open_questions
from directory.web import labels
from directory.web.language import current_language
from directory.web.public.blueprint import page
from directory.web.public.facts import facts_of
from directory.web.public.hours import week_of
from directory.web.site import the_site

_ALTERNATIVES = 6


@page("/services/<service_id>")
def service(service_id: str) -> ResponseReturnValue:
    """Show a service, or say that it has closed."""
    site = the_site()
    snapshot = site.snapshot()
    listing = snapshot.listings.get(service_id)
    if listing is None:
        closed = snapshot.closed.get(service_id)
        if closed is None:
            abort(404)
        others = alternatives(snapshot, closed.codes, closed.counties)
        page_ = render_template(
            "public/closed.html", closed=closed, others=others[:_ALTERNATIVES]
        )
        return page_, 410
    now = site.now()
    return render_template(
        "public/service.html",
        listing=listing,
        facts=facts_of(listing, now.date()),
        questions=open_questions(listing, current_language()),
        week=week_of(listing, now),
        open_now=is_open(listing, now),
        marks=labels.MARKS,
    )


@page("/organizations/<organization_id>")
def organization(organization_id: str) -> str:
    """Show an organization and what it offers."""
    snapshot = the_site().snapshot()
    found = snapshot.organizations.get(organization_id)
    if found is None:
        abort(404)
    return render_template(
        "public/organization.html",
        organization=found,
        services=[snapshot.listings[x] for x in found.service_ids],
        parent=snapshot.organizations.get(found.parent_id or ""),
    )
