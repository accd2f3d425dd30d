"""The list of hidden listings, and the page of each."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.projection import Listing
from directory.web.network.blueprint import page
from directory.web.network.guard import approved, not_there
from directory.web.network.hidden import hidden_listings, note_looks, without_links
from directory.web.public.listings import words_of
from directory.web.site import the_site


@page("/network/")
@approved
def index() -> ResponseReturnValue:
    """List what is hidden, by need and county."""
    need, county = request.args.get("need", ""), request.args.get("county", "")
    listings = hidden_listings()
    return render_template(
        "network/index.html",
        listings=[x for x in listings if _fits(x, need, county)],
        needs=sorted({code for listing in listings for code in listing.codes}),
        counties=the_site().gazetteer.counties,
        need=need,
        county=county,
    )


@page("/network/services/<service_id>")
@approved
def service(service_id: str) -> ResponseReturnValue:
    """Show a hidden listing; of others, the page that everybody sees."""
    site = the_site()
    if service_id in site.snapshot().listings:
        return redirect(url_for("public.service", service_id=service_id), 303)
    network = site.network()
    listing = network.listings.get(service_id)
    if listing is None:
        kept = network.redirects.get(service_id)
        if kept not in network.listings:
            not_there()
        return redirect(url_for("network.service", service_id=kept), 301)
    note_looks([listing])
    return render_template("network/service.html", **words_of(without_links(listing)))


def _fits(listing: Listing, need: str, county: str) -> bool:
    serves = county in listing.counties or listing.is_statewide or not listing.counties
    return (not need or need in listing.codes) and (not county or serves)
