"""Makes the matcher's candidates from public listings."""

import datetime as dt
from collections.abc import Iterable

from directory.places import Gazetteer
from directory.projection import Listing, Opening, Place, RuleFact
from directory.projection.standing import ANY, HEARSAY, is_firm
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

    Planning and umbrella bodies are left out; a coalition only sends people on.
    """
    return [
        candidate_of(listing, gazetteer, day)
        for listing in listings
        if listing.organization.kind not in {"planning_body", "umbrella"}
    ]


def candidate_of(listing: Listing, gazetteer: Gazetteer, day: dt.date) -> m.Candidate:
    """Return what the matcher may know of `listing` on `day`."""
    return m.Candidate(
        id=listing.id,
        organization_id=listing.organization.id,
        codes=frozenset(listing.codes),
        rules=tuple(
            _rule(fact, day, listing.verified.get("eligibility"))
            for fact in listing.rules
            if not (ANY in fact.values and fact.basis in HEARSAY)
        ),
        area=_area(listing),
        sites=tuple(_site(place, gazetteer) for place in listing.places),
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
    )


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


def _area(listing: Listing) -> m.Area:
    out_of_county = listing.out_of_county
    waived = any(
        r.attribute == "residence" and "any" in r.values for r in listing.rules
    )
    if out_of_county is None and waived:
        out_of_county = "yes"
    return m.Area(
        statewide=listing.is_statewide,
        counties=frozenset(listing.counties),
        complete=listing.coverage in {"statewide", "complete"},
        out_of_county=m.OutOfCounty(out_of_county or "ask"),
    )


def _site(place: Place, gazetteer: Gazetteer) -> m.Site:
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
