"""What holds of every ranking, whatever the catalog and the request."""

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.attributes import held_answers, ranges
from matcher.candidate import Candidate, Effect
from matcher.needs import Gender, Need, Needs, Person, Urgency
from matcher.ranking import rank
from matcher.taxonomy import Phase
from tests.matcher import reference
from tests.matcher.reference import World, verdict
from tests.matcher.world import (
    DAY,
    GEOGRAPHY,
    TAXONOMY,
    candidates,
    catalog_of,
    needs_of,
    people,
    requests,
    shelter,
)

ALL = 1000
FIELDS = [field.name for field in dataclasses.fields(Person)]


@settings(max_examples=40, deadline=None)
@given(candidates(), requests(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    some: list[Candidate], needs: Needs, chance: random.Random
) -> None:
    shuffled = some.copy()
    chance.shuffle(shuffled)
    assert rank(catalog_of(some), needs, limit=5) == rank(
        catalog_of(shuffled), needs, limit=5
    )


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_no_option_breaks_a_rule(some: list[Candidate], needs: Needs) -> None:
    by_id = {candidate.id: candidate for candidate in some}
    for option in rank(catalog_of(some), needs, limit=ALL).options:
        words = verdict(by_id[option.service_id], needs.person, DAY, needs.codes)
        assert "no" not in words.values()
        assert option.eligibility == "ask" or not words
        assert set(option.covers) == needs.codes & by_id[option.service_id].codes


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_every_service_that_covers_a_need_is_found_or_counted(
    some: list[Candidate], needs: Needs
) -> None:
    matching = rank(catalog_of(some), needs, limit=ALL)
    scope = sum(bool(needs.codes & candidate.codes) for candidate in some)
    assert matching.found == len(matching.options)
    assert matching.excluded.total == scope - matching.found


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_scores_are_bounded_and_in_order(some: list[Candidate], needs: Needs) -> None:
    scores = [o.score for o in rank(catalog_of(some), needs, limit=ALL).options]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=40, deadline=None)
@given(candidates(), requests(), people(), st.sampled_from(FIELDS))
def test_an_answer_given_changes_no_more_than_what_it_is_about(
    some: list[Candidate], needs: Needs, other: Person, field: str
) -> None:
    person = needs.person
    told = dataclasses.replace(person, **{field: getattr(other, field)})
    before = {**held_answers(person, needs.codes), **ranges(person)}
    after = {**held_answers(told, needs.codes), **ranges(told)}
    for candidate in some:
        first = verdict(candidate, person, DAY, needs.codes)
        then = verdict(candidate, told, DAY, needs.codes)
        for name in first.keys() | then.keys():
            if before.get(name) == after.get(name):
                assert first.get(name) == then.get(name)
    # A door that another rule closes stays closed, whatever was told.
    matching = rank(
        catalog_of(some), dataclasses.replace(needs, person=told), limit=ALL
    )
    found = {option.service_id for option in matching.options}
    for candidate in some:
        words = verdict(candidate, told, DAY, needs.codes)
        assert not ("no" in words.values() and candidate.id in found)


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_telling_more_closes_a_door_only_where_a_rule_says_no(
    some: list[Candidate], needs: Needs
) -> None:
    silent = dataclasses.replace(needs, person=Person())
    told = found(some, needs)
    by_id = {candidate.id: candidate for candidate in some}
    for lost in found(some, silent) - told:
        words = verdict(by_id[lost], needs.person, DAY, needs.codes)
        closing = {name for name, word in words.items() if word == "no"}
        firm = {
            rule.attribute
            for rule in by_id[lost].rules
            if rule.firm and rule.holds_on(DAY) and rule.effect is not Effect.PREFERS
        }
        assert closing
        assert closing <= firm
    assert told <= found(some, silent)


def found(some: list[Candidate], needs: Needs) -> set[str]:
    """Return the ids of all options."""
    options = rank(catalog_of(some), needs, limit=ALL).options
    return {option.service_id for option in options}


@settings(max_examples=40, deadline=None)
@given(candidates(4), requests())
def test_covering_one_need_more_never_ranks_lower(
    some: list[Candidate], needs: Needs
) -> None:
    for candidate in some:
        # All else equal: hours would count for a need of now and for no other, and more
        # kinds of service bring more usual doors.
        one = dataclasses.replace(candidate, hours=())
        more = dataclasses.replace(one, codes=one.codes | needs.codes)
        before = rank(catalog_of([one]), needs, limit=1).options
        after = rank(catalog_of([more]), needs, limit=1).options
        if before and after and before[0].questions == after[0].questions:
            assert after[0].score >= before[0].score


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_an_unrelated_service_changes_nothing(
    some: list[Candidate], needs: Needs
) -> None:
    related = [candidate for candidate in some if needs.codes & candidate.codes]
    assert rank(catalog_of(some), needs, limit=ALL) == rank(
        catalog_of(related), needs, limit=ALL
    )


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_what_would_open_is_what_asking_again_opens(
    some: list[Candidate], needs: Needs
) -> None:
    world = World(some, TAXONOMY, GEOGRAPHY, DAY)
    opened = dict(rank(catalog_of(some), needs, limit=1).excluded.would_open)
    assert opened == reference.would_open(world, needs)


@settings(max_examples=40, deadline=None)
@given(candidates(), requests(), st.integers(1, 12))
def test_a_short_list_has_the_best_of_each_need(
    some: list[Candidate], needs: Needs, limit: int
) -> None:
    whole = rank(catalog_of(some), needs, limit=ALL).options
    short = rank(catalog_of(some), needs, limit=limit).options
    assert len(short) == min(limit, len(whole))
    assert [option for option in whole if option in short] == list(short)
    if limit >= len(needs.needs):
        for need in needs.needs:
            best = [option for option in whole if need.code in option.covers]
            assert not best or best[0] in short


def test_what_comes_next_is_usual_in_the_phase_that_follows() -> None:
    catalog = catalog_of([])
    now = needs_of("emergency_shelter", phase=Phase.RECOVERY)
    assert rank(catalog, now, limit=1).next_needs == ()
    first = needs_of("emergency_shelter")
    assert rank(catalog, first, limit=1).next_needs == (
        "immigration_legal",
        "dental",
        "substance_use",
        "child_services",
        "english_classes",
    )
    last = needs_of("english_classes", phase=Phase.INDEPENDENCE)
    assert rank(catalog, last, limit=1).next_needs == ()


def test_the_phase_is_a_weight_and_no_gate() -> None:
    catalog = catalog_of([shelter()])
    score = {
        phase: rank(catalog, needs_of("emergency_shelter", phase=phase), limit=1)
        .options[0]
        .score
        for phase in Phase
    }
    assert score[Phase.INITIAL_FREEDOM] > score[Phase.INDEPENDENCE] > 0


def test_an_urgent_need_counts_more_than_a_later_one() -> None:
    some = [
        shelter(id="bed"),
        shelter(id="food", organization_id="p", codes=frozenset({"food"})),
    ]
    for urgent, other in (("emergency_shelter", "food"), ("food", "emergency_shelter")):
        needs = dataclasses.replace(
            needs_of(urgent),
            needs=(
                Need(code=other, urgency=Urgency.LATER),
                Need(code=urgent, urgency=Urgency.NOW),
            ),
        )
        best = rank(catalog_of(some), needs, limit=2).options[0]
        assert best.covers == (urgent,)


def test_what_nobody_covers_is_named() -> None:
    needs = needs_of("emergency_shelter", "dental", county="37001")
    matching = rank(catalog_of([shelter()]), needs, limit=5)
    assert matching.uncovered == ("dental",)
    assert [offer.organization_id for offer in matching.plan.offers] == ["o"]


def test_several_services_of_one_agency_are_one_call() -> None:
    some = [
        shelter(id="a"),
        shelter(id="b", codes=frozenset({"food"})),
        shelter(id="c", organization_id="p", codes=frozenset({"food"})),
    ]
    needs = needs_of("emergency_shelter", "food", county="37001")
    plan = rank(catalog_of(some), needs, limit=5).plan
    assert [(o.organization_id, o.covers) for o in plan.offers] == [("o", 0b11)]


def test_who_only_sends_on_or_cannot_be_called_is_no_sure_plan() -> None:
    some = [
        shelter(id="a", organization_id="silent", can_be_called=False),
        shelter(id="b", organization_id="sends", refers_only=True),
        shelter(id="c", organization_id="good", focus=0),
    ]
    needs = needs_of("emergency_shelter", county="37001")
    for services, planned in (
        (some, ["good"]),
        (some[:2], ["silent"]),
        (some[1:2], []),
    ):
        plan = rank(catalog_of(services), needs, limit=3).plan
        assert [offer.organization_id for offer in plan.offers] == planned


@pytest.mark.parametrize("limit", [1, 2])
def test_ties_go_by_id(limit: int) -> None:
    some = [shelter(id=name, organization_id=name) for name in ("b", "c", "a")]
    options = rank(catalog_of(some), needs_of("emergency_shelter"), limit=limit).options
    assert [option.service_id for option in options] == ["a", "b"][:limit]


def test_nothing_that_was_said_is_in_a_repr() -> None:
    needs = needs_of("food", county="37003", person=Person(gender=Gender.MAN, age=41))
    text = f"{needs!r} {needs.needs!r} {needs.person!r}"
    assert not any(word in text for word in ("food", "37003", "man", "41"))
