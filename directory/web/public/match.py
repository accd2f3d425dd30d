"""The needs form and its answer, which live for one request."""

from typing import Any

from flask import render_template, request

from directory.errors import InvalidRequestError
from directory.referral.answer import Answer, Card, answer_of
from directory.referral.continuum import child_protection
from directory.referral.request import MatchRequest, read_request
from directory.vocabulary import Term
from directory.web.forms.match import MatchForm, language_names
from directory.web.language import current_language, name_of_language
from directory.web.public.blueprint import page
from directory.web.site import Site, the_site

MOST = 15
"""Options that are shown below one need."""


@page("/match", methods=("GET", "POST"))
def match() -> tuple[str, int]:
    """Ask what is needed; answer what was sent. Nothing of it is in an address."""
    form, wanted = sent_form()
    if wanted is None:
        status = 422 if request.method == "POST" else 200
        page_ = render_template("public/match.html", form=form, **needs_words())
        return page_, status
    words = answer_words(form, wanted, _answer(the_site(), wanted))
    return render_template("public/matched.html", **needs_words(), **words), 200


def sent_form() -> tuple[MatchForm, MatchRequest | None]:
    """Return the form, and what it asks for if it was sent and can be read."""
    sent = request.form if request.method == "POST" else None
    form = MatchForm(sent, names=language_names(name_of_language))
    if sent is None:
        return form, None
    site = the_site()
    try:
        wanted = read_request(
            form.request_data(site.gazetteer),
            terms=site.terms,
            gazetteer=site.gazetteer,
            now=site.now(),
        )
    except InvalidRequestError as error:
        form.take(error.errors)
        return form, None
    return form, wanted


def needs_words() -> dict[str, Any]:
    """Return what the form offers."""
    site = the_site()
    return {"urgent": urgent_needs(site), "groups": other_needs(site)}


def answer_words(
    form: MatchForm, wanted: MatchRequest, answer: Answer
) -> dict[str, Any]:
    """Return what the page of an answer shows."""
    county = wanted.needs.county
    return {
        "form": form,
        "answer": answer,
        "county": county,
        "codes": [need.code for need in wanted.needs.needs],
        "by_need": cards_by_need(answer, wanted),
        "most": MOST,
        "protectors": child_protection(the_site().snapshot(), county)
        if form.is_minor() and county is not None
        else (),
    }


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


def cards_by_need(answer: Answer, wanted: MatchRequest) -> dict[str, list[Card]]:
    """Return the options below each need that they cover, best first."""
    return {
        need.code: [card for card in answer.cards if need.code in card.option.covers]
        for need in wanted.needs.needs
    }
