"""Which rules keep people out, and what would open a door."""

import pytest

from matcher.barrier import CHANGEABLE, other_answers
from matcher.candidate import Area, Candidate, Effect, Rule, Site
from matcher.needs import (
    Gender,
    Household,
    Immigration,
    Insurance,
    Person,
    PoliceReport,
)
from matcher.ranking import rank
from tests.matcher.world import catalog_of, needs_of, shelter


def rule(attribute: str, effect: Effect, *values: str) -> Rule:
    """Return a firm rule."""
    return Rule(attribute=attribute, effect=effect, values=frozenset(values))


def house(name: str, *rules: Rule, **more: object) -> Candidate:
    """Return a shelter with these rules."""
    return shelter(id=name, rules=rules, **more)


REPORT = rule("police_report", Effect.REQUIRES, "made", "willing")
NO_PETS = rule("pets", Effect.EXCLUDES, "yes")
WOMEN = rule("gender", Effect.REQUIRES, "woman")


def test_each_rule_counts_each_service_that_it_closes() -> None:
    some = [
        house("a", REPORT),
        house("b", REPORT, NO_PETS),
        house("c", WOMEN),
        house("d"),
        house("e", area=Area(counties=frozenset({"37007"}), complete=True)),
        house("f", sites=(Site(county="37003"),)),
    ]
    person = Person(
        police_report=PoliceReport.NOT_WILLING, pets=True, gender=Gender.MAN
    )
    needs = needs_of(
        "emergency_shelter",
        county="37001",
        person=person,
        avoid_counties=frozenset({"37003"}),
    )
    excluded = rank(catalog_of(some), needs, limit=9).excluded
    assert excluded.total == 5
    assert dict(excluded.by_rule) == {
        "police_report": 2,
        "avoid_county": 1,
        "gender": 1,
        "pets": 1,
        "service_area": 1,
    }
    # With a report only one opens: the other takes no pets. A gender is no answer that
    # one changes.
    assert dict(excluded.would_open) == {"police_report": 1}


@pytest.mark.parametrize(
    ("person", "rules", "expected"),
    [
        (Person(pets=True), [NO_PETS], {"pets": 1}),
        (
            Person(immigration=frozenset({Immigration.UNDOCUMENTED})),
            [rule("immigration", Effect.REQUIRES, "t_visa")],
            {"immigration": 1},
        ),
        (
            Person(insurance=Insurance.NONE),
            [rule("insurance", Effect.REQUIRES, "medicaid")],
            {"insurance": 1},
        ),
        # Children come along: the answer about them opens what takes one alone.
        (
            Person(children=1),
            [rule("household", Effect.EXCLUDES, "with_children")],
            {"children": 1},
        ),
        (
            Person(household=Household.WITH_CHILDREN),
            [rule("children", Effect.EXCLUDES, "yes")],
            {"household": 1},
        ),
        # What was not said cannot be changed, and what is not firm closes nothing.
        (Person(), [NO_PETS], {}),
        (
            Person(pets=True),
            [
                Rule(
                    attribute="pets",
                    effect=Effect.EXCLUDES,
                    values=frozenset({"yes"}),
                    firm=False,
                )
            ],
            {},
        ),
    ],
)
def test_one_other_answer_opens_a_door(
    person: Person, rules: list[Rule], expected: dict[str, int]
) -> None:
    needs = needs_of("emergency_shelter", county="37001", person=person)
    excluded = rank(catalog_of([house("a", *rules)]), needs, limit=1).excluded
    assert dict(excluded.would_open) == expected


def test_every_other_answer_differs_in_one_field() -> None:
    said = Person(children=2, pets=False, household=Household.ALONE, income_band=None)
    for name in CHANGEABLE:
        for other in other_answers(said, name):
            assert other != said
    assert [p.children for p in other_answers(said, "children")] == [0, 1]
    assert [p.pets for p in other_answers(said, "pets")] == [True]
    assert other_answers(said, "income") == []
