"""Who comes first, and why it says so."""

from pathlib import Path

from directory.index.result import PAGE_SIZE, Group, Reason
from directory.projection import LanguageOffer
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    WAKE,
    World,
    line,
    listing,
    organization,
    place,
    world,
)


def test_a_tag_beats_a_mention(town: World) -> None:
    found = town.found("lawyer")
    assert found[:2] == ["civil-west", "immigration"]
    assert found.index("therapy") > 1 if "therapy" in found else True


def test_synonyms_work_both_ways_and_in_both_languages(town: World) -> None:
    for text in ("dentist", "dentista", "tooth", "muela"):
        assert town.found(text) == ["dentist"]


def test_the_organization_that_is_named_comes_first(town: World) -> None:
    assert town.found("legal aid of north carolina")[0] == "immigration"
    assert town.found("LANC") == ["immigration"]
    assert town.found("durham crisis response center") == ["shelter-durham"]


def test_folded_words_meet_and_the_exact_form_is_first(tmp_path: Path) -> None:
    two = world(tmp_path, listing("a", "Nina house"), listing("b", "Niña house"))
    assert two.found("niña") == ["b", "a"]
    assert two.found("nina") == ["a", "b"]
    assert two.found("nin\u0303a") == ["b", "a"]


def test_a_refugee_is_no_refuge(tmp_path: Path) -> None:
    two = world(tmp_path, listing("a", "Refugee office"), listing("b", "A refuge"))
    assert two.found("refuge") == ["b"]


def test_for_whom_lifts_and_never_drops(town: World) -> None:
    assert set(town.found("shelter for women")) == set(town.found("shelter"))


def test_referral_bodies_stand_below_providers(town: World) -> None:
    assert town.found("shelter")[-1] == "coalition"


def test_small_bonuses_decide_between_equals(tmp_path: Path) -> None:
    office = organization()
    equals = world(
        tmp_path,
        listing("a", "Shelter", "food", organization=office, lines=(line("sheriff"),)),
        listing("b", "Shelter", "food", organization=office, lines=(line(),)),
        listing(
            "c",
            "Shelter",
            "food",
            organization=office,
            lines=(line(),),
            focus="trafficking",
        ),
    )
    assert equals.found("food") == ["c", "b", "a"]


def test_coverage_comes_before_distance(town: World) -> None:
    result = town.search("shelter", county=WAKE)
    groups = {hit.listing.id: hit.group for hit in result.hits}
    assert groups == {
        "shelter-wake": Group.COUNTY,
        "shelter-men": Group.COUNTY,
        "shelter-durham": Group.MAYBE,
        "far": Group.MAYBE,
        "coalition": Group.STATEWIDE,
    }
    assert list(groups)[2:] == ["shelter-durham", "far", "coalition"]
    assert result.groups == {Group.COUNTY: 2, Group.MAYBE: 2, Group.STATEWIDE: 1}


def test_a_complete_list_of_counties_keeps_other_counties_out(town: World) -> None:
    assert "civil-west" not in town.found(county=WAKE)


def test_a_site_may_serve_the_county_next_to_it(tmp_path: Path) -> None:
    site = world(
        tmp_path,
        listing("a", "A", coverage="site_only", counties=(), places=(place(WAKE),)),
    )
    assert site.search(county=WAKE).hits[0].group is Group.COUNTY
    assert site.search(county=DURHAM).hits[0].group is Group.MAYBE
    assert site.found(county=BUNCOMBE) == []


def test_where_only_the_region_is_known_it_may_serve_the_region(town: World) -> None:
    hits = town.search(county=BUNCOMBE).hits
    groups = {hit.listing.id: hit.group for hit in hits}
    assert groups["rescue-region"] is Group.MAYBE
    assert "rescue-region" not in town.found(county=WAKE)


def test_each_hit_says_why_it_is_here(town: World) -> None:
    hit = town.search("shelter", county=WAKE, languages=("es",)).hits[0]
    assert hit.reasons == (
        Reason(code="name", words="shelter"),
        Reason(code="tag", words="emergency_shelter"),
        Reason(code="county", words=WAKE),
        Reason(code="language", words="es"),
    )
    assert town.search("refer").hits[0].reasons == (Reason(code="text", words="refer"),)


def test_a_synonym_in_the_text_is_named_as_it_stands_there(tmp_path: Path) -> None:
    one = world(tmp_path, listing("a", "Office", description="We have a pantry."))
    assert one.search("despensa").hits[0].reasons == (
        Reason(code="text", words="pantry"),
    )


def test_words_that_are_only_in_the_text_are_found(town: World) -> None:
    assert town.found("emdr") == ["therapy"]
    assert town.found("sliding scale")[0] == "therapy"


def test_languages_can_be_searched_as_words(town: World) -> None:
    assert town.found("spanish") == ["shelter-wake"]
    assert town.found("español") == ["shelter-wake"]


def test_an_empty_search_lists_everything_by_name(town: World) -> None:
    result = town.search()
    names = [hit.listing.name.casefold() for hit in result.hits]
    assert names == sorted(names)
    assert result.total == len(town.snapshot.listings)
    assert result.groups == {Group.ANYWHERE: result.total}


def test_paging_repeats_nothing_and_misses_nothing(tmp_path: Path) -> None:
    keys = [f"{number:03}" for number in range(2 * PAGE_SIZE + 5)]
    many = world(tmp_path, *(listing(key, "Same", "food") for key in keys))
    pages = [many.found("food", page=page) for page in (1, 2, 3)]
    assert [key for page in pages for key in page] == keys
    beyond = many.search("food", page=99)
    assert (beyond.hits, beyond.total, beyond.pages) == ((), len(keys), 3)
    assert beyond.relaxations == ()


def test_order_does_not_depend_on_the_order_of_the_listings(tmp_path: Path) -> None:
    some = [listing(key, "Same", "food") for key in "abc"]
    forward = world(tmp_path / "one", *some)
    backward = world(tmp_path / "two", *reversed(some))
    assert forward.found("food") == backward.found("food")


def test_an_interpreter_for_any_language_counts_for_each(tmp_path: Path) -> None:
    two = world(
        tmp_path,
        listing(
            "a",
            "A",
            languages=(LanguageOffer(code="mul", by="interpreter", note=None),),
        ),
        listing("b", "B", languages=(LanguageOffer(code="vi", by="staff", note=None),)),
        listing(
            "c", "C", languages=(LanguageOffer(code="vi", by="material", note=None),)
        ),
    )
    assert two.found(languages=("vi",)) == ["a", "b"]


def test_a_name_of_nothing_but_filler_is_found(tmp_path: Path) -> None:
    two = world(tmp_path, listing("a", "Another"), listing("b", "Our Place"))
    assert two.found("our place")[0] == "b"


def test_a_kind_of_help_is_not_found_where_it_is_only_mentioned(tmp_path: Path) -> None:
    said = "Does not have a shelter."
    mentions = [listing(key, "Office", "benefits", description=said) for key in "abc"]
    town = world(tmp_path, *mentions, listing("s", "Beds", "emergency_shelter"))
    assert town.found("shelter") == ["s"]
    assert town.found("shelter", county=WAKE) == ["s"]


def test_what_is_mentioned_counts_where_nobody_gives_it(tmp_path: Path) -> None:
    said = listing("a", "Office", "benefits", description="Ask about a shelter.")
    assert world(tmp_path, said).found("shelter") == ["a"]
