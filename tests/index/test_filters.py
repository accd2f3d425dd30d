"""Filters, the counts beside them, and what can be let go when nothing is left."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.index.doors import OFFERED, Door, doors_of
from directory.index.result import SearchRequest
from directory.projection import Listing
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    NOON,
    PROVENANCE,
    TERMS,
    WAKE,
    World,
    ids,
    listing,
    rule,
)

DAY = NOON.date()


def passes(one: Listing, request: SearchRequest) -> bool:
    """Tell, slowly and plainly, whether a listing passes the filters."""
    groups = {TERMS[code].parent for code in one.codes}
    spoken = {offer.code for offer in one.languages}
    spoken |= {code for number in one.lines for code in number.languages}
    held: list[tuple[tuple[str, ...], set[str | None]]] = [
        (request.services, {*one.codes, *groups}),
        (request.languages, {*spoken, *(["es"] if "mul" in spoken else [])}),
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


FIELDS: dict[str, str] = {
    "service": "services",
    "language": "languages",
    "delivery": "delivery",
    "cost": "cost",
}


@given(request_=REQUESTS)
def test_counts_are_what_choosing_the_value_alone_in_its_filter_gives(
    town: World, request_: SearchRequest
) -> None:
    result = town.searcher.search(town.snapshot, request_, NOON)
    for name, values in result.facets.items():
        for value in values:
            chosen = _only(request_, name, value.code)
            got = town.searcher.search(town.snapshot, chosen, NOON)
            assert got.total == value.count


def _only(request: SearchRequest, name: str, code: str) -> SearchRequest:
    """Return the request with `code` alone in its filter."""
    said: dict[str, object] = {
        field: getattr(request, field) for field in (*FIELDS.values(), "eligibility")
    }
    if name == "eligibility":
        attribute = code.split(":", maxsplit=1)[0] + ":"
        others = [c for c in request.eligibility if not c.startswith(attribute)]
        said["eligibility"] = (*others, code)
    else:
        said[FIELDS[name]] = (code,)
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


def test_confirmed_keeps_what_somebody_confirmed(town: World) -> None:
    assert town.found(verified=True) == ["shelter-durham"]


def test_unknown_values_find_nothing_and_harm_nothing(town: World) -> None:
    result = town.search(services=("no_such",), eligibility=("nonsense", "a:b"))
    assert result.total == 0
    shown = [value for values in result.facets.values() for value in values]
    assert {v.code for v in shown if v.chosen} == {"no_such", "nonsense", "a:b"}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (
            lambda town: town.search("dentist", county=BUNCOMBE),
            {("place", BUNCOMBE): 1},
        ),
        (
            lambda town: town.search("dentist asheville"),
            {("place", "Asheville"): 1},
        ),
        (
            lambda town: town.search(services=("dental",), languages=("es",)),
            {("service", "dental"): 3, ("language", "es"): 1},
        ),
        (
            lambda town: town.search("dentist", verified=True),
            {("verified", ""): 1, ("text", "dentist"): 1},
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
