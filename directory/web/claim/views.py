"""The page on which a listing is claimed, and the one where its contact answers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from directory.curation.claims import (
    Claim,
    Claimant,
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
from directory.web.same_origin import refuse_other_sites
from directory.web.site import the_site

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
    form = ClaimForm()
    if request.method == "POST":
        refuse_other_sites()
        if form.validate():
            _keep(organization_id, form.claimant())
            done = render_template("claim/sent.html", organization=organization)
            return done, 202
    status = 422 if form.errors else 200
    asked = render_template("claim/ask.html", organization=organization, form=form)
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


def _keep(organization_id: str, claimant: Claimant) -> None:
    site = the_site()
    with writing(site.database) as session:
        claim(
            session,
            organization_id,
            claimant,
            site_url=site.settings.site_url,
            now=site.now(),
        )
    site.postman.nudge()
