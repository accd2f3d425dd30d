"""Whether a service can be used from where the person is, or where it is safe."""

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from matcher.candidate import Area, Candidate, OutOfCounty, Site
from matcher.needs import Needs, Travel
from matcher.option import Option
from matcher.ranking import Matching, rank
from matcher.reach import Reach, haversine
from tests.matcher.world import CODES, catalog_of, needs_of, shelter

HOME, NEXT, THIRD, FAR = "37001", "37003", "37005", "37007"


def match(candidate: Candidate, **said: object) -> Matching:
    """Return what is found for a person in the first county."""
    return rank(catalog_of([candidate]), asking(**said), limit=1)


def asking(**said: object) -> Needs:
    """Return a request for anything, in the first county if nothing else is said."""
    return needs_of(*CODES, **{"county": HOME, **said})


def option_of(candidate: Candidate, **said: object) -> Option:
    """Return the one option."""
    return match(candidate, **said).options[0]


def reach_of(candidate: Candidate, **said: object) -> Reach | str:
    """Return how `candidate` reaches a person, or the rule that excludes it."""
    matching = match(candidate, **said)
    if matching.options:
        return matching.options[0].reach
    return matching.excluded.by_rule[0][0]


def area(*counties: str, **more: object) -> Area:
    """Return an area of `counties`."""
    return Area(counties=frozenset(counties), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("served", "expected"),
    [
        (area(HOME, complete=True), Reach.SERVES_COUNTY),
        (area(HOME), Reach.SERVES_COUNTY),
        (area(NEXT, complete=True), Reach.NEIGHBOR),
        (area(THIRD, complete=True), Reach.FAR),
        (area(FAR, complete=True), "service_area"),
        # A list that may be short never excludes.
        (area(FAR), Reach.PARTIAL),
        (area(), Reach.PARTIAL),
        (area(FAR, complete=True, out_of_county=OutOfCounty.YES), Reach.TAKES_OTHERS),
        (area(NEXT, complete=True, out_of_county=OutOfCounty.NO), "service_area"),
        (area(FAR, out_of_county=OutOfCounty.NO), "service_area"),
        (area(statewide=True, complete=True), Reach.STATEWIDE),
        (area(HOME, statewide=True), Reach.SERVES_COUNTY),
    ],
)
def test_the_service_area_decides_and_its_gaps_are_asked(
    served: Area, expected: Reach | str
) -> None:
    assert reach_of(shelter(area=served)) == expected


def test_a_statewide_line_is_remote() -> None:
    line = shelter(area=area(statewide=True), remote=True, in_person=False)
    assert reach_of(line) is Reach.REMOTE


def test_without_a_county_only_statewide_help_is_sure() -> None:
    assert reach_of(shelter(area=area(statewide=True)), county=None) is Reach.STATEWIDE
    local = option_of(shelter(), county=None)
    assert local.reach is Reach.UNSAID
    assert local.eligibility == "ask"
    assert "area_unsaid" in {note.code for note in local.questions}


def test_the_nearer_of_two_doubtful_ones_comes_first() -> None:
    some = [
        shelter(id="far", area=area(FAR), sites=(Site(county=FAR),)),
        shelter(id="near", area=area(THIRD), sites=(Site(county=THIRD),)),
    ]
    options = rank(catalog_of(some), asking(), limit=2).options
    assert [option.service_id for option in options] == ["near", "far"]
    # Who must keep away wants no nearness: then ties go by id.
    options = rank(catalog_of(some), asking(min_miles=20), limit=2).options
    assert [option.score for option in options] == [options[0].score] * 2


THERE = (Site(county=FAR, point=(35.0, -80.0 + 3 * 0.53)),)


@pytest.mark.parametrize(
    ("travel", "expected"),
    [
        (None, Reach.PARTIAL),
        (Travel.WALK, "distance"),
        (Travel.TRANSIT, "distance"),
        (Travel.CAR, "distance"),
        (Travel.ANYWHERE, Reach.PARTIAL),
        (Travel.REMOTE_ONLY, "distance"),
    ],
)
def test_a_doubtful_place_out_of_reach_is_left_out(
    travel: Travel | None, expected: Reach | str
) -> None:
    far = shelter(area=area(FAR), sites=THERE)
    assert reach_of(far, travel=travel) == expected


def test_who_can_go_anywhere_is_told_of_those_far_away() -> None:
    far = shelter(area=area(FAR, complete=True), sites=THERE)
    assert reach_of(far) == "service_area"
    assert reach_of(far, travel=Travel.ANYWHERE) is Reach.FAR


def test_who_surely_takes_the_person_is_asked_about_a_ride() -> None:
    served = shelter(sites=THERE)
    walking = option_of(served, travel=Travel.WALK)
    assert walking.reach is Reach.SERVES_COUNTY
    assert "ride" in {note.code for note in walking.questions}
    assert walking.score < option_of(served, travel=Travel.ANYWHERE).score


def test_who_comes_or_can_be_called_is_never_too_far() -> None:
    for way in ("remote", "comes_to_you"):
        far = shelter(area=area(FAR), sites=THERE, **{way: True})
        assert reach_of(far, travel=Travel.WALK) is Reach.PARTIAL


def test_next_door_and_out_of_sight_may_be_around_the_corner() -> None:
    hidden = shelter(area=area(NEXT), sites=(Site(county=NEXT),))
    assert reach_of(hidden, travel=Travel.WALK) is Reach.PARTIAL


def test_who_can_only_call_keeps_what_answers_by_phone() -> None:
    line = shelter(remote=True)
    assert reach_of(line, travel=Travel.REMOTE_ONLY) is Reach.SERVES_COUNTY
    assert reach_of(shelter(), travel=Travel.REMOTE_ONLY) == "distance"


AVOID = frozenset({HOME})


def test_a_county_to_avoid_excludes_what_is_there_and_says_so() -> None:
    here = shelter(sites=(Site(county=HOME),))
    assert reach_of(here, avoid_counties=AVOID) == "avoid_county"


def test_a_site_elsewhere_keeps_it_with_a_caution() -> None:
    both = shelter(sites=(Site(county=HOME), Site(county=NEXT)))
    codes = {n.code for n in option_of(both, avoid_counties=AVOID).cautions}
    assert "near_danger" in codes


def test_what_can_be_called_stays_with_a_caution() -> None:
    line = shelter(sites=(Site(county=HOME),), remote=True)
    codes = {n.code for n in option_of(line, avoid_counties=AVOID).cautions}
    assert "near_danger" in codes


def test_of_a_hidden_place_it_is_said_that_it_is_not_known() -> None:
    hidden = shelter(sites=(Site(),), area=area(HOME, NEXT))
    codes = {n.code for n in option_of(hidden, avoid_counties=AVOID).cautions}
    assert "where_unknown" in codes


def test_a_place_not_shown_is_where_its_only_county_is() -> None:
    hidden = shelter(sites=(Site(),))
    assert reach_of(hidden, avoid_counties=AVOID) == "avoid_county"


def test_a_distance_is_kept_from_places_and_from_counties() -> None:
    near = shelter(sites=(Site(county=NEXT, point=(35.0, -79.47)),))
    hidden = shelter(sites=(Site(county=NEXT),))
    for place in (near, hidden):
        assert reach_of(place, min_miles=20) is Reach.SERVES_COUNTY
        assert reach_of(place, min_miles=40) == "avoid_county"


def test_only_a_public_place_and_a_given_point_have_a_distance() -> None:
    hidden = shelter(id="a", sites=(Site(county=HOME),))
    public = shelter(id="b", sites=(Site(county=HOME, point=(35.0, -80.0)),))
    for point, expected in (
        (None, {"a": None, "b": None}),
        ((35.0, -80.0), {"a": None, "b": 0.0}),
    ):
        options = rank(catalog_of([hidden, public]), asking(point=point), limit=2)
        assert {o.service_id: o.distance_miles for o in options.options} == expected


@given(st.floats(33, 37), st.floats(-85, -75), st.floats(33, 37), st.floats(-85, -75))
def test_miles_are_those_of_the_great_circle(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    ours = haversine(lat, lon, np.array([to_lat]), np.array([to_lon]))[0]
    miles = great_circle((lat, lon), (to_lat, to_lon)).miles
    assert ours == pytest.approx(miles, rel=1e-6, abs=1e-4)
