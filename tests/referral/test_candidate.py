"""What the matcher is told of a listing."""

import dataclasses
import datetime as dt

import pytest

from directory.projection import Doubt, Listing, Opening, Place, RuleFact
from directory.projection.listing import LanguageOffer, Line, Room
from directory.referral.candidate import candidates_of
from matcher.candidate import Candidate, Hours, OutOfCounty, Rule, Spoken
from matcher.candidate import Doubt as DoubtKind
from tests.index.listings import (
    GAZETTEER,
    ORANGE,
    PROVENANCE,
    WAKE,
    ZONE,
    listing,
    organization,
)

DAY = dt.date(2026, 12, 2)


def candidate(said: Listing, *others: Listing) -> Candidate:
    """Return what the matcher is told of `said`, among `others`."""
    found = candidates_of([said, *others], GAZETTEER, DAY)
    return next(c for c in found if c.id == said.id)


def fact(attribute: str, *values: str, **more: object) -> RuleFact:
    """Return a rule as it is recorded, from the provider's own page of this year."""
    said: dict[str, object] = {
        "attribute": attribute,
        "effect": "requires",
        "values": values,
        "minimum": None,
        "maximum": None,
        "words": "",
        "basis": "own_page",
        "effective_from": None,
        "effective_to": None,
        "provenance": PROVENANCE,
    }
    return RuleFact(**{**said, **more})  # type: ignore[arg-type]


def house(**more: object) -> Listing:
    """Return a shelter, with `more` said of it."""
    return listing("s", "Shelter", "emergency_shelter", **more)


def line(**more: object) -> Line:
    """Return a number, with `more` said of it."""
    said: dict[str, object] = {
        "number": "+19195550100",
        "extension": None,
        "kind": "crisis",
        "answered_by": "agency",
        "always_open": True,
        "languages": (),
        "note": None,
        "basis": "own_page",
        "provenance": PROVENANCE,
    }
    return Line(**{**said, **more})  # type: ignore[arg-type]


def rules(*facts: RuleFact) -> tuple[Rule, ...]:
    """Return the rules that the matcher takes `facts` for."""
    return candidate(house(rules=facts)).rules


def test_a_recorded_rule_is_firm_and_hearsay_only_asks() -> None:
    own, told = rules(fact("gender", "woman"), fact("pets", "any", basis="second_hand"))
    assert own.firm
    assert told.firm
    (inferred,) = rules(fact("gender", "woman", basis="inferred"))
    assert not inferred.firm


def test_open_to_all_by_hearsay_is_not_recorded() -> None:
    assert rules(fact("gender", "any", basis="system")) == ()


def test_an_old_bar_only_asks() -> None:
    old = dataclasses.replace(PROVENANCE, date="2016")
    (bar,) = rules(fact("substances", "yes", effect="excludes", provenance=old))
    assert not bar.firm


def test_low_income_without_a_number_asks_above_twice_the_poverty_line() -> None:
    (low,) = rules(fact("income", "low"))
    assert (low.maximum, low.firm, low.values) == (200, False, frozenset())


@pytest.mark.parametrize(
    ("facts", "said", "expected"),
    [
        ((), None, OutOfCounty.ASK),
        ((fact("residence", "service_area"),), None, OutOfCounty.NO),
        ((fact("residence", "service_area", basis="system"),), None, OutOfCounty.ASK),
        ((fact("residence", "any"),), None, OutOfCounty.YES),
        ((fact("residence", "service_area"),), "yes", OutOfCounty.YES),
        (
            (fact("residence", "service_area", effect="prefers"),),
            None,
            OutOfCounty.ASK,
        ),
    ],
)
def test_who_must_live_there_is_part_of_the_area(
    facts: tuple[RuleFact, ...], said: str | None, expected: OutOfCounty
) -> None:
    area = candidate(house(rules=facts, out_of_county=said)).area
    assert area.out_of_county is expected


def test_tribal_land_has_the_counties_that_any_listing_of_it_names() -> None:
    hidden = house(tribal_area="The Land", counties=(), coverage="partial")
    office = listing("o", "Office", "civil_legal", tribal_area="The Land")
    elsewhere = listing("e", "Office", "civil_legal", counties=(ORANGE,))
    assert candidate(hidden, office, elsewhere).area.counties == {WAKE}
    assert candidate(hidden).area.counties == frozenset()


def test_a_hidden_place_gives_its_county_and_no_point() -> None:
    hidden = Place(visibility="county", county=WAKE, region=None)
    public = Place(visibility="public", county=WAKE, region=None, city="Raleigh")
    sites = candidate(house(places=(hidden, public))).sites
    assert [(site.county, site.point is None) for site in sites] == [
        (WAKE, True),
        (WAKE, False),
    ]


def test_who_picks_up_is_known() -> None:
    assert not candidate(house(lines=())).can_be_called
    assert not candidate(house(lines=(line(kind="fax"),))).can_be_called
    assert candidate(house(lines=(line(),))).always_answered
    assert not candidate(house(lines=(line(always_open=False),))).always_answered
    # A dispatcher picks up day and night, and is not the shelter.
    police = candidate(house(lines=(line(answered_by="dispatch"),)))
    assert police.can_be_called
    assert not police.always_answered


def test_the_best_way_in_which_a_language_is_offered_counts() -> None:
    offers = (
        LanguageOffer(code="es", by="material", note=None),
        LanguageOffer(code="es", by="interpreter", note=None),
    )
    assert candidate(house(languages=offers)).languages == {"es": Spoken.INTERPRETER}
    spanish = line(languages=("es",))
    told = candidate(house(languages=offers, lines=(spanish,)))
    assert told.languages == {"es": Spoken.STAFF}


def test_hours_keep_their_days_weeks_and_dates() -> None:
    opening = Opening(
        days=("1SA", "1SU"),
        opens="22:00",
        closes="06:30",
        closed=False,
        valid_from=DAY,
        valid_to=None,
    )
    closed = Opening(
        days=(), opens=None, closes=None, closed=True, valid_from=DAY, valid_to=DAY
    )
    first, second = candidate(house(openings=(opening, closed))).hours
    assert first == Hours(
        weekdays=frozenset({5, 6}),
        opens=22 * 60,
        closes=6 * 60 + 30,
        week_of_month=1,
        valid_from=DAY,
    )
    assert second.closed
    assert len(second.weekdays) == 7


def test_room_faith_source_and_confirmation_are_passed_on() -> None:
    noon = dt.datetime(2026, 12, 2, 12, tzinfo=ZONE)
    room = Room(
        unit="beds",
        available=2,
        waitlist=True,
        population=None,
        as_of=noon,
        expires=noon,
    )
    told = candidate(
        house(
            room=room,
            verified={"record": DAY},
            organization=organization(faith_based=True),
        )
    )
    assert told.capacity is not None
    assert (told.capacity.available, told.capacity.waitlist) == (2, True)
    assert told.faith_based
    assert told.verified == {"record": DAY}
    assert told.sourced == dt.date(2026, 10, 31)


def test_planning_bodies_are_left_out_and_umbrellas_only_send_on() -> None:
    plans = house(organization=organization(kind="planning_body"))
    assert candidates_of([plans], GAZETTEER, DAY) == []
    umbrella = house(organization=organization(kind="umbrella"))
    assert candidate(umbrella).refers_only
    assert not candidate(house()).refers_only


def doubt(kind: str, count: int = 2, number: str | None = None) -> Doubt:
    """Return a doubt of this week."""
    return Doubt(kind=kind, count=count, since=DAY, last=DAY, number=number)


def test_a_doubt_counts_once_there_is_enough_of_it() -> None:
    told = candidate(
        house(
            doubts=(
                doubt("closed"),
                doubt("refuses", 1),
                doubt("silence", 1),
                doubt("no_answer", 2, "+19195550100"),
                doubt("no_answer", 3, "+19195550101"),
            )
        )
    )
    # One letter without an answer weighs a little; what one person told does not.
    assert told.doubts == {
        DoubtKind.CLOSED: 2,
        DoubtKind.SILENCE: 1,
        DoubtKind.NO_ANSWER: 3,
    }


def test_what_users_told_long_ago_counts_no_more() -> None:
    old = dataclasses.replace(doubt("closed"), since=DAY - dt.timedelta(91))
    assert candidate(house(doubts=(old,))).doubts == {}


@pytest.mark.parametrize(
    ("numbers", "doubted", "expected"),
    [
        ((), (), False),
        (("1",), (), False),
        (("1",), (("wrong_number", "1"),), True),
        (("1", "2"), (("wrong_number", "1"),), False),
        (("1", "2"), (("wrong_number", "1"), ("no_answer", "2")), True),
        (("1",), (("closed", None),), False),
    ],
)
def test_a_line_is_doubtful_where_no_number_is_in_good_standing(
    numbers: tuple[str, ...],
    doubted: tuple[tuple[str, str | None], ...],
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    said = house(
        lines=(*(line(number=n) for n in numbers), line(number="9", kind="fax")),
        doubts=tuple(doubt(kind, number=number) for kind, number in doubted),
    )
    assert candidate(said).doubtful_line is expected
