"""Makes the matcher's candidates from public listings."""

import datetime as dt
from collections.abc import Iterable, Mapping

from directory.places import Gazetteer
from directory.projection import Doubt, Listing, Opening, Place, RuleFact
from directory.projection.standing import ANY, HEARSAY, is_firm, last_day
from matcher import candidate as m

_CALLED = frozenset({"voice", "crisis", "text"})
_DAYS = {day: n for n, day in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_SPOKEN = {
    "staff": m.Spoken.STAFF,
    "interpreter": m.Spoken.INTERPRETER,
    "material": m.Spoken.MATERIAL,
}
_FOCUS = {
    "trafficking": m.Focus.TRAFFICKING,
    "includes_trafficking": m.Focus.INCLUDES_TRAFFICKING,
    "general": m.Focus.GENERAL,
}


def candidates_of(
    listings: Iterable[Listing], gazetteer: Gazetteer, day: dt.date
) -> list[m.Candidate]:
    """Return a candidate for each listing of a body that deals with persons.

    Planning bodies are left out; a coalition and an umbrella only send people on.
    """
    listed = tuple(listings)
    lands = tribal_lands(listed)
    return [
        candidate_of(listing, gazetteer, day, lands)
        for listing in listed
        if listing.organization.kind != "planning_body"
    ]


def tribal_lands(listings: Iterable[Listing]) -> Mapping[str, frozenset[str]]:
    """Return the counties of each tribal area, as far as any of its listings says."""
    lands: dict[str, frozenset[str]] = {}
    for listing in listings:
        if listing.tribal_area is not None:
            known = lands.get(listing.tribal_area, frozenset())
            lands[listing.tribal_area] = known | frozenset(listing.counties)
    return lands


def candidate_of(
    listing: Listing,
    gazetteer: Gazetteer,
    day: dt.date,
    lands: Mapping[str, frozenset[str]],
) -> m.Candidate:
    """Return what the matcher may know of `listing` on `day`."""
    doubts = [d for d in listing.doubts if d.holds_on(day)]
    return m.Candidate(
        id=listing.id,
        organization_id=listing.organization.id,
        codes=frozenset(listing.codes),
        rules=tuple(
            _rule(fact, day, listing.verified.get("eligibility"))
            for fact in listing.rules
            if not (ANY in fact.values and fact.basis in HEARSAY)
        ),
        area=_area(listing, day, lands),
        sites=tuple(site_of(place, gazetteer) for place in listing.places),
        remote=bool({"phone", "online"} & set(listing.delivery)),
        comes_to_you="mobile" in listing.delivery,
        in_person="in_person" in listing.delivery or bool(listing.places),
        languages=_languages(listing),
        always_open=listing.always_open,
        hours=tuple(_hours(opening) for opening in listing.openings),
        capacity=_capacity(listing),
        verified=listing.verified,
        focus=_FOCUS[listing.focus],
        refers_only=not listing.counts_as_coverage,
        can_be_called=any(line.kind in _CALLED for line in listing.lines),
        always_answered=any(
            line.always_open and line.kind in _CALLED and not line.is_law_enforcement
            for line in listing.lines
        ),
        faith_based=listing.organization.faith_based,
        sourced=last_day(listing.provenance.date),
        doubts=_doubts(doubts),
        doubtful_line=_is_doubtful(listing, doubts),
    )


def _doubts(doubts: Iterable[Doubt]) -> dict[m.Doubt, int]:
    """Return how often each was told or seen, of whichever number it was most."""
    counts: dict[m.Doubt, int] = {}
    for doubt in doubts:
        kind = m.Doubt(doubt.kind)
        # One letter without an answer already weighs a little, though none is told.
        if doubt.is_public or kind is m.Doubt.SILENCE:
            counts[kind] = max(counts.get(kind, 0), doubt.count)
    return counts


def _is_doubtful(listing: Listing, doubts: Iterable[Doubt]) -> bool:
    """Tell whether every number that can be called is said not to work."""
    called = {line.number for line in listing.lines if line.kind in _CALLED}
    dead = {doubt.number for doubt in doubts if doubt.is_public}
    return bool(called) and called <= dead


def _rule(fact: RuleFact, day: dt.date, verified_on: dt.date | None) -> m.Rule:
    values = frozenset(fact.values)
    maximum = fact.maximum
    firm = is_firm(fact, day, verified_on)
    if fact.attribute == "income" and "low" in values:
        # "Low income" without a number: most programmes draw the line at 200 %.
        values, maximum, firm = frozenset(), 200, False
    return m.Rule(
        attribute=fact.attribute,
        effect=m.Effect(fact.effect),
        values=values,
        minimum=fact.minimum,
        maximum=maximum,
        firm=firm,
        effective_from=fact.effective_from,
        effective_to=fact.effective_to,
    )


def _area(
    listing: Listing, day: dt.date, lands: Mapping[str, frozenset[str]]
) -> m.Area:
    land = lands.get(listing.tribal_area or "", frozenset())
    return m.Area(
        statewide=listing.is_statewide,
        counties=frozenset(listing.counties) or land,
        complete=listing.coverage in {"statewide", "complete"},
        out_of_county=m.OutOfCounty(listing.out_of_county or _outsiders(listing, day)),
    )


def _outsiders(listing: Listing, day: dt.date) -> str:
    """Return whether people from elsewhere are taken, by the rules on residence."""
    rules = [rule for rule in listing.rules if rule.attribute == "residence"]
    if any(ANY in rule.values for rule in rules):
        return "yes"
    verified_on = listing.verified.get("eligibility")
    lives_there = any(
        rule.effect == "requires" and is_firm(rule, day, verified_on) for rule in rules
    )
    return "no" if lives_there else "ask"


def site_of(place: Place, gazetteer: Gazetteer) -> m.Site:
    """Return a site. Only a public place has a point: its own, or that of its town."""
    point = place.point
    if point is None and place.city is not None:
        point = gazetteer.city_point(place.city, county=place.county)
    return m.Site(county=place.county, point=point)


def _languages(listing: Listing) -> dict[str, m.Spoken]:
    best: dict[str, m.Spoken] = {}
    for offer in listing.languages:
        spoken = _SPOKEN[offer.by]
        best[offer.code] = max(best.get(offer.code, spoken), spoken)
    for line in listing.lines:
        for code in line.languages:
            best[code] = m.Spoken.STAFF
    return best


def _hours(opening: Opening) -> m.Hours:
    weeks = {day[:-2] for day in opening.days if len(day) > len("MO")}
    week = int(weeks.pop()) if weeks else None
    return m.Hours(
        weekdays=frozenset(_DAYS[day[-2:]] for day in opening.days) or m.EVERY_DAY,
        opens=_minutes(opening.opens),
        closes=_minutes(opening.closes),
        closed=opening.closed,
        by_appointment=opening.by_appointment,
        week_of_month=week,
        valid_from=opening.valid_from,
        valid_to=opening.valid_to,
    )


def _minutes(text: str | None) -> int:
    if text is None:
        return 0
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _capacity(listing: Listing) -> m.Capacity | None:
    room = listing.room
    if room is None:
        return None
    return m.Capacity(
        available=room.available,
        waitlist=room.waitlist,
        as_of=room.as_of,
        expires=room.expires,
    )
