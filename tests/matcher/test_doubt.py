"""What a doubt takes from a service, what is said of it, and what it is left out of."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import criteria
from matcher.account import account_of
from matcher.candidate import Candidate, Doubt, Focus
from matcher.needs import Need, Needs
from matcher.ranking import rank
from tests.matcher.world import DAY, NOON, catalog_of, needs_of, shelter

SHELTER = needs_of("emergency_shelter", county="37001")


def value(part: str, candidate: Candidate) -> float:
    """Return the value of one part of the score of `candidate`."""
    account = account_of(catalog_of([candidate]), SHELTER, candidate.id)
    assert account is not None
    return next(p.value for p in account.parts if p.name == part)


def score(candidate: Candidate) -> float:
    """Return the score of `candidate`."""
    [option] = rank(catalog_of([candidate]), SHELTER, limit=1).options
    return option.score


def cautions(candidate: Candidate) -> set[str]:
    """Return what is said of `candidate` to beware of."""
    [option] = rank(catalog_of([candidate]), SHELTER, limit=1).options
    return {note.code for note in option.cautions} - {"unverified"}


def confirmed(**more: object) -> Candidate:
    """Return a shelter that was confirmed today."""
    return shelter(verified={"record": DAY}, **more)


@pytest.mark.parametrize(
    ("doubts", "expected"),
    [
        ({}, 1.0),
        ({Doubt.SILENCE: 1}, 0.9),
        ({Doubt.SILENCE: 2}, 0.8),
        ({Doubt.SILENCE: 3}, 0.6),
        ({Doubt.SILENCE: 9}, 0.6),
        ({Doubt.BOUNCE: 4}, 0.7),
        ({Doubt.WRONG_NUMBER: 2}, 0.5),
        ({Doubt.NO_ANSWER: 2}, 0.6),
        ({Doubt.CLOSED: 2}, 0.3),
        ({Doubt.REFUSES: 2}, 0.5),
        ({Doubt.SILENCE: 2, Doubt.BOUNCE: 1}, 0.56),
    ],
)
def test_a_doubt_takes_of_the_freshness(
    doubts: dict[Doubt, int], expected: float
) -> None:
    assert value("freshness", confirmed(doubts=doubts)) == pytest.approx(expected)


def test_every_doubt_takes_more_the_oftener_it_comes() -> None:
    assert set(criteria.DOUBTS) == {doubt.value for doubt in Doubt}
    for factors in criteria.DOUBTS.values():
        assert all(0 < factor < 1 for factor in factors)
        assert all(after < before for before, after in pairwise(factors))


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.sampled_from(Doubt), st.integers(1, 9)),
    st.sampled_from(Doubt),
    st.booleans(),
)
def test_one_doubt_more_never_ranks_higher(
    doubts: dict[Doubt, int],
    kind: Doubt,
    doubtful: bool,  # noqa: FBT001 - drawn by the strategy
) -> None:
    before = confirmed(doubts=doubts, doubtful_line=doubtful)
    more = {**doubts, kind: doubts.get(kind, 0) + 1}
    assert score(confirmed(doubts=more, doubtful_line=doubtful)) <= score(before)
    assert score(confirmed(doubts=more, doubtful_line=True)) <= score(before)


def test_a_line_that_is_said_to_be_dead_is_worth_more_than_none() -> None:
    assert value("needs", shelter()) == 1
    assert value("needs", shelter(doubtful_line=True)) == criteria.DOUBTFUL_LINE
    none = shelter(doubtful_line=True, can_be_called=False)
    assert value("needs", none) == criteria.NO_NUMBER


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, set()),
        ({"doubts": {Doubt.WRONG_NUMBER: 2}}, {"doubtful_number"}),
        ({"doubts": {Doubt.NO_ANSWER: 2}}, {"doubtful_number"}),
        (
            {"doubts": {Doubt.NO_ANSWER: 2}, "doubtful_line": True},
            {"doubtful_line"},
        ),
        ({"doubts": {Doubt.CLOSED: 2}}, {"said_closed"}),
        ({"doubts": {Doubt.REFUSES: 2}}, {"said_refuses"}),
        ({"doubts": {Doubt.BOUNCE: 1}}, {"bounced"}),
        ({"doubts": {Doubt.SILENCE: 2}}, set()),
        ({"doubts": {Doubt.SILENCE: 3}}, {"silent"}),
    ],
)
def test_a_card_says_what_was_told(more: dict[str, object], said: set[str]) -> None:
    assert cautions(shelter(**more)) == said


def test_who_cannot_be_reached_is_in_no_plan_while_another_can() -> None:
    dead = confirmed(
        id="dead",
        organization_id="dead",
        doubtful_line=True,
        focus=Focus.TRAFFICKING,
        always_open=True,
    )
    plain = shelter(id="plain", organization_id="plain")
    assert score(dead) > score(plain)
    needs = Needs(needs=(Need(code="emergency_shelter"),), at=NOON, county="37001")
    plan = rank(catalog_of([dead, plain]), needs, limit=9).plan
    assert [offer.organization_id for offer in plan.offers] == ["plain"]
    # Where nobody else is known, it is better than nothing.
    plan = rank(catalog_of([dead]), needs, limit=9).plan
    assert [offer.organization_id for offer in plan.offers] == ["dead"]
