"""Filters, the counts beside them, and what can be let go when nothing is left."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.index.doors import OFFERED, Door, doors_of
from directory.index.facts import accessibility_of
from directory.index.result import FILTERS, Group, Reason, SearchRequest
from directory.projection import LanguageOffer, Listing
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    HYDE,
    NOON,
    PROVENANCE,
    TERMS,
    WAKE,
    Storage,
    World,
    ids,
    line,
    listing,
    rule,
    world,
)

DAY = NOON.date()


def passes(one: Listing, request: SearchRequest) -> bool:
    """Tell, slowly and plainly, whether a listing passes the filters."""
    groups = {TERMS[code].parent for code in one.codes}
    spoken = {offer.code for offer in one.languages}
    spoken |= {code for number in one.lines for code in number.languages}
    by = {who for offer in one.languages for who in [offer.by] if who != "material"}
    held: list[tuple[tuple[str, ...], set[str | None]]] = [
        (request.services, {*one.codes, *groups}),
        (request.languages, {*spoken, *(["es"] if "mul" in spoken else [])}),
        (request.language_by, {*by}),
        (request.accessibility, set(accessibility_of(one))),
        (request.verified, {"any"} if one.verified_on else set()),
        (request.delivery, {*one.delivery}),
        (request.cost, {one.cost.option if one.cost else None}),
    ]
    if any(chosen and not set(chosen) & values for chosen, values in held):
        return False
    attributes: dict[str, list[str]] = {}
    for code in request.eligibility:
        attributes.setdefault(code.partition(":")[0], []).append(code)
    doors = doors_of(one, DAY)
    return all(
        any(doors.get(code) is not Door.CLOSED for code in codes)
        for codes in attributes.values()
    )


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


REQUESTS = st.builds(
    SearchRequest,
    services=some(["home", "law", "emergency_shelter", "food", "civil_legal"]),
    languages=some(["es"]),
    language_by=some(["staff", "interpreter"]),
    accessibility=some(["deaf", "mobility"]),
    verified=some(["any"]),
    county=st.none(),
    eligibility=some(["gender:man", "gender:woman", "pets:yes", "photo_id:no"]),
    delivery=some(["in_person", "phone", "online"]),
    cost=some(["free", "sliding_scale"]),
)


@given(request_=REQUESTS)
def test_filters_agree_with_a_plain_count(town: World, request_: SearchRequest) -> None:
    result = town.searcher.search(town.snapshot, request_, NOON)
    plain = {one.id for one in town.snapshot.listings.values() if passes(one, request_)}
    assert set(ids(result)) == plain
    assert result.total == len(plain)


@given(request_=REQUESTS, county=st.sampled_from([None, WAKE, BUNCOMBE]))
def test_counts_are_what_choosing_the_value_alone_in_its_filter_gives(
    town: World, request_: SearchRequest, county: str | None
) -> None:
    request_ = replace(request_, county=county)
    result = town.searcher.search(town.snapshot, request_, NOON)
    for name, values in result.facets.items():
        for value in values:
            chosen = _only(request_, name, value.code)
            got = town.searcher.search(town.snapshot, chosen, NOON)
            nothing_here = got.understood.widened and not result.understood.widened
            assert value.count == (0 if nothing_here else got.total)


def _only(request: SearchRequest, name: str, code: str) -> SearchRequest:
    """Return the request with `code` alone in its filter."""
    said: dict[str, object] = {
        field: getattr(request, field) for field in (*FILTERS.values(), "county")
    }
    if name == "eligibility":
        attribute = code.split(":", maxsplit=1)[0] + ":"
        others = [c for c in request.eligibility if not c.startswith(attribute)]
        said["eligibility"] = (*others, code)
    else:
        said[FILTERS[name]] = (code,)
    return SearchRequest(**said)  # type: ignore[arg-type]


def test_a_group_of_services_is_all_that_stands_in_it(town: World) -> None:
    facets = {
        value.code: value for value in town.search("", county=WAKE).facets["service"]
    }
    assert facets["home"].count == town.search(county=WAKE, services=("home",)).total
    assert list(facets).index("home") < list(facets).index("emergency_shelter")
    assert "safety_planning" in {v.code for v in town.search().facets["service"]}


def test_only_languages_that_are_there_are_offered(town: World) -> None:
    assert [value.code for value in town.search().facets["language"]] == ["es"]


def test_eligibility_is_offered_where_some_listing_says_yes_or_no(town: World) -> None:
    offered = [value.code for value in town.search().facets["eligibility"]]
    assert offered == [
        "gender:woman",
        "gender:man",
        "gender:trans_woman",
        "gender:trans_man",
        "gender:nonbinary",
        "children:yes",
        "photo_id:no",
        "pets:yes",
    ]
    assert [v.code for v in town.search("dentist").facets["eligibility"]] == []


def test_a_closed_door_is_out_and_silence_stays_below_a_yes(town: World) -> None:
    result = town.search("shelter", eligibility=("gender:man",))
    found = ids(result)
    assert "shelter-wake" not in found
    assert found[0] == "shelter-men"
    unsure = {hit.listing.id: hit.unsure for hit in result.hits}
    assert unsure["shelter-men"] == ()
    assert unsure["shelter-durham"] == ("gender:man",)


def test_answers_to_different_questions_must_all_fit(town: World) -> None:
    both = town.found("shelter", eligibility=("gender:woman", "pets:yes"))
    assert "shelter-wake" not in both
    either = town.found("shelter", eligibility=("gender:woman", "gender:man"))
    assert {"shelter-wake", "shelter-men"} <= set(either)


@pytest.mark.parametrize(
    ("fact", "code", "door"),
    [
        (rule("gender", "requires", "woman"), "gender:woman", Door.OPEN),
        (rule("gender", "requires", "woman"), "gender:man", Door.CLOSED),
        (rule("gender", "requires", "any"), "gender:man", Door.OPEN),
        (rule("gender", "excludes", "man"), "gender:man", Door.CLOSED),
        (rule("gender", "excludes", "man"), "gender:woman", Door.OPEN),
        (rule("gender", "prefers", "woman"), "gender:man", Door.UNSAID),
        (rule("children", "requires", "any"), "children:yes", Door.OPEN),
        (rule("children", "excludes", "yes"), "children:yes", Door.CLOSED),
        (rule("photo_id", "requires", "yes"), "photo_id:no", Door.CLOSED),
        (rule("photo_id", "requires", "any"), "photo_id:no", Door.OPEN),
        (rule("age", "requires", minimum=18), "age:minor", Door.CLOSED),
        (rule("age", "requires", minimum=12, maximum=17), "age:minor", Door.OPEN),
        (rule("age", "requires", "any"), "age:minor", Door.OPEN),
        (rule("age", "excludes", maximum=17), "age:minor", Door.CLOSED),
        (
            rule("police_report", "requires", "made"),
            "police_report:not_willing",
            Door.CLOSED,
        ),
        (rule("insurance", "requires", "medicaid"), "insurance:none", Door.CLOSED),
        (rule("justice", "excludes", "record"), "justice:record", Door.CLOSED),
        (
            rule("immigration", "requires", "lpr"),
            "immigration:undocumented",
            Door.CLOSED,
        ),
        (rule("exploitation", "requires", "sex"), "exploitation:labor", Door.CLOSED),
        # Hearsay makes one ask, and so does a rule that is not in force.
        (
            rule("gender", "requires", "woman", basis="inferred"),
            "gender:man",
            Door.UNSAID,
        ),
        (
            rule("gender", "requires", "woman", effective_to=dt.date(2026, 1, 1)),
            "gender:man",
            Door.UNSAID,
        ),
        (
            rule("gender", "requires", "woman", effective_from=dt.date(2026, 1, 1)),
            "gender:man",
            Door.CLOSED,
        ),
        # A house rule that was read long ago may have changed.
        (
            rule(
                "pets",
                "excludes",
                "yes",
                provenance=type(PROVENANCE)(
                    links=(), date="2019", read_on=DAY, evidence=""
                ),
            ),
            "pets:yes",
            Door.UNSAID,
        ),
    ],
)
def test_rules_open_and_close_doors(fact: object, code: str, door: Door) -> None:
    doors = doors_of(listing("a", "A", rules=(fact,)), DAY)
    assert doors.get(code, Door.UNSAID) is door


def test_one_rule_that_closes_is_enough() -> None:
    rules = (rule("age", "requires", "any"), rule("age", "requires", minimum=18))
    assert doors_of(listing("a", "A", rules=rules), DAY)["age:minor"] is Door.CLOSED


def test_every_filter_is_an_attribute_and_an_answer() -> None:
    assert all(code.count(":") == 1 for code in OFFERED)


def test_open_now_keeps_what_is_known_to_be_open(town: World) -> None:
    assert set(town.found(open_now=True)) == {"shelter-wake", "hotline"}
    night = NOON.replace(hour=22)
    found = ids(town.search(at=night, open_now=True))
    assert set(found) == {"shelter-wake", "hotline", "shelter-men"}


def test_confirmed_keeps_what_somebody_confirmed(storage: Storage) -> None:
    days = {"new": 10, "spring": 150, "last-year": 300, "old": 900}
    some = [
        listing(key, key, verified={"record": DAY - dt.timedelta(days=ago)})
        for key, ago in days.items()
    ]
    confirmed = world(storage, *some, listing("never", "never"))
    assert set(confirmed.found(verified=("3",))) == {"new"}
    assert set(confirmed.found(verified=("6",))) == {"new", "spring"}
    assert set(confirmed.found(verified=("3", "12"))) == {"new", "spring", "last-year"}
    assert set(confirmed.found(verified=("any",))) == set(days)
    counts = {v.code: v.count for v in confirmed.search().facets["verified"]}
    assert counts == {"3": 1, "6": 2, "12": 3, "any": 4}


def test_that_nothing_was_confirmed_is_shown(storage: Storage) -> None:
    facets = world(storage, listing("a", "A")).search().facets
    assert [value.count for value in facets["verified"]] == [0, 0, 0, 0]
    assert [name for name, values in facets.items() if values] == [
        "delivery",
        "verified",
    ]


def offers(*said: str) -> tuple[LanguageOffer, ...]:
    """Return offers written as `es/staff`."""
    return tuple(
        LanguageOffer(code=code, by=by, note=None)
        for code, by in (one.split("/") for one in said)
    )


def test_who_speaks_a_language_holds_for_that_language(storage: Storage) -> None:
    speaking = world(
        storage,
        listing("staff", "A", languages=offers("es/staff")),
        listing("interpreter", "B", languages=offers("es/interpreter", "vi/staff")),
        listing("any", "C", languages=offers("mul/interpreter")),
        listing("papers", "D", languages=offers("es/material")),
        listing("line", "E", lines=(line(languages=("es",)),)),
    )
    found = speaking.found
    assert set(found(languages=("es",))) == {"staff", "interpreter", "any", "line"}
    assert found(languages=("es",), language_by=("staff",)) == ["staff"]
    by_interpreter = found(languages=("es",), language_by=("interpreter",))
    assert set(by_interpreter) == {"interpreter", "any"}
    assert set(found(language_by=("staff",))) == {"staff", "interpreter"}
    facets = speaking.search(languages=("es",)).facets
    counts = {value.code: value.count for value in facets["language_by"]}
    assert counts == {"staff": 1, "interpreter": 2}


def test_access_is_what_is_recorded(storage: Storage) -> None:
    access = world(
        storage,
        listing("tty", "A", accessibility=("TTY line (2020 news)",)),
        listing("signs", "B", languages=offers("ase/staff")),
        listing("ramp", "C", accessibility=("A ramp leads to the door.",)),
        listing("animals", "D", accessibility=("Service animals may stay",)),
        listing("silent", "E"),
    )
    assert set(access.found(accessibility=("deaf",))) == {"tty", "signs"}
    assert access.found(accessibility=("mobility",)) == ["ramp"]
    both = access.found(accessibility=("mobility", "service_animal"))
    assert set(both) == {"ramp", "animals"}
    counts = {v.code: v.count for v in access.search().facets["accessibility"]}
    assert counts == {"deaf": 2, "mobility": 1, "service_animal": 1}


def test_unknown_values_find_nothing_and_harm_nothing(town: World) -> None:
    result = town.search(services=("no_such",), eligibility=("nonsense", "a:b"))
    assert result.total == 0
    shown = [value for values in result.facets.values() for value in values]
    assert {v.code for v in shown if v.chosen} == {"no_such", "nonsense", "a:b"}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (
            lambda town: town.search(services=("dental",), languages=("es",)),
            {("service", "dental"): 3, ("language", "es"): 1},
        ),
        (
            lambda town: town.search("dentist", verified=("any",)),
            {("verified", "any"): 1, ("text", "dentist"): 1},
        ),
        (
            lambda town: town.search(services=("dental",), languages=("vi", "ko")),
            {("language", ""): 1},
        ),
        (
            lambda town: town.search('"clinic smile"'),
            {("quotes", ""): 1},
        ),
        (
            lambda town: town.search(
                services=("dental",), delivery=("online",), cost=("free",)
            ),
            {("service", "dental"): 1},
        ),
        (
            lambda town: town.search("dentist", delivery=("online",), cost=("free",)),
            {("text", "dentist"): 1},
        ),
    ],
)
def test_when_nothing_is_left_what_helps_is_said_with_true_counts(
    town: World, search: Callable[[World], object], expected: dict[tuple[str, str], int]
) -> None:
    result = search(town)
    assert result.total == 0  # type: ignore[attr-defined]
    found = {
        (r.filter, r.value): r.count
        for r in result.relaxations  # type: ignore[attr-defined]
    }
    assert expected.items() <= found.items()
    for relaxation in result.relaxations:  # type: ignore[attr-defined]
        again = town.searcher.search(town.snapshot, relaxation.request, NOON)
        assert again.total == relaxation.count > 0


def test_filters_hold_beside_words_and_a_place(town: World) -> None:
    found = town.found("shelter", county=DURHAM, delivery=("in_person",))
    assert found == ["shelter-durham", "far"]


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(text="dentist", county=BUNCOMBE),
        SearchRequest(text="dentist asheville"),
        SearchRequest(text="dentist", place="western NC"),
        SearchRequest(services=("dental",), county=BUNCOMBE),
    ],
)
def test_a_place_that_empties_the_list_is_widened(
    town: World, request_: SearchRequest
) -> None:
    result = town.searcher.search(town.snapshot, request_, NOON)
    assert result.understood.widened
    assert ids(result) == ["dentist"]
    assert result.groups == {Group.ELSEWHERE: 1}
    assert Reason(code="elsewhere") in result.hits[0].reasons
    # What would find something at the place itself is said as well.
    assert {r.filter for r in result.relaxations} <= {"text", "service"}
    for relaxation in result.relaxations:
        again = town.searcher.search(town.snapshot, relaxation.request, NOON)
        assert again.total == relaxation.count > 0
        assert not again.understood.widened


def test_the_nearest_of_what_is_elsewhere_comes_first(storage: Storage) -> None:
    far = world(
        storage,
        *(
            listing(key, "Clinic", "dental", counties=(fips,))
            for key, fips in (("hyde", HYDE), ("durham", DURHAM), ("wake", WAKE))
        ),
    )
    assert far.found("dentist", county=BUNCOMBE) == ["durham", "wake", "hyde"]


def test_what_is_elsewhere_is_left_out_where_something_is_here(town: World) -> None:
    result = town.search("shelter", county=DURHAM)
    assert not result.understood.widened
    assert Group.ELSEWHERE not in result.groups
