"""Who comes first, and why it says so."""

from directory.index.boosts import read_boosts
from directory.index.result import PAGE_SIZE, Group, Reason
from directory.projection import LanguageOffer
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    SEED_DATA,
    WAKE,
    Storage,
    World,
    line,
    listing,
    organization,
    place,
    rule,
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


def test_folded_words_meet_and_the_exact_form_is_first(storage: Storage) -> None:
    two = world(storage, listing("a", "Nina house"), listing("b", "Niña house"))
    assert two.found("niña") == ["b", "a"]
    assert two.found("nina") == ["a", "b"]
    assert two.found("nin\u0303a") == ["b", "a"]


def test_a_refugee_is_no_refuge(storage: Storage) -> None:
    two = world(storage, listing("a", "Refugee office"), listing("b", "A refuge"))
    assert two.found("refuge") == ["b"]


def test_for_whom_lifts_and_never_drops(town: World) -> None:
    assert set(town.found("shelter for women")) == set(town.found("shelter"))


def test_referral_bodies_stand_below_providers(town: World) -> None:
    assert town.found("shelter")[-1] == "coalition"


def test_small_bonuses_decide_between_equals(storage: Storage) -> None:
    office = organization()
    equals = world(
        storage,
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


def test_a_site_may_serve_the_county_next_to_it(storage: Storage) -> None:
    site = world(
        storage,
        listing("a", "A", coverage="site_only", counties=(), places=(place(WAKE),)),
    )
    assert site.search(county=WAKE).hits[0].group is Group.COUNTY
    assert site.search(county=DURHAM).hits[0].group is Group.MAYBE
    assert site.search(county=BUNCOMBE).hits[0].group is Group.ELSEWHERE


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


def test_a_synonym_in_the_text_is_named_as_it_stands_there(storage: Storage) -> None:
    one = world(storage, listing("a", "Office", description="We have a pantry."))
    assert one.search("despensa").hits[0].reasons == (
        Reason(code="text", words="pantry"),
    )


def test_words_that_are_only_in_the_text_are_found(town: World) -> None:
    assert town.found("emdr") == ["therapy"]
    assert town.found("sliding scale")[0] == "therapy"


def test_languages_can_be_searched_as_words(town: World) -> None:
    speak_it = {"shelter-wake", "hotline", "immigration"}
    assert set(town.found("spanish")) == speak_it
    assert set(town.found("español")) == speak_it


def test_an_empty_search_lists_everything_by_name(town: World) -> None:
    result = town.search()
    names = [hit.listing.name.casefold() for hit in result.hits]
    assert names == sorted(names)
    assert result.total == len(town.snapshot.listings)
    assert result.groups == {Group.ANYWHERE: result.total}


def test_paging_repeats_nothing_and_misses_nothing(storage: Storage) -> None:
    keys = [f"{number:03}" for number in range(2 * PAGE_SIZE + 5)]
    many = world(storage, *(listing(key, "Same", "food") for key in keys))
    pages = [many.found("food", page=page) for page in (1, 2, 3)]
    assert [key for page in pages for key in page] == keys
    beyond = many.search("food", page=99)
    assert (beyond.hits, beyond.total, beyond.pages) == ((), len(keys), 3)
    assert beyond.relaxations == ()


def test_order_does_not_depend_on_the_order_of_the_listings(storage: Storage) -> None:
    some = [listing(key, "Same", "food") for key in "abc"]
    forward = world(storage, *some)
    backward = world(storage, *reversed(some))
    assert forward.found("food") == backward.found("food")


def test_an_interpreter_for_any_language_counts_for_each(storage: Storage) -> None:
    two = world(
        storage,
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


def test_a_name_of_nothing_but_filler_is_found(storage: Storage) -> None:
    two = world(storage, listing("a", "Another"), listing("b", "Our Place"))
    assert two.found("our place")[0] == "b"


def test_a_kind_of_help_is_not_found_where_it_is_only_mentioned(
    storage: Storage,
) -> None:
    said = "Does not have a shelter."
    mentions = [listing(key, "Office", "benefits", description=said) for key in "abc"]
    town = world(storage, *mentions, listing("s", "Beds", "emergency_shelter"))
    assert town.found("shelter") == ["s"]
    assert town.found("shelter", county=WAKE) == ["s"]


def test_what_is_mentioned_counts_where_nobody_gives_it(storage: Storage) -> None:
    said = listing("a", "Office", "benefits", description="Ask about a shelter.")
    assert world(storage, said).found("shelter") == ["a"]


def test_an_acronym_finds_the_name_it_stands_for(town: World) -> None:
    assert town.found("DCRC") == ["shelter-durham"]
    assert town.found("n.h.t.h.")[0] == "hotline"


def test_who_is_named_comes_first_wherever_it_reaches_from(town: World) -> None:
    result = town.search("legal aid durham")
    assert result.hits[0].listing.id == "immigration"
    assert result.hits[0].group is Group.FIRST
    assert Reason(code="statewide") in result.hits[0].reasons
    assert result.groups[Group.FIRST] == 1
    assert sum(result.groups.values()) == result.total


def test_who_is_named_is_shown_where_it_does_not_reach(town: World) -> None:
    result = town.search("pisgah legal wilmington")
    assert [hit.listing.id for hit in result.hits] == ["civil-west"]
    assert result.understood.widened


def test_a_kind_of_help_in_a_name_is_not_the_name(storage: Storage) -> None:
    two = world(
        storage,
        listing(
            "far",
            "Safe house",
            "emergency_shelter",
            organization=organization("Coastal Women's Shelter"),
            counties=(DURHAM,),
            coverage="partial",
        ),
        listing("here", "Emergency shelter", "emergency_shelter"),
    )
    assert two.found("women's shelter raleigh") == ["here", "far"]


def test_the_official_program_comes_first_and_says_why(storage: Storage) -> None:
    hotline = read_boosts(SEED_DATA)[0]
    two = world(
        storage,
        listing("a", "Trafficking hotline", "crisis_line", always_open=True),
        listing(
            hotline.service_id,
            "Number",
            "crisis_line",
            coverage="statewide",
            counties=(),
        ),
    )
    for words in ("trafficking hotline", "línea contra la trata"):
        first, second = two.search(words, county=WAKE).hits
        assert (first.listing.id, first.group) == (hotline.service_id, Group.FIRST)
        assert first.reasons[0] == Reason(
            code="official", words=hotline.reason_en, words_es=hotline.reason_es
        )
        assert second.group is Group.COUNTY


def test_what_is_set_first_only_without_a_place_stays_in_its_group(
    storage: Storage,
) -> None:
    stamps = next(b for b in read_boosts(SEED_DATA) if not b.anywhere)
    words = stamps.phrases[0]
    two = world(
        storage,
        listing("a", words, "crisis_line", focus="trafficking"),
        listing(
            stamps.service_id,
            words,
            "crisis_line",
            coverage="statewide",
            counties=(),
            focus="trafficking",
        ),
    )
    assert two.found(words) == [stamps.service_id, "a"]
    assert two.found(words, county=WAKE) == ["a", stamps.service_id]


def test_what_is_known_to_be_so_comes_before_what_only_says_so(
    storage: Storage,
) -> None:
    spoken = (LanguageOffer(code="es", by="staff", note=None),)
    two = world(
        storage,
        listing("a", "Office", "food", description="We like Spanish food."),
        listing("b", "Office", "food", languages=spoken),
    )
    assert two.found("food spanish") == ["b", "a"]
    reasons = two.search("food spanish").hits[0].reasons
    assert Reason(code="fits", words="language:es") in reasons


def test_who_is_turned_away_stands_last_and_is_told(storage: Storage) -> None:
    shelter = "emergency_shelter"
    three = world(
        storage,
        listing("a", "A", shelter, rules=(rule("gender", "requires", "woman"),)),
        listing("b", "B", shelter),
        listing("c", "C", shelter, rules=(rule("gender", "requires", "man"),)),
    )
    assert three.found("shelter for men") == ["c", "b", "a"]
    last = three.search("shelter for men").hits[-1]
    assert Reason(code="refuses", words="gender:man") in last.reasons


def test_the_first_meaning_of_a_word_comes_before_the_second(storage: Storage) -> None:
    two = world(
        storage,
        listing("a", "A", "immigration_legal", focus="trafficking"),
        listing("b", "B", "civil_legal"),
    )
    assert two.found("lawyer") == ["b", "a"]
    assert two.found("lawyer", county=WAKE) == ["b", "a"]


def test_without_a_place_what_serves_everybody_comes_first(storage: Storage) -> None:
    two = world(
        storage,
        listing("a", "A", "benefits"),
        listing("b", "B", "benefits", coverage="statewide", counties=()),
    )
    assert two.found("medicaid") == ["b", "a"]
    assert two.found("medicaid", county=WAKE) == ["a", "b"]
