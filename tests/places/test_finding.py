"""What a typed place is taken for."""

import csv

import pytest

from directory.paths import shipped
from directory.places import Gazetteer
from directory.places.gazetteer import miles_between

TABLES = shipped("seed_data") / "gazetteer"
PLACES = Gazetteer.load(TABLES)

WAKE, BUNCOMBE, HENDERSON, VANCE = "37183", "37021", "37089", "37181"

# What is typed, how the place reads, its county, and with which grain of salt.
FOUND = [
    ("27601", "27601 Raleigh", WAKE, None),
    (" 28801 ", "28801 Asheville", BUNCOMBE, None),
    ("27601-1234", "27601 Raleigh", WAKE, None),
    ("276011234", "27601 Raleigh", WAKE, None),
    # Only boxes, and only one office of the state.
    ("27602", "27602 Raleigh", WAKE, None),
    ("27699", "27699 Raleigh", WAKE, None),
    ("27053", "27053 Westfield", "37169", "several_counties"),
    ("23304", "23304 Battery Park, VA", "37073", "border"),
    ("29708", "29708 Fort Mill, SC", "37119", "border"),
    ("27999", "27986 Winton", "37091", "nearest"),
    ("28999", "28909 Warne", "37043", "nearest"),
    ("wake", "", WAKE, None),
    ("WAKE COUNTY", "", WAKE, None),
    ("Wake Co.", "", WAKE, None),
    ("Wake County, NC", "", WAKE, None),
    ("wake county north carolina", "", WAKE, None),
    ("Condado de Wake", "", WAKE, None),
    ("el condado de Wake", "", WAKE, None),
    ("Wake condado", "", WAKE, None),
    ("condado de Wake, Carolina del Norte", "", WAKE, None),
    ("Raleigh", "Raleigh", WAKE, None),
    ("raleigh, nc", "Raleigh", WAKE, None),
    ("Raleigh, N.C.", "Raleigh", WAKE, None),
    ("Raleigh, North Carolina", "Raleigh", WAKE, None),
    ("Raléigh", "Raleigh", WAKE, None),
    ("Winston Salem", "Winston-Salem", "37067", None),
    ("Ft. Bragg", "Fort Bragg", "37051", None),
    ("Mt Airy", "Mount Airy", "37171", None),
    ("St. Pauls", "Saint Pauls", "37155", None),
    ("High Point", "High Point", "37081", "several_counties"),
    # The town lies in another county than the one that bears its name.
    ("Henderson", "Henderson", VANCE, "town"),
    ("henderson, NC", "Henderson", VANCE, "town"),
    ("Henderson County", "", HENDERSON, None),
    ("condado de Henderson", "", HENDERSON, None),
    # Of these the town is small, so that the county is meant.
    ("Brunswick", "", "37019", "county"),
    ("Brunswick County", "", "37019", None),
    ("Washington", "Washington", "37013", "town"),
    # The town lies in the county that bears its name.
    ("Durham", "", "37063", None),
]


@pytest.mark.parametrize(("typed", "text", "county", "note"), FOUND)
def test_finds(typed: str, text: str, county: str, note: str | None) -> None:
    place = PLACES.find(typed)
    assert place is not None
    assert (place.text, place.county, place.note) == (text, county, note)


NOWHERE = [
    *("", "   ", "Atlantis", "Raleigh, VA", "county", "NC", "2760", "00000", "99999"),
    *(
        "\uff12\uff17\uff16\uff10\uff11",
        "27601; DROP TABLE",
        "27601-12",
        "\0",
        "a" * 10_000,
    ),
]


@pytest.mark.parametrize("typed", NOWHERE)
def test_finds_nothing(typed: str) -> None:
    assert PLACES.find(typed) is None


FORMS = ["{} County", "condado de {}", "{}, condado", "{} Co., NC"]


@pytest.mark.parametrize("form", FORMS)
def test_each_county_is_found_in_both_languages(form: str) -> None:
    found = [PLACES.find(form.format(county.name)) for county in PLACES.counties]
    assert [p and p.county for p in found] == [c.fips for c in PLACES.counties]


def zip_codes() -> list[str]:
    with (TABLES / "zips.csv").open(encoding="utf-8", newline="") as lines:
        return [row["zip"] for row in csv.DictReader(lines)]


def test_all_zip_codes_of_the_state_are_found() -> None:
    codes = zip_codes()
    found = [PLACES.find(code) for code in codes]
    assert [c for c, p in zip(codes, found, strict=True) if not p] == []
    assert {p.note for p in found if p} == {None, "several_counties"}
    assert len(codes) > 1000


def test_each_found_zip_code_is_in_a_county_of_the_state() -> None:
    fips = {county.fips for county in PLACES.counties}
    assert {PLACES.find(code).county for code in zip_codes()} <= fips  # type: ignore[union-attr]


def test_a_zip_code_of_another_state_is_none_of_this_one() -> None:
    assert PLACES.zip_code("23304") is None
    assert PLACES.zip_code("27601") is not None


def test_a_place_that_is_found_lies_where_it_is() -> None:
    place = PLACES.find("Asheville")
    assert place is not None
    assert miles_between(place.point, (35.595, -82.552)) < 3


@pytest.mark.parametrize(("name", "known"), [("raleigh", True), ("Wake", False)])
def test_cities_are_told_from_other_names(name: str, known: bool) -> None:  # noqa: FBT001
    assert PLACES.is_city(name) is known


def test_a_city_in_two_counties_has_a_point_in_each() -> None:
    assert PLACES.city_point("High Point", county="37151") is not None
    assert PLACES.city_point("Atlantis") is None
