"""What users told of listings, and what a coordinator found."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.history import Action, Deed, record
from directory.curation.records.subject import service_subject
from directory.curation.reports import (
    OpenReport,
    ReportKind,
    Settlement,
    open_reports,
    settle,
)
from directory.database import reading, writing
from directory.projection import Listing
from directory.web import labels
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.seeing import the_listings

_ANSWERS = {
    "confirmed": Settlement.CONFIRMED,
    "dismissed": Settlement.DISMISSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedListing:
    """A listing on the list, with what was told of it."""

    report: OpenReport
    listing: Listing


@page("/staff/reports")
@needs(Role.COORDINATOR)
def reports() -> ResponseReturnValue:
    """List what nobody has looked at."""
    found = _reported()
    return render_template("staff/reports.html", told=found, kinds=labels.REPORTS)


@page("/staff/reports/<service_id>", methods=("POST",))
@needs(Role.COORDINATOR)
def settled(service_id: str) -> ResponseReturnValue:
    """Note that it is so, or that it is not."""
    site, listing = the_site(), the_listings().listings.get(service_id)
    kind, answer = request.form.get("kind", ""), request.form.get("as", "")
    if listing is None or kind not in {*ReportKind} or answer not in _ANSWERS:
        abort(404)
    number, now = request.form.get("number") or None, site.now()
    told, as_ = ReportKind(kind), _ANSWERS[answer]
    with writing(site.database) as session:
        ended = settle(session, service_id, told, as_, now, number=number)
        if ended:
            deed = Deed(
                actor=myself(),
                action=Action.SETTLE,
                subject=str(service_subject(service_id)),
                organization_id=listing.organization.id,
                facts={"kind": kind, "as": as_.value, "reports": ended},
            )
            record(session, deed, now=now)
    return redirect(url_for("staff.reports"), 303)


def _reported() -> Sequence[ReportedListing]:
    site, known = the_site(), the_listings().listings
    with reading(site.database) as session:
        found = open_reports(session, site.now())
    return [
        ReportedListing(report=report, listing=known[report.service_id])
        for report in found
        if report.service_id in known
    ]
