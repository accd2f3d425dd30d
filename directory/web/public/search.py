"""Search: what was understood, the hits in their groups, and the filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from flask import render_template, request, url_for

from directory.index.result import (
    FacetValue,
    Group,
    Hit,
    Reason,
    Relaxation,
    SearchRequest,
    SearchResult,
    Understood,
)
from directory.web import labels
from directory.web.forms.search import (
    FIELDS,
    chosen,
    problems_of,
    read_search,
    search_args,
    without,
)
from directory.web.language import (
    county_name,
    current_language,
    name_of_language,
    term_name,
)
from directory.web.listing.facts import OPEN_TO_ALL, VALUES, facts_of
from directory.web.public.blueprint import page
from directory.web.site import the_site
from directory.web.texts import gettext

_NAMES = {
    "language_by": labels.LANGUAGE_BY,
    "delivery": labels.DELIVERY,
    "cost": labels.COST,
    "accessibility": labels.ACCESSIBILITY,
    "verified": labels.VERIFIED,
    "access": labels.ACCESS,
}
"""The names of the values of a filter, or of a fact, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of what was understood, and the address of the page without it."""

    text: str
    remove: str


@page("/search")
def search() -> tuple[str, int]:
    """Find services; what of the address makes no sense is named and left out."""
    site = the_site()
    wanted = read_search(request.args, site.gazetteer)
    now = site.now()
    result = site.searcher.search(site.snapshot(), wanted, now)
    problems = problems_of(
        request.args, request.query_string, site.terms, pages=result.pages
    )
    html = render_template(
        "public/search.html",
        result=result,
        wanted=wanted,
        problems=problems,
        today=now.date(),
        facts_of=facts_of,
        reasons_text=reasons_text,
        chips=list(_chips(result)),
        groups=list(_groups(result)),
        fields=FIELDS,
        tree_of=tree_of,
        chosen=chosen(wanted),
        filter_name=filter_name,
        place=_place_name(result.understood),
        quoted=_quoted,
        relaxed=_relaxed,
        page_address=lambda number: _address(replace(wanted, page=number)),
    )
    return html, 400 if problems else 200


def filter_name(filter_: str, code: str) -> str:
    """Return the name of one value of a filter."""
    if filter_ == "service":
        return term_name(code)
    if filter_ == "language":
        return name_of_language(code)
    if filter_ == "eligibility":
        return _eligibility_name(code)
    name = str(_NAMES[filter_].get(code, code))
    return name[:1].upper() + name[1:]


def tree_of(
    values: Iterable[FacetValue],
) -> list[tuple[FacetValue, list[FacetValue]]]:
    """Return the groups of services, each with the kinds of help that stand in it."""
    terms = the_site().terms
    tree: list[tuple[FacetValue, list[FacetValue]]] = []
    for value in values:
        term = terms.get(value.code)
        if tree and term is not None and term.parent == tree[-1][0].code:
            tree[-1][1].append(value)
        else:
            tree.append((value, []))
    return tree


def reasons_text(hit: Hit) -> str:
    """Return why a hit is here, in a line."""
    parts = (
        str(labels.HIT_REASONS[reason.code]) % {"words": _reason_words(reason)}
        for reason in hit.reasons
        if reason.code in labels.HIT_REASONS
    )
    return ", ".join(dict.fromkeys(parts))


def _reason_words(reason: Reason) -> str:
    if reason.code == "tag":
        return term_name(reason.words)
    if reason.code in {"fits", "refuses"}:
        return _fact_name(reason.words)
    spanish = current_language() == "es" and reason.words_es
    return reason.words_es if spanish else reason.words


def _fact_name(fact: str) -> str:
    """Return a fact such as `language:es` or `gender:man` in words."""
    known = labels.LISTING_FACTS.get(fact)
    if known is not None:
        return str(known)
    name, _, value = fact.partition(":")
    if name == "language" or name in _NAMES:
        return filter_name(name, value)
    return _eligibility_name(fact)


def _eligibility_name(code: str) -> str:
    """Return the name of an answer, such as `gender:man`, or of a half of it."""
    attribute, _, value = code.rpartition(":")
    known = labels.ELIGIBILITY.get(code)
    if known is None and value in VALUES:
        known = VALUES[value]
    if known is None:
        known = OPEN_TO_ALL.get(attribute or value)
    text = str(known) if known is not None else code.replace("_", " ")
    return text[:1].upper() + text[1:]


def _address(wanted: SearchRequest) -> str:
    return url_for("public.search", **search_args(wanted))  # type: ignore[arg-type]


def _chips(result: SearchResult) -> Iterator[Chip]:
    wanted, understood = result.request, result.understood
    if wanted.text:
        yield Chip(
            text=_words(understood) or wanted.text,
            remove=_address(without(wanted, "text")),
        )
    place = _place_name(understood)
    if place:
        yield Chip(text=place, remove=_address(without(wanted, "place")))
    for name, field in FIELDS.items():
        for value in getattr(wanted, field):
            yield Chip(
                text=_chip_name(name, value),
                remove=_address(without(wanted, name, value)),
            )
    if wanted.open_now:
        yield Chip(text=gettext("Open now"), remove=_address(without(wanted, "open")))


def _chip_name(filter_: str, value: str) -> str:
    """Return a chosen value in words that can stand alone."""
    name = filter_name(filter_, value)
    if filter_ == "verified":
        return gettext("Confirmed: %(when)s", when=name[:1].lower() + name[1:])
    return name


def _place_name(understood: Understood) -> str:
    """Return the place as the language of the page names it."""
    if understood.place_region is not None:
        return understood.place_region.name(current_language())
    county = understood.place_county
    if county is None or not understood.place:
        return understood.place or (county_name(county) if county else "")
    english = f"{the_site().gazetteer.by_fips(county).name} County"
    return understood.place.replace(english, county_name(county))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _words(understood: Understood) -> str:
    names = [term_name(code) for code in understood.codes]
    said = " ".join(names).casefold()
    words = [f"“{w}”" for w in understood.words if w.casefold() not in said]
    return " · ".join([*names, *words])


def _groups(result: SearchResult) -> Iterator[tuple[str, int, list[Hit]]]:
    """Yield a heading, how many there are on all pages, and the hits of this page."""
    place = result.understood.place
    county = result.understood.place_county
    if county is not None:
        place = county_name(county)
    elif result.understood.place_region is not None:
        place = _place_name(result.understood)
    for group, hits in groupby(result.hits, key=lambda hit: hit.group):
        heading = str(labels.GROUPS[group.value]) % {"place": place}
        yield heading, result.groups.get(Group(group), 0), list(hits)


def _relaxed(relaxation: Relaxation) -> tuple[str, str]:
    """Return what is let go, in words, and the address of that search."""
    name = relaxation.filter
    if name in FIELDS:
        what = (
            filter_name(name, relaxation.value)
            if relaxation.value
            else str(labels.FACETS[name])
        )
    else:
        what = str(labels.SWITCHES.get(name, relaxation.value or name))
    return what, _address(relaxation.request)
