"""The page on which an organization asks to be listed."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from directory.curation.joining import ask_to_join
from directory.database import writing
from directory.errors import InvalidRequestError
from directory.web.bilingual import pages_of
from directory.web.join.form import JoinForm
from directory.web.language import current_language
from directory.web.same_origin import refuse_other_sites
from directory.web.site import the_site
from directory.web.texts import gettext

blueprint = Blueprint("join", __name__)
page = pages_of(blueprint)


@page("/join", methods=("GET", "POST"))
def join() -> ResponseReturnValue:
    """Take in what a newcomer says; nothing is public before staff has looked."""
    site = the_site()
    form = JoinForm()
    language = current_language()
    terms = [term for term in site.terms.values() if not term.is_group]
    names = sorted((term.name(language), term.code) for term in terms)
    form.offer(site.gazetteer, [(code, name) for name, code in names])
    if request.method == "POST":
        refuse_other_sites()
        if form.validate() and _keep(form):
            return render_template("join/sent.html"), 202
    status = 422 if form.errors else 200
    return render_template("join/ask.html", form=form), status


def _keep(form: JoinForm) -> bool:
    """Keep a newcomer, or say in the form what a check refuses."""
    site = the_site()
    try:
        with writing(site.database) as session:
            ask_to_join(
                session,
                form.newcomer(),
                lint=site.lint(),
                once=form.once.data,
                now=site.now(),
            )
    except InvalidRequestError:
        form.form_errors.append(
            gettext("Something of this cannot be published. Please say it otherwise.")
        )
        return False
    return True
