"""The parts of the score: what each is worth, and that they add up."""

import datetime as dt

import pytest

from matcher import criteria
from matcher.account import account_of
from matcher.candidate import Area, Candidate, Effect, Focus, Rule
from matcher.needs import Gender, Need, Needs, Person, Urgency
from matcher.taxonomy import Phase
from tests.matcher.world import DAY, NOON, catalog_of, needs_of, shelter


def value(part: str, candidate: Candidate, needs: Needs | None = None) -> float:
    """Return the value of one part of the score of `candidate`."""
    needs = needs or needs_of("emergency_shelter", county="37001")
    account = account_of(catalog_of([candidate]), needs, candidate.id)
    assert account is not None
    return next(p.value for p in account.parts if p.name == part)


def test_the_weights_add_up_to_one() -> None:
    assert sum(criteria.WEIGHTS.values()) == pytest.approx(1)
    assert sum(criteria.FRESHNESS_SHARES.values()) == pytest.approx(1)


def test_a_need_counts_by_its_urgency() -> None:
    needs = Needs(
        needs=(
            Need(code="emergency_shelter", urgency=Urgency.NOW),
            Need(code="food", urgency=Urgency.LATER),
        ),
        at=NOON,
        county="37001",
    )
    assert value("needs", shelter(), needs) == 0.75
    assert value("needs", shelter(codes=frozenset({"food"})), needs) == 0.25
    assert value("needs", shelter(refers_only=True), needs) == 0.375
    assert value("needs", shelter(can_be_called=False), needs) == 0.375


def test_each_question_takes_of_the_certainty() -> None:
    women = Rule(
        attribute="gender", effect=Effect.REQUIRES, values=frozenset({"woman"})
    )
    harm = Rule(
        attribute="victimization",
        effect=Effect.REQUIRES,
        values=frozenset({"domestic_violence"}),
    )
    mostly = Rule(
        attribute="gender", effect=Effect.PREFERS, values=frozenset({"woman"})
    )
    man = needs_of(
        "emergency_shelter", county="37001", person=Person(gender=Gender.MAN)
    )
    assert value("eligibility", shelter()) == 1
    assert value("eligibility", shelter(rules=(women,))) == criteria.QUESTION
    assert value("eligibility", shelter(rules=(harm,))) == criteria.SELDOM_QUESTION
    assert value("eligibility", shelter(rules=(women, harm))) == 0.4
    assert value("eligibility", shelter(rules=(mostly,)), man) == (
        criteria.PREFERS_OTHERS
    )


def test_reach_language_and_focus_have_the_values_of_the_table() -> None:
    statewide = shelter(area=Area(statewide=True))
    assert value("reach", shelter()) == criteria.REACH_SERVES
    assert value("reach", statewide) == criteria.REACH_STATEWIDE
    spanish = needs_of("emergency_shelter", county="37001", languages=("es",))
    assert value("language", shelter(), spanish) == criteria.LANGUAGE_NOT_RECORDED
    assert value("focus", shelter(focus=Focus.TRAFFICKING)) == 1
    assert value("focus", shelter()) == criteria.FOCUS_VALUES[0]


def test_what_is_made_for_such_a_person_is_worth_a_little_more() -> None:
    lgbtq = Rule(attribute="lgbtq", effect=Effect.REQUIRES, values=frozenset({"yes"}))
    trans = needs_of(
        "emergency_shelter", county="37001", person=Person(gender=Gender.TRANS_WOMAN)
    )
    assert value("tailored", shelter(rules=(lgbtq,)), trans) == 1
    assert value("tailored", shelter(), trans) == 0


def test_the_phase_counts_where_a_need_is_usual_in_it() -> None:
    for phase, expected in ((Phase.INITIAL_FREEDOM, 1), (Phase.RECOVERY, 0)):
        needs = needs_of("emergency_shelter", county="37001", phase=phase)
        assert value("phase", shelter(), needs) == expected
    assert value("phase", shelter()) == 0


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 1.0), (180, 0.5 * 0.8 + 0.25 * 0.2), (3600, 0.0)]
)
def test_a_confirmation_fades_fact_by_fact(days: int, expected: float) -> None:
    verified = {"record": DAY - dt.timedelta(days)}
    assert value("freshness", shelter(verified=verified)) == pytest.approx(
        expected, abs=1e-4
    )


def test_each_fact_has_its_own_confirmation() -> None:
    long_ago, today = DAY - dt.timedelta(3600), DAY
    for fact, share in (("eligibility", 0.3), ("hours", 0.2)):
        verified = {"record": long_ago, fact: today}
        assert value("freshness", shelter(verified=verified)) == pytest.approx(
            share, abs=1e-4
        )


def test_a_source_is_worth_less_than_a_confirmation() -> None:
    assert value("freshness", shelter()) == 0
    assert value("freshness", shelter(sourced=DAY)) == criteria.SOURCED
    old = DAY - dt.timedelta(730)
    assert value("freshness", shelter(sourced=old)) == criteria.SOURCED / 2
    both = shelter(sourced=DAY, verified={"record": DAY})
    assert value("freshness", both) == 1
