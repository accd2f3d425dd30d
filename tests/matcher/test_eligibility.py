"""Eligibility in three values."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings

from matcher import bits
from matcher.candidate import Candidate, Effect, Rule
from matcher.eligibility import Eligibility
from matcher.needs import (
    Disability,
    Exploitation,
    Gender,
    Immigration,
    Person,
    PoliceReport,
)
from tests.matcher.reference import verdict
from tests.matcher.world import DAY, candidates, people, shelter


def judged(candidate: Candidate, person: Person) -> dict[str, str]:
    """Return what the columns say of one candidate, in the oracle's form."""
    verdicts = Eligibility([candidate], DAY).judge(person)
    words = {name: "ask" for name, asks in verdicts.asks.items() if bits.count(asks)}
    words.update(
        {name: "no" for name, closed in verdicts.closes.items() if bits.count(closed)}
    )
    return words


def rule(attribute: str, effect: str, *values: str, **more: object) -> Rule:
    """Return a rule in few words."""
    return Rule(
        attribute=attribute,
        effect=Effect(effect),
        values=frozenset(values),
        **more,  # type: ignore[arg-type]
    )


WOMEN = rule("gender", "requires", "woman")
NO_CHILDREN = rule("children", "excludes", "yes")
ADULTS = rule("age", "requires", minimum=18)
YOUTH = rule("age", "requires", minimum=18, maximum=24)


@pytest.mark.parametrize(
    ("rules", "person", "expected"),
    [
        ([WOMEN], Person(gender=Gender.WOMAN), {}),
        ([WOMEN], Person(gender=Gender.MAN), {"gender": "no"}),
        ([WOMEN], Person(), {"gender": "ask"}),
        ([rule("gender", "requires", "any")], Person(gender=Gender.MAN), {}),
        ([], Person(gender=Gender.MAN), {"gender": "ask"}),
        ([], Person(gender=Gender.WOMAN), {}),
        ([], Person(), {}),
        ([NO_CHILDREN], Person(children=2), {"children": "no"}),
        ([NO_CHILDREN], Person(children=0), {}),
        ([NO_CHILDREN], Person(), {"children": "ask"}),
        ([ADULTS], Person(age=17), {"age": "no"}),
        ([ADULTS], Person(age=18), {}),
        ([YOUTH], Person(age_band="25_59"), {"age": "no"}),
        ([YOUTH], Person(age_band="18_24"), {}),
        (
            [rule("age", "requires", minimum=21)],
            Person(age_band="18_24"),
            {"age": "ask"},
        ),
        ([], Person(age=16), {"age": "ask"}),
        (
            [rule("immigration", "requires", "t_visa", "hhs_certified")],
            Person(
                immigration=frozenset(
                    {Immigration.T_VISA, Immigration.CONTINUED_PRESENCE}
                )
            ),
            {},
        ),
        (
            [rule("immigration", "requires", "us_citizen")],
            Person(immigration=frozenset({Immigration.UNDOCUMENTED})),
            {"immigration": "no"},
        ),
        (
            [rule("immigration", "requires", "us_citizen")],
            Person(immigration=frozenset()),
            {"immigration": "ask"},
        ),
        (
            [rule("police_report", "requires", "made", "willing")],
            Person(police_report=PoliceReport.NOT_WILLING),
            {"police_report": "no"},
        ),
        (
            [rule("police_report", "requires", "made", "willing", firm=False)],
            Person(police_report=PoliceReport.NOT_WILLING),
            {"police_report": "ask"},
        ),
        (
            [rule("exploitation", "requires", "sex")],
            Person(exploitation=Exploitation.BOTH),
            {},
        ),
        (
            [rule("disability", "excludes", "hearing")],
            Person(disability=frozenset()),
            {},
        ),
        (
            [rule("disability", "excludes", "hearing")],
            Person(disability=frozenset({Disability.HEARING})),
            {"disability": "no"},
        ),
        (
            [rule("victimization", "requires", "domestic_violence")],
            Person(partner_was_trafficker=False),
            {"partner": "ask", "victimization": "ask"},
        ),
        (
            [rule("victimization", "requires", "domestic_violence")],
            Person(partner_was_trafficker=True),
            {},
        ),
        ([rule("gender", "prefers", "woman")], Person(gender=Gender.MAN), {}),
    ],
)
def test_a_rule_gives_yes_no_or_ask(
    rules: list[Rule], person: Person, expected: dict[str, str]
) -> None:
    assert judged(shelter(rules=tuple(rules)), person) == expected


def test_two_requirements_on_one_attribute_must_both_be_met() -> None:
    both = (
        rule("immigration", "requires", "t_visa"),
        rule("immigration", "requires", "lpr"),
    )
    held = frozenset({Immigration.T_VISA})
    assert judged(shelter(rules=both), Person(immigration=held)) == {
        "immigration": "no"
    }


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, {"gender": "ask"}), (1, {"gender": "no"})]
)
def test_a_rule_holds_only_between_its_dates(
    days: int, expected: dict[str, str]
) -> None:
    ended = dataclasses.replace(WOMEN, effective_to=DAY + dt.timedelta(days))
    assert judged(shelter(rules=(ended,)), Person(gender=Gender.MAN)) == expected


@settings(max_examples=300, deadline=None)
@given(candidates(), people())
def test_the_columns_equal_the_plain_rules(
    some: list[Candidate], person: Person
) -> None:
    verdicts = Eligibility(some, DAY).judge(person)
    for row, candidate in enumerate(some):
        words = {n: "ask" for n, asks in verdicts.asks.items() if bits.has(asks, row)}
        words.update(
            {n: "no" for n, shut in verdicts.closes.items() if bits.has(shut, row)}
        )
        assert words == verdict(candidate, person, DAY)
