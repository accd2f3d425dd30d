"""The page on which a listing is claimed, and the one where its contact answers."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from directory.curation.claims import (
    Claim,
    ClaimNotKeptError,
    ContactAnswer,
    claim,
    contact_says,
)
from directory.curation.links import LinkClosedError, Purpose, close, opened
from directory.database import reading, writing
from directory.web.bilingual import pages_of
from directory.web.claim.form import ClaimForm
from directory.web.merged import kept_id, lead_on
from directory.web.portal.letters.closed import closed_link
from directory.web.report.reporters import the_reporters
from directory.web.same_origin import refuse_other_sites
from directory.web.site import the_site
from directory.web.texts import translated

blueprint = Blueprint("claim", __name__)
page = pages_of(blueprint)


@page("/organizations/<organization_id>/claim", methods=("GET", "POST"))
def ask(organization_id: str) -> ResponseReturnValue:
    """Take a claim; the first and a repeated one get the same answer."""
    snapshot = the_site().snapshot()
    organization = snapshot.organizations.get(organization_id)
    if organization is None:
        kept = kept_id(snapshot, organization_id, snapshot.organizations)
        return lead_on("claim.ask", organization_id=kept)
    form, problem, status = ClaimForm(), "", 200
    if request.method == "POST":
        refuse_other_sites()
        problem, status = _kept(organization_id, form)
    if status == HTTPStatus.ACCEPTED:
        done = render_template("claim/sent.html", organization=organization)
        return done, status
    asked = render_template(
        "claim/ask.html", organization=organization, form=form, problem=problem
    )
    return asked, status


@page("/portal/claim/<token>", methods=("GET", "POST"))
def answer(token: str) -> ResponseReturnValue:
    """Let the contact on record say whether the claimant is one of theirs."""
    site = the_site()
    now = site.now()
    try:
        if request.method == "GET":
            with reading(site.database) as session:
                link = opened(session, token, Purpose.CLAIM, now=now)
                made = session.get_one(Claim, link.about)
                return render_template("claim/answer.html", claim=made)
        is_theirs = request.form.get("answer") == "yes"
        said = ContactAnswer.YES if is_theirs else ContactAnswer.NO
        with writing(site.database) as session:
            link = opened(session, token, Purpose.CLAIM, now=now)
            contact_says(session, session.get_one(Claim, link.about), said, now=now)
            close(link, now=now)
    except LinkClosedError:
        return closed_link()
    return render_template("claim/answered.html", said=said.value)


def _kept(organization_id: str, form: ClaimForm) -> tuple[str, int]:
    """Keep a claim; return why it was not kept, and the status that says so."""
    if not form.validate():
        return "", HTTPStatus.UNPROCESSABLE_ENTITY
    site = the_site()
    now, address = site.now(), request.remote_addr or ""
    network = the_reporters().name(address, now.date(), doing="claim")
    try:
        with writing(site.database) as session:
            made = claim(
                session,
                organization_id,
                form.claimant(network),
                site_url=site.settings.site_url,
                now=now,
            )
    except ClaimNotKeptError as error:
        return translated(error.sentence), HTTPStatus.TOO_MANY_REQUESTS
    if made is None:
        abort(404)
    site.postman.nudge()
    return "", HTTPStatus.ACCEPTED
