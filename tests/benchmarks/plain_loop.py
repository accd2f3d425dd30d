"""The rival that everybody would write first: one service after the other."""

import datetime as dt
from collections.abc import Sequence

from geopy.distance import great_circle

from directory.places import Gazetteer
from matcher.candidate import Candidate, Spoken
from matcher.needs import Needs
from tests.matcher.reference import verdict


def match(
    services: Sequence[Candidate], needs: Needs, gazetteer: Gazetteer, day: dt.date
) -> list[tuple[float, str]]:
    """Return the ten best services, judged in a loop, distances by geopy."""
    found = []
    for service in services:
        covered = [need for need in needs.needs if need.code in service.codes]
        if not covered or not _serves(service, needs):
            continue
        verdicts = verdict(service, needs.person, day)
        if "no" in verdicts.values():
            continue
        score = len(covered) / len(needs.needs) + 0.5 ** len(verdicts)
        score += _near(service, needs, gazetteer) + _spoken(service, needs)
        found.append((-score, service.id))
    return sorted(found)[:10]


def _serves(service: Candidate, needs: Needs) -> bool:
    area = service.area
    return area.statewide or not area.complete or needs.county in area.counties


def _near(service: Candidate, needs: Needs, gazetteer: Gazetteer) -> float:
    if needs.county in service.area.counties:
        return 1.0
    origin = gazetteer.by_fips(str(needs.county)).point
    miles = [
        great_circle(origin, site.point).miles for site in service.sites if site.point
    ]
    return float(0.5 ** (min(miles) / 25)) if miles else 0.3


def _spoken(service: Candidate, needs: Needs) -> float:
    if not needs.languages:
        return 1.0
    return 1.0 if service.languages.get(needs.languages[0]) is Spoken.STAFF else 0.3
