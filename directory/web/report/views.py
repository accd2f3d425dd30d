"""The page on which anybody says what is wrong with a listing."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from directory.curation.reports import NewReport, ReportKind, Taken, take
from directory.database import writing
from directory.web.merged import kept_id, lead_on
from directory.web.report.blueprint import page
from directory.web.report.form import ReportForm, numbers_of, read_report
from directory.web.report.reporters import the_reporters
from directory.web.same_origin import refuse_other_sites
from directory.web.site import the_site


@page("/services/<service_id>/report", methods=("GET", "POST"))
def report(service_id: str) -> ResponseReturnValue:
    """Ask what is wrong; thank for what was sent. Nothing of it is in an address."""
    if request.method == "POST":
        refuse_other_sites()
    snapshot = the_site().snapshot()
    listing = snapshot.listings.get(service_id)
    if listing is None:
        kept = kept_id(snapshot, service_id, snapshot.listings)
        return lead_on("report.report", service_id=kept)
    form = ReportForm(numbers=numbers_of(listing))
    if request.method != "POST":
        return render_template("report/report.html", listing=listing, form=form)
    form = read_report(request.form, form.numbers)
    if form.kind is None or form.problems:
        return render_template("report/report.html", listing=listing, form=form), 422
    taken = _take(service_id, form.kind, form.number)
    if taken is Taken.GONE:
        abort(404)
    too_much = taken is Taken.TOO_MUCH
    thanks = render_template("report/thanks.html", listing=listing, too_much=too_much)
    return thanks, 429 if too_much else 200


def _take(service_id: str, kind: ReportKind, number: str | None) -> Taken:
    site = the_site()
    now = site.now()
    told = NewReport(
        service_id=service_id,
        kind=kind,
        number=number,
        reporter=the_reporters().name(request.remote_addr or "", now.date()),
    )
    with writing(site.database) as session:
        return take(session, told, now)
