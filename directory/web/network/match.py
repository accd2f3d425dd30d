"""The needs form over hidden listings as well; needs live for one request here too."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from directory.projection import Listing, OrganizationListing
from directory.referral.answer import Answer, Call, Card, answer_of
from directory.web.language import current_language
from directory.web.links import listing_address, organization_address
from directory.web.network.blueprint import page
from directory.web.network.guard import approved
from directory.web.network.hidden import hidden_among, note_looks
from directory.web.public.match import MOST, answer_words, needs_words, sent_form
from directory.web.site import the_site


@page("/network/match", methods=("GET", "POST"))
@approved
def match() -> ResponseReturnValue:
    """Ask what is needed; answer from all listings, also those that are hidden."""
    form, wanted = sent_form()
    own = {
        "form_action": url_for("network.match"),
        "form_token": generate_csrf(),
        "listing_address": _listing_address,
        "organization_address": _organization_address,
    }
    if wanted is None:
        status = 422 if request.method == "POST" else 200
        page_ = render_template("network/match.html", form=form, **needs_words(), **own)
        return page_, status
    site = the_site()
    snapshot = site.network()
    referral = site.network_engine.match(wanted, snapshot)
    codes = tuple(need.code for need in wanted.needs.needs)
    answer = answer_of(referral, codes, language=current_language())
    words = answer_words(form, wanted, answer)
    shown = hidden_among(_shown(answer, words["by_need"]))
    note_looks([snapshot.listings[i] for i in sorted(shown)])
    return render_template("network/matched.html", **words, **needs_words(), **own)


def _shown(answer: Answer, by_need: Mapping[str, Sequence[Card]]) -> Iterable[str]:
    """Yield the ids of the listings of which the page tells something."""
    for cards in by_need.values():
        yield from (card.listing.id for card in cards[:MOST])
    for call in chain(answer.plan, *answer.alternatives):
        yield from _called(call)


def _called(call: Call) -> Iterable[str]:
    """Yield the services whose numbers a call shows."""
    listings = the_site().network().listings
    for service_id in call.organization.service_ids:
        if {*listings[service_id].codes} & {*call.covers}:
            yield service_id


def _listing_address(listing: Listing) -> str:
    if hidden_among([listing.id]):
        return url_for("network.service", service_id=listing.id)
    return listing_address(listing)


def _organization_address(organization: OrganizationListing) -> str:
    """Return the page of an organization, or of the first service of a hidden one."""
    if organization.id in the_site().snapshot().organizations:
        return organization_address(organization)
    return url_for("network.service", service_id=organization.service_ids[0])
