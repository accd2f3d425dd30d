"""What is missing: needs that nobody is known to meet, county by county."""

from collections.abc import Mapping, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.places.place import County
from directory.referral.coverage import NeedCoverage, coverage_of
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.blueprint import page
from directory.web.staff.seeing import the_listings


@page("/staff/gaps")
@needs(Role.COORDINATOR)
def gaps() -> ResponseReturnValue:
    """Show the holes by need, or all those of one county."""
    site = the_site()
    rows = coverage_of(the_listings(), site.gazetteer, site.terms)
    by_fips = {county.fips: county for county in site.gazetteer.counties}
    county = by_fips.get(request.args.get("county", ""))
    return render_template(
        "staff/gaps.html",
        needs=sorted(rows, key=lambda row: -len(row.holes)),
        missing=_missing(rows, county),
        county=county,
        counties=site.gazetteer.counties,
        holes=_by_county(rows),
        names={fips: found.name for fips, found in by_fips.items()},
    )


def _missing(rows: Sequence[NeedCoverage], county: County | None) -> Sequence[str]:
    if county is None:
        return ()
    return [row.code for row in rows if county.fips in row.holes]


def _by_county(rows: Sequence[NeedCoverage]) -> Mapping[str, int]:
    """Return how many needs nobody meets, by county."""
    counties = the_site().gazetteer.counties
    return {c.fips: sum(c.fips in row.holes for row in rows) for c in counties}
