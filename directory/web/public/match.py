"""The needs form and its answer, which live for one request."""

from flask import render_template, request

from directory.errors import InvalidRequestError
from directory.referral.answer import Answer, answer_of
from directory.referral.continuum import child_protection
from directory.referral.request import MatchRequest, read_request
from directory.vocabulary import Term
from directory.web.forms.match import MatchForm, language_names
from directory.web.language import current_language, name_of_language
from directory.web.public.blueprint import page
from directory.web.site import Site, the_site


@page("/match", methods=("GET", "POST"))
def match() -> tuple[str, int]:
    """Ask what is needed; answer what was sent. Nothing of it is in an address."""
    sent = request.form if request.method == "POST" else None
    form = MatchForm(sent, names=language_names(name_of_language))
    site = the_site()
    needs = {"urgent": urgent_needs(site), "groups": other_needs(site)}
    if sent is None:
        return render_template("public/match.html", form=form, **needs), 200
    try:
        wanted = read_request(
            form.request_data(site.gazetteer),
            terms=site.terms,
            gazetteer=site.gazetteer,
            now=site.now(),
        )
    except InvalidRequestError as error:
        form.take(error.errors)
        return render_template("public/match.html", form=form, **needs), 422
    answer = _answer(site, wanted)
    county = wanted.needs.county
    return render_template(
        "public/matched.html",
        form=form,
        **needs,
        answer=answer,
        county=county,
        codes=[need.code for need in wanted.needs.needs],
        by_need=cards_by_need(answer, wanted),
        protectors=child_protection(site.snapshot(), county)
        if form.is_minor() and county is not None
        else (),
    ), 200


def urgent_needs(site: Site) -> list[Term]:
    """Return what is often needed at once, in the order of the vocabulary."""
    return [term for term in site.terms.values() if term.urgent]


def other_needs(site: Site) -> list[tuple[Term, list[Term]]]:
    """Return the other needs below the headings of their groups."""
    groups = [
        (group, [t for t in site.terms.values() if t.parent == group.code])
        for group in site.terms.values()
        if group.is_group
    ]
    later = [(group, [t for t in terms if not t.urgent]) for group, terms in groups]
    return [(group, terms) for group, terms in later if terms]


def _answer(site: Site, wanted: MatchRequest) -> Answer:
    referral = site.engine.match(wanted, site.snapshot())
    codes = tuple(need.code for need in wanted.needs.needs)
    return answer_of(referral, codes, language=current_language())


def cards_by_need(answer: Answer, wanted: MatchRequest) -> dict[str, list[object]]:
    """Return the options below each need that they cover, best first."""
    return {
        need.code: [card for card in answer.cards if need.code in card.option.covers]
        for need in wanted.needs.needs
    }
