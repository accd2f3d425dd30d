"""The page on which a listing is claimed, and the one where its contact answers."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from directory.curation.claims import Answer, Claim, Claimant, claim, contact_says
from directory.curation.links import LinkClosedError, Purpose, close, opened
from directory.database import reading, writing
from directory.projection import OrganizationListing
from directory.web.bilingual import pages_of
from directory.web.claim.form import ClaimForm
from directory.web.same_origin import refuse_other_sites
from directory.web.site import the_site
from directory.web.texts import gettext

blueprint = Blueprint("claim", __name__)
page = pages_of(blueprint)


@page("/organizations/<organization_id>/claim", methods=("GET", "POST"))
def ask(organization_id: str) -> ResponseReturnValue:
    """Take a claim; the first and a repeated one get the same answer."""
    organization = _shown(organization_id)
    form = ClaimForm()
    if request.method == "POST":
        refuse_other_sites()
        claimant = _claimant(form)
        if claimant is not None:
            _keep(organization_id, claimant)
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
        said = Answer.YES if request.form.get("answer") == "yes" else Answer.NO
        with writing(site.database) as session:
            link = opened(session, token, Purpose.CLAIM, now=now)
            contact_says(session, session.get_one(Claim, link.about), said, now=now)
            close(link, now=now)
    except LinkClosedError:
        return render_template("claim/closed.html"), 410
    return render_template("claim/answered.html", said=said.value)


def _shown(organization_id: str) -> OrganizationListing:
    found = the_site().snapshot().organizations.get(organization_id)
    if found is None:
        abort(404)
    return found


def _claimant(form: ClaimForm) -> Claimant | None:
    if not form.validate():
        return None
    try:
        return form.claimant()
    except ValueError:
        form.form_errors.append(gettext("Some letters could not be read."))
        return None


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
