"""Questions about who is who: the same body twice, or two under one name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from directory.interchange.checks.answering import family_of
from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.places.spelling import folded
from directory.sentence import Sentence

_LITTLE_WORDS = "a and at for in inc nc north carolina of on s the"
_FILLERS = frozenset(_LITTLE_WORDS.split())
_COMMON_WORDS = (
    "advocacy agency alliance assault care center centers child children childrens"
    " clinic coalition college community council counties county department district"
    " domestic family foundation health home hope house human network office program"
    " project public resource safe service services sexual shelter social support"
    " victim violence women womens"
)
_KINDS = frozenset(_COMMON_WORDS.split())
"""Words that say what a body is, and not which: many names hold them."""

_ALIKE = 90
_TELLING = 2


def id_is_one(content: Content) -> Iterator[Doubt]:
    """Find ids that stand in two tables; in one table they are refused at reading."""
    seen: dict[str, str] = {}
    for table, rows in content.package.rows.items():
        for row in rows:
            first = seen.setdefault(text(row, "id"), table)
            if first != table:
                says = Sentence("is also the id of a row of %(table)s", table=first)
                yield Doubt(table=table, row=row, field="id", says=says)


def service_stands_once(content: Content) -> Iterator[Doubt]:
    """Find services of one organization that bear the same name."""
    for organization in content.organizations.values():
        seen: set[str] = set()
        for service in content.services_of(organization):
            name = folded(text(service, "name"))
            if name in seen:
                says = Sentence(
                    "is the name of another service of the same organization"
                )
                yield Doubt(table="service", row=service, field="name", says=says)
            seen.add(name)


def name_is_told_apart(content: Content) -> Iterator[Doubt]:
    """Find bodies that bear the same name, and do not say of which county they are."""
    bearers: dict[str, list[Row]] = defaultdict(list)
    for organization in content.organizations.values():
        bearers[folded(text(organization, "name"))].append(organization)
    for rows in bearers.values():
        labels = [text(row, "county_label") for row in rows]
        for row, label in zip(rows, labels, strict=True):
            if len(rows) > 1 and (not label or labels.count(label) > 1):
                says = Sentence(
                    "%(count)s bodies bear this name: of which county is it?",
                    count=len(rows),
                )
                yield Doubt(
                    table="organization", row=row, field="county_label", says=says
                )


def body_stands_once(content: Content) -> Iterator[Doubt]:
    """Find two organizations that may be one: alike in name, and in county or contact.

    Only bodies that share a county, a site or a number are compared, and words that
    many names hold do not count, so that agencies of one county are not taken for one.
    """
    counties = frozenset(folded(c.name) for c in content.gazetteer.counties)
    linked, near = _pairs(content)
    names = {i: _names(row) for i, row in content.organizations.items()}
    for one, other in sorted(linked | near):
        if _is_told_apart(content, one, other):
            continue
        if any(
            _is_alike(counties, a, b, linked=(one, other) in linked)
            for a in names[one]
            for b in names[other]
        ):
            row = content.organizations[one]
            says = Sentence(
                "may be the same as %(name)s",
                name=text(content.organizations[other], "name"),
            )
            yield Doubt(table="organization", row=row, field="name", says=says)


_Pairs = set[tuple[str, str]]


def _pairs(content: Content) -> tuple[_Pairs, _Pairs]:
    """Return the pairs that share a site or a number, and those that share a county."""
    contacts: dict[str, set[str]] = defaultdict(set)
    counties: dict[str, set[str]] = defaultdict(set)
    for key, organization in content.organizations.items():
        contacts[_site(text(organization, "website"))].add(key)
        for phone in content.all_phones_of(organization):
            if text(phone, "number").startswith("+"):
                contacts[text(phone, "number")].add(key)
        for area in content.children_of(organization, "service_area"):
            counties[text(area, "fips")].add(key)
        for place in content.of_organization(organization, "location"):
            counties[text(place, "county_fips")].add(key)
    contacts.pop("", None)
    counties.pop("", None)
    return _paired(contacts.values()), _paired(counties.values())


def _paired(groups: Iterable[set[str]]) -> _Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _site(website: str) -> str:
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_told_apart(content: Content, one: str, other: str) -> bool:
    """Tell whether two bodies are parts of one, or say themselves that they are two."""
    a, b = content.organizations[one], content.organizations[other]
    labels = text(a, "county_label"), text(b, "county_label")
    return family_of(content, a) == family_of(content, b) or (
        all(labels) and labels[0] != labels[1]
    )


def _names(organization: Row) -> list[str]:
    """Return all the names of an organization."""
    others = text(organization, "alternate_name").split(";")
    return [
        name for name in (text(organization, "name"), *map(str.strip, others)) if name
    ]


def _is_alike(counties: frozenset[str], one: str, other: str, *, linked: bool) -> bool:
    """Tell whether two names may be those of one body.

    Of the parts of one system only what follows its name is compared, and names that
    say different counties are of two.
    """
    some, others = _telling(one, other)
    near, far = some & counties, others & counties
    if near and far and near != far:
        return False
    return _is_same(some - counties, others - counties, linked=linked)


def _is_same(some: set[str], others: set[str], *, linked: bool) -> bool:
    """Tell whether two sets of words may be one name.

    A name that is contained in the other counts only if words that tell are in both:
    `SAFE` is in too many names. Of two names with one site or number, what kind of
    body they are does not count.
    """
    if not some or not others:
        return False
    if linked and some - _KINDS and some - _KINDS == others - _KINDS:
        return True
    if some - others and others - some:
        return fuzz.token_sort_ratio(" ".join(some), " ".join(others)) >= _ALIKE
    shared = len((some & others) - _KINDS)
    return shared >= (1 if linked else _TELLING) or some == others


def _telling(one: str, other: str) -> tuple[set[str], set[str]]:
    """Return the words of two names, without a system that both begin with."""
    head, dash, tail = one.partition(" - ")
    other_head, _, other_tail = other.partition(" - ")
    if dash and head == other_head and tail and other_tail:
        one, other = tail, other_tail
    return _words(one), _words(other)


def _words(name: str) -> set[str]:
    return set(folded(name).replace(",", " ").split()) - _FILLERS


RULES = (
    error("duplicate_id", id_is_one, "An id stands for one record. Make a new one."),
    error(
        "duplicate_service",
        service_stands_once,
        "Merge the two, or say in the name how they differ.",
    ),
    warning(
        "same_name",
        name_is_told_apart,
        "Say in county_label which is meant, so that nobody calls the wrong one.",
    ),
    warning(
        "near_duplicate",
        body_stands_once,
        "Are these two one body? Merge them, or say what the one is to the other.",
    ),
)
