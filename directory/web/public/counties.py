"""Counties: what each has and lacks."""

from flask import abort, render_template

from directory.referral.continuum import county_sheet
from directory.web.public.blueprint import page
from directory.web.public.map import county_map
from directory.web.site import the_site


@page("/counties")
def counties() -> str:
    """List the counties by region."""
    gazetteer = the_site().gazetteer
    regions: dict[str, list[object]] = {}
    for found in gazetteer.counties:
        regions.setdefault(found.region, []).append(found)
    return render_template(
        "public/counties.html", regions=regions, map=county_map(gazetteer)
    )


@page("/counties/<fips>")
def county(fips: str) -> str:
    """Show one county on a sheet that can be printed."""
    site = the_site()
    if all(known.fips != fips for known in site.gazetteer.counties):
        abort(404)
    sheet = county_sheet(site.snapshot(), site.gazetteer, site.terms, fips)
    return render_template("public/county.html", sheet=sheet)
