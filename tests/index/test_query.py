"""What is made of what people type."""

import pytest

from directory.index.regions import read_regions
from directory.index.result import Group, Reason, SearchRequest
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    GAZETTEER,
    GUILFORD,
    NOON,
    ORANGE,
    SEED_DATA,
    WAKE,
    Storage,
    World,
    listing,
    organization,
    world,
)

SHELTER, CIVIL, IMMIGRATION = "emergency_shelter", "civil_legal", "immigration_legal"


@pytest.mark.parametrize(
    ("text", "code", "county"),
    [
        ("shelter", SHELTER, None),
        ("shelters", SHELTER, None),
        ("safe house", SHELTER, None),
        ("i need a bed for tonight", SHELTER, None),
        ("somewhere to sleep", SHELTER, None),
        ("albergue", SHELTER, None),
        ("REFUGIO", SHELTER, None),
        ("necesito un albergue", SHELTER, None),
        ("shelter near asheville nc", SHELTER, BUNCOMBE),
        ("shelter near Asheville, N.C.", SHELTER, BUNCOMBE),
        ("albergue cerca de greensboro", SHELTER, GUILFORD),
        ("legal aid durham", CIVIL, DURHAM),
        ("durham legal aid", CIVIL, DURHAM),
        ("attorney in Wake County", CIVIL, WAKE),
        ("abogada en el condado de Wake", CIVIL, WAKE),
        ("abogado de inmigración en raleigh", IMMIGRATION, WAKE),
        ("abogado de inmigracion en raleigh", IMMIGRATION, WAKE),
        ("papeles", IMMIGRATION, None),
        ("T-visa", IMMIGRATION, None),
        ("visa T", IMMIGRATION, None),
        ("albergue condado de Durham", SHELTER, DURHAM),
        ("albergue en Durham, Carolina del Norte", SHELTER, DURHAM),
        ("28801 counselling", "mental_health", BUNCOMBE),
        ("counseling 28801-1234", "mental_health", BUNCOMBE),
        ("consejería 27599", "mental_health", ORANGE),
        ("terapia", "mental_health", None),
        ("dentista", "dental", None),
        ("dinner", "food", None),
        ("despensa", "food", None),
        ("food stamps", "benefits", None),
        ("SNAP", "benefits", None),
        ("E.B.T.", "benefits", None),
        ("DSS wake", "benefits", WAKE),
        ("rehab", "substance_use", None),
        ("G.E.D.", "education", None),
        ("ESL", "english_classes", None),
        ("acta de nacimiento", "identity_documents", None),
        ("driver's license", "identity_documents", None),
        ("guardería", "child_services", None),
        ("trabajo", "employment", None),
        ("SANE", "forensic_exam", None),
        ("violación", "forensic_exam", None),
        ("bus", "transportation", None),
        ("ayuda con la renta", "financial", None),
        ("línea de crisis", "crisis_line", None),
        ("TVAP", "case_management", None),
    ],
)
def test_words_mean_a_need_and_a_place(
    town: World, text: str, code: str, county: str | None
) -> None:
    understood = town.search(text).understood
    assert code in understood.codes
    assert understood.place_county == county
    assert not understood.unknown_place


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("sheltr", {"sheltr": "shelter"}),
        ("lawer ralegh", {"lawer": "lawyer", "ralegh": "raleigh"}),
        ("imigracion", {"imigracion": "inmigracion"}),
        ("albegre", {"albegre": "albergue"}),
        ("counsler ashville", {"counsler": "counselor", "ashville": "asheville"}),
        ("pisga", {"pisga": "pisgah"}),
        ("shelter", {}),
        ("xqzt", {}),
        ("psykiatrisst", {"psykiatrisst": "psychiatrist"}),
    ],
)
def test_typos_are_corrected_to_words_of_the_directory(
    town: World, text: str, corrected: dict[str, str]
) -> None:
    assert town.search(text).understood.corrected == corrected


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("shelter in atlanta", "atlanta"),
        ("shelter 99999", "99999"),
        ("albergue en Chihuahua", "chihuahua"),
    ],
)
def test_an_unknown_place_in_the_text_is_named_and_the_rest_is_searched(
    town: World, text: str, unknown: str
) -> None:
    result = town.search(text)
    assert result.understood.unknown_place == unknown
    assert result.understood.codes == (SHELTER,)
    assert "shelter-wake" in town.found(text)


@pytest.mark.parametrize(
    ("place", "county"),
    [
        ("Durham", DURHAM),
        ("durham county, NC", DURHAM),
        ("near Asheville", BUNCOMBE),
        ("Ashville", BUNCOMBE),
        ("28801", BUNCOMBE),
        ("Asheville, NC 28801", BUNCOMBE),
        ("cerca de Hillsborough", ORANGE),
    ],
)
def test_the_place_box_takes_city_county_and_zip(
    town: World, place: str, county: str
) -> None:
    assert town.search(place=place).understood.place_county == county


def test_an_unknown_place_keeps_words_and_filters(town: World) -> None:
    result = town.search("shelter", place="Gotham", languages=("es",))
    assert result.understood.unknown_place == "Gotham"
    assert result.request.languages == ("es",)
    assert "shelter-wake" in [hit.listing.id for hit in result.hits]


def test_the_place_box_is_the_only_place(town: World) -> None:
    understood = town.search("durham", place="Asheville").understood
    assert understood.place_county == BUNCOMBE
    assert understood.words == ("durham",)


def test_the_county_wins_over_the_place(town: World) -> None:
    assert town.search(county=WAKE, place="Durham").understood.place_county == WAKE


def test_a_zip_of_another_state_comes_with_a_note(town: World) -> None:
    assert town.search("food 29715").understood.place_note == "border"


def test_a_name_that_is_a_place_too_is_searched_as_a_name(town: World) -> None:
    assert town.search("hope").understood.place == ""
    assert town.found("hope") == ["shelter-men"]


@pytest.mark.parametrize("text", ["in person", "someone in person"])
def test_in_person_is_no_county(town: World, text: str) -> None:
    assert town.search(text).understood.place_county is None


def test_the_name_of_the_state_is_no_filter(town: World) -> None:
    understood = town.search("food in north carolina").understood
    assert understood.words == ("food",)
    assert not understood.unknown_place


def test_synonyms_that_are_searched_too_are_named_in_both_languages(
    town: World,
) -> None:
    also = town.search("shelter").understood.also
    assert "albergue" in also
    assert "shelters" not in also


def test_accents_are_shown_as_they_were_typed(town: World) -> None:
    assert town.search("consejería").understood.words == ("consejería",)


def test_a_prefix_finds_the_word(town: World) -> None:
    assert town.found("immigr")[0] == "immigration"
    assert town.search("dent").understood.codes == ("dental",)


def test_any_word_is_only_a_labelled_fallback(town: World) -> None:
    both = town.search("pisgah hotline")
    assert both.understood.any_word
    assert {"civil-west", "hotline"} <= set(town.found("pisgah hotline"))
    assert not town.search("pisgah legal").understood.any_word


def test_nothing_but_filler_still_finds_somebody_to_call(town: World) -> None:
    assert town.found("i need help")[0] == "hotline"
    assert town.found("necesito ayuda")[0] == "hotline"


def test_the_request_is_handed_back_as_it_came(town: World) -> None:
    request = SearchRequest(text="  shelter!! ", page=2)
    assert town.searcher.search(town.snapshot, request, NOON).request == request


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("shelter in the Triangle", "triangle"),
        ("triangle shelter", "triangle"),
        ("shelter Piedmont Triad", "triad"),
        ("shelter western NC", "mountains"),
        ("shelter in western North Carolina", "mountains"),
        ("shelter in the mountains", "mountains"),
        ("albergue en las montañas", "mountains"),
        ("food eastern nc", "coastal_plain"),
        ("comida en la costa", "coastal_plain"),
        ("shelter piedmont", "piedmont"),
        ("albergue en el triangulo", "triangle"),
        ("shelter in the trianlge", "triangle"),
    ],
)
def test_a_region_is_a_place(town: World, text: str, region: str) -> None:
    understood = town.search(text).understood
    assert understood.place_region is not None
    assert understood.place_region.code == region
    assert understood.place_county is None
    assert len(understood.words) == 1


@pytest.mark.parametrize("place", ["the Triangle", "triangle, NC", "el Triángulo"])
def test_the_place_box_takes_a_region(town: World, place: str) -> None:
    result = town.search("shelter", place=place)
    assert result.understood.place_region is not None
    groups = {hit.listing.id: hit.group for hit in result.hits}
    assert groups["shelter-wake"] is groups["shelter-durham"] is Group.COUNTY
    codes = {reason.code for reason in result.hits[0].reasons}
    assert "region" in codes


@pytest.mark.parametrize(
    "text",
    ["family service of the piedmont", "piedmont health", "triad ladder of hope"],
)
def test_a_region_in_a_name_is_no_place(storage: Storage, text: str) -> None:
    names = (
        "Family Service of the Piedmont",
        "Piedmont Health",
        "Triad Ladder of Hope",
    )
    named = world(
        storage,
        *(listing(n, "Help", organization=organization(n)) for n in names),
    )
    result = named.search(text)
    assert result.understood.place_region is None
    assert result.hits[0].listing.id.casefold() == text


def test_regions_say_whose_reading_they_are() -> None:
    regions = read_regions(SEED_DATA, GAZETTEER)
    assert [region.code for region in regions.all] == [
        "mountains",
        "piedmont",
        "coastal_plain",
        "triangle",
        "triad",
    ]
    known = {county.fips for county in GAZETTEER.counties}
    for region in regions.all:
        assert set(region.counties) <= known
        assert region.source in {"the regions of the gazetteer", "our reading"}
    parts = [set(region.counties) for region in regions.all[:3]]
    assert set().union(*parts) == known
    assert sum(len(part) for part in parts) == len(known)


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“"])
def test_words_in_quotation_marks_are_searched_as_they_stand(
    town: World, marks: str
) -> None:
    quoted = f"{marks[0]}legal services{marks[1]}"
    assert town.found(quoted) == ["civil-west"]
    assert set(town.found("legal services")) >= {"civil-west", "immigration"}
    assert town.found(f"{marks[0]}services legal{marks[1]}") == []
    result = town.search(quoted)
    assert result.understood.words == ("legal services",)
    assert not result.understood.also


def test_a_quotation_stands_beside_words_and_a_place(town: World) -> None:
    result = town.search('"safe beds" durham')
    assert result.understood.place_county == DURHAM
    assert [hit.listing.id for hit in result.hits] == ["shelter-durham"]
    assert Reason(code="name", words="safe beds") in result.hits[0].reasons
    assert town.search('"durham crisis"').understood.place == ""
    assert town.found('emdr "we refer to shelters"') == ["therapy"]
    text = town.search('"we refer to shelters"').hits[0].reasons
    assert text == (Reason(code="phrase", words="we refer to shelters"),)


def test_a_quotation_is_not_corrected(town: World) -> None:
    result = town.search('"sheltr"')
    assert (result.total, result.understood.corrected) == (0, {})
    assert town.search("sheltr").total


def test_a_mark_without_its_fellow_is_no_mark(town: World) -> None:
    assert town.found('shelter "wake') == town.found("shelter wake")


def test_a_phrase_that_was_written_as_one_word_is_parted(town: World) -> None:
    understood = town.search("foodstamps").understood
    assert understood.codes == ("benefits", "food")
    assert understood.corrected == {"foodstamps": "food stamps"}


def test_a_typo_is_read_as_its_neighbours_want_it(town: World) -> None:
    assert town.search("birth certifcat").understood.words == ("birth certificate",)
    assert town.search("domestick violince").understood.words == ("domestic violence",)


def test_a_short_word_is_no_mistyped_place(town: World) -> None:
    understood = town.search("hide my address").understood
    assert understood.place_county is None
    assert understood.codes == ("safety_planning",)


def test_words_that_mean_nothing_here_only_lift_what_has_them(town: World) -> None:
    result = town.search("somewhere to sleep alpha centauri")
    assert result.understood.not_in_all == ("alpha", "centauri")
    assert not result.understood.any_word
    assert "shelter-wake" in [hit.listing.id for hit in result.hits]
