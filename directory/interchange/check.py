"""Checks a package as a person would question it; the questions are in `checks`."""

from collections.abc import Mapping
from itertools import chain

from directory.interchange.checks import (
    answering,
    areas,
    contact,
    crisis,
    eligibility,
    identity,
    languages,
    lines,
    places,
    secrecy,
    sources,
    terms,
)
from directory.interchange.checks.rule import Rule
from directory.interchange.content import content_of
from directory.interchange.finding import RANK, Finding
from directory.interchange.package import Package
from directory.places import Gazetteer

_SUBJECTS = (
    secrecy,
    places,
    answering,
    crisis,
    lines,
    contact,
    areas,
    sources,
    eligibility,
    languages,
    identity,
    terms,
)
RULES: Mapping[str, Rule] = {
    rule.name: rule for rule in chain.from_iterable(s.RULES for s in _SUBJECTS)
}
"""All rules by their names, what endangers people first."""


def check_package(
    package: Package, *, gazetteer: Gazetteer, codes: Mapping[str, str]
) -> list[Finding]:
    """Return what is wrong or doubtful in `package`, the worst first.

    `codes` are the codes of the vocabulary by the id of their term.
    """
    content = content_of(package, gazetteer=gazetteer, terms=codes)
    found = [finding for rule in RULES.values() for finding in rule.findings(content)]
    order = {name: place for place, name in enumerate(RULES)}
    return sorted(
        found, key=lambda f: (RANK[f.severity], order[f.rule], f.file, f.row, f.field)
    )
