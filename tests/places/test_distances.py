"""How far counties are from each other, by the table that ships."""

from itertools import combinations

import pytest
from geopy.distance import great_circle

from directory.paths import shipped
from directory.places import County, Gazetteer

PLACES = Gazetteer.load(shipped("seed_data") / "gazetteer")
FIPS = [county.fips for county in PLACES.counties]
PAIRS = list(combinations(PLACES.counties, 2))

WAKE, DURHAM, BUNCOMBE = "37183", "37063", "37021"
DARE, CHEROKEE = "37055", "37039"


def test_there_are_a_hundred_counties() -> None:
    assert len(set(FIPS)) == 100


def test_distances_are_those_of_the_centroids() -> None:
    assert [
        (one.name, other.name) for one, other in PAIRS if not is_right(one, other)
    ] == []


def is_right(one: County, other: County) -> bool:
    miles = float(great_circle(one.point, other.point).miles)
    return abs(PLACES.county_miles(one.fips, other.fips) - miles) < 1


def test_distances_are_the_same_both_ways() -> None:
    for one, other in PAIRS:
        there = PLACES.county_miles(one.fips, other.fips)
        assert PLACES.county_miles(other.fips, one.fips) == there > 0


def test_a_county_is_no_miles_from_itself() -> None:
    assert {PLACES.county_miles(fips, fips) for fips in FIPS} == {0.0}


def neighbors(fips: str) -> set[str]:
    return {other for other in FIPS if PLACES.are_neighbors(fips, other)}


@pytest.mark.parametrize("fips", FIPS)
def test_every_county_has_neighbors_that_have_it(fips: str) -> None:
    assert neighbors(fips)
    assert fips not in neighbors(fips)
    assert all(PLACES.are_neighbors(other, fips) for other in neighbors(fips))


def test_wake_has_the_neighbors_that_the_map_shows() -> None:
    names = {PLACES.by_fips(fips).name for fips in neighbors(WAKE)}
    assert names == {
        *("Chatham", "Durham", "Franklin", "Granville", "Harnett", "Johnston", "Nash"),
    }


def test_counties_apart_are_no_neighbors() -> None:
    apart = combinations([DURHAM, BUNCOMBE, DARE, CHEROKEE], 2)
    assert not any(PLACES.are_neighbors(one, other) for one, other in apart)


def test_the_state_is_wider_than_four_hundred_miles() -> None:
    assert 400 < PLACES.county_miles(DARE, CHEROKEE) < 500


def test_one_can_walk_from_each_county_to_each_over_borders() -> None:
    reached: set[str] = set()
    ahead = [WAKE]
    while ahead:
        fips = ahead.pop()
        reached.add(fips)
        ahead.extend(neighbors(fips) - reached)
    assert len(reached) == 100


@pytest.mark.parametrize("unknown", ["37002", "", "Wake"])
def test_an_unknown_county_is_an_error(unknown: str) -> None:
    with pytest.raises(KeyError):
        PLACES.by_fips(unknown)
