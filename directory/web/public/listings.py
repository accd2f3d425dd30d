"""One service, one organization."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.index.hours import is_open
from directory.projection import Listing
from directory.referral.continuum import alternatives
from directory.referral.wording import open_questions
from directory.web import labels
from directory.web.language import current_language
from directory.web.listing.facts import facts_of
from directory.web.listing.hours import week_of
from directory.web.merged import kept_id, lead_on
from directory.web.public.blueprint import page
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
            kept = kept_id(snapshot, service_id, snapshot.listings, snapshot.closed)
            return lead_on("public.service", service_id=kept)
        others = alternatives(snapshot, closed.codes, closed.counties)
        page_ = render_template(
            "public/closed.html", closed=closed, others=others[:_ALTERNATIVES]
        )
        return page_, 410
    return render_template("public/service.html", **words_of(listing))


def words_of(listing: Listing) -> dict[str, Any]:
    """Return what the page of a service shows."""
    now = the_site().now()
    return {
        "listing": listing,
        "facts": facts_of(listing, now.date()),
        "questions": open_questions(listing, current_language()),
        "week": week_of(listing, now),
        "open_now": is_open(listing, now),
        "marks": labels.MARKS,
    }


@page("/organizations/<organization_id>")
def organization(organization_id: str) -> ResponseReturnValue:
    """Show an organization and what it offers."""
    snapshot = the_site().snapshot()
    found = snapshot.organizations.get(organization_id)
    if found is None:
        kept = kept_id(snapshot, organization_id, snapshot.organizations)
        return lead_on("public.organization", organization_id=kept)
    return render_template(
        "public/organization.html",
        organization=found,
        services=[snapshot.listings[x] for x in found.service_ids],
        parent=snapshot.organizations.get(found.parent_id or ""),
    )
