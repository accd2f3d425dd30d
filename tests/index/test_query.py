"""What is made of what people type."""

import pytest

from directory.index.result import SearchRequest
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    GUILFORD,
    NOON,
    ORANGE,
    WAKE,
    World,
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
