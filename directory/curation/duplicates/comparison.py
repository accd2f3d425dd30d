"""Comparison: all that speaks for and against two bodies being one, and the score."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import exp, fsum

from directory.curation.duplicates.commonness import Commonness
from directory.curation.duplicates.evidence import Code, Evidence
from directory.curation.duplicates.likeness import likest
from directory.curation.duplicates.sketch import Sketch
from directory.curation.duplicates.street import Street
from directory.curation.duplicates.weights import (
    CITY,
    COUNTY,
    DOMAIN,
    FULL_TELLING,
    LIKE_NAME,
    NAME,
    NAME_TURNS,
    OTHER_CITY,
    OTHER_COUNTY,
    OTHER_NAME,
    OTHER_PART,
    OTHER_PHONE,
    OTHER_STREET,
    PHONE,
    PLAIN_NAME,
    START,
    STREET,
    TIED,
    ZIP,
)

_BEST_NAME = Evidence(Code.SAME_NAME, NAME)


def compare(
    left: Sketch, right: Sketch, common: Commonness, *, least: float = 0.0
) -> tuple[Evidence, ...] | None:
    """Return the evidence about two bodies, what weighs most first.

    Return nothing if the best of names could not bring the score to `least`.
    """
    found = [
        *_phones(left, right, common),
        *_streets(left, right, common),
        *_elsewhere(left, right, common),
        *_towns(left, right),
        *_domains(left, right, common),
    ]
    if least and score([*found, _BEST_NAME]) < least:
        return None
    found.extend(_names(left, right, common))
    return tuple(sorted(found, key=lambda one: (-abs(one.points), one.code)))


def score(evidence: Iterable[Evidence]) -> float:
    """Return the points of `evidence` as a number from 0 to 1."""
    points = START + fsum(one.points for one in evidence)
    return round(1 / (1 + exp(-points)), 4)


def _phones(left: Sketch, right: Sketch, common: Commonness) -> Iterator[Evidence]:
    here, there = left.body.phones, right.body.phones
    shared = here & there
    if shared:
        points = PHONE * _best(shared, common.phones)
        yield Evidence(Code.SAME_PHONE, points, tuple(sorted(shared)))
    elif here and there:
        yield Evidence(Code.OTHER_PHONE, OTHER_PHONE)


def _streets(left: Sketch, right: Sketch, common: Commonness) -> Iterator[Evidence]:
    shared = _shared_streets(left, right)
    if shared:
        points = STREET * _best(_houses(shared), common.houses)
        values = tuple(sorted({street.written for street in shared}))
        yield Evidence(Code.SAME_STREET, points, values)
    elif left.streets and right.streets:
        yield Evidence(Code.OTHER_STREET, OTHER_STREET)


def _shared_streets(left: Sketch, right: Sketch) -> list[Street]:
    """Return the addresses that both have, in towns that can be one."""
    if not _towns_meet(left, right):
        return []
    return [
        street
        for here in left.streets
        for there in right.streets
        if here.meets(there)
        for street in (here, there)
    ]


def _houses(streets: Iterable[Street]) -> set[str]:
    return {street.key for street in streets}


def _towns_meet(left: Sketch, right: Sketch) -> bool:
    known = [
        (here, there)
        for here, there in (
            (left.zips, right.zips),
            (left.cities, right.cities),
            (left.body.counties, right.body.counties),
        )
        if here and there
    ]
    return not known or any(here & there for here, there in known)


def _elsewhere(left: Sketch, right: Sketch, common: Commonness) -> Iterator[Evidence]:
    """Yield that they are in different counties, or cities if that is all we know."""
    for points, here, there in (
        (OTHER_COUNTY, left.body.counties, right.body.counties),
        (OTHER_CITY, left.cities, right.cities),
    ):
        if here and there:
            if not here & there:
                untied = 1 - TIED * _tie(left, right, common)
                yield Evidence(Code.OTHER_PLACE, points * untied)
            return


def _tie(left: Sketch, right: Sketch, common: Commonness) -> float:
    """Return how surely a number or a house ties both together, from 0 to 1."""
    return max(
        _best(left.body.phones & right.body.phones, common.phones),
        _best(_houses(_shared_streets(left, right)), common.houses),
    )


def _towns(left: Sketch, right: Sketch) -> Iterator[Evidence]:
    """Yield the smallest place that both are in."""
    for code, points, here, there in (
        (Code.SAME_ZIP, ZIP, left.zips, right.zips),
        (Code.SAME_CITY, CITY, left.cities, right.cities),
        (Code.SAME_COUNTY, COUNTY, left.body.counties, right.body.counties),
    ):
        if here & there:
            yield Evidence(code, points, tuple(sorted(here & there)))
            return


def _domains(left: Sketch, right: Sketch, common: Commonness) -> Iterator[Evidence]:
    """Yield the domain that tells most; one of the web and of mail are one fact."""
    shared = left.domains & right.domains
    if not shared:
        return
    web = left.body.web_domains & right.body.web_domains & shared
    code = Code.SAME_DOMAIN if web else Code.SAME_MAIL_DOMAIN
    points = DOMAIN * _best(shared, common.domains)
    yield Evidence(code, points, tuple(sorted(web or shared)))


def _names(left: Sketch, right: Sketch, common: Commonness) -> Iterator[Evidence]:
    found = likest(left.names, right.names, common.words)
    if found is None:
        return
    if found.clashes:
        yield Evidence(Code.OTHER_PART, OTHER_PART, found.names)
    if found.value < NAME_TURNS:
        points = OTHER_NAME * (1 - found.value / NAME_TURNS)
        yield Evidence(Code.OTHER_NAME, points, found.names)
        return
    told = PLAIN_NAME + (1 - PLAIN_NAME) * min(1.0, found.telling / FULL_TELLING)
    points = NAME * told * (found.value - NAME_TURNS) / (1 - NAME_TURNS)
    if found.value >= LIKE_NAME:
        same = found.value == 1 and not found.clashes
        code = Code.SAME_NAME if same else Code.LIKE_NAME
        yield Evidence(code, points, found.names)


def _best(keys: Collection[str], worth: Mapping[str, float]) -> float:
    return max((worth[key] for key in keys), default=0.0)
