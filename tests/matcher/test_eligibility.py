"""Eligibility in three values."""

import dataclasses
import datetime as dt

import pytest

from matcher import bits
from matcher.candidate import Candidate, Effect, Rule
from matcher.eligibility import Eligibility
from matcher.needs import (
    Disability,
    Exploitation,
    Gender,
    Household,
    Immigration,
    Insurance,
    Justice,
    Person,
    PoliceReport,
)
from tests.matcher.reference import verdict
from tests.matcher.world import DAY, shelter

BED = frozenset({"emergency_shelter"})


def judged(
    candidate: Candidate, person: Person, codes: frozenset[str] = BED
) -> dict[str, str]:
    """Return what the columns say of one candidate, in the oracle's form."""
    words = {}
    for name, said in Eligibility([candidate], DAY).judge(person, codes).items():
        if bits.count(said.asks):
            words[name] = "ask"
        if bits.count(said.closes):
            words[name] = "no"
    assert words == verdict(candidate, person, DAY, codes)
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
MEN = rule("gender", "requires", "man")
NO_CHILDREN = rule("children", "excludes", "yes")
ALONE = rule("household", "requires", "alone")
ADULTS = rule("age", "requires", minimum=18)
YOUTH = rule("age", "requires", minimum=18, maximum=24)
LETTER = rule("immigration", "requires", "hhs_certified", "refugee_asylee")
FOREIGN = rule("immigration", "excludes", "us_citizen")


def statuses(*held: Immigration) -> Person:
    """Return a person who holds these statuses."""
    return Person(immigration=frozenset(held))


@pytest.mark.parametrize(
    ("rules", "person", "expected"),
    [
        # A rule that is met, one that is not, and a person who does not say.
        ([WOMEN], Person(gender=Gender.WOMAN), {}),
        ([WOMEN], Person(gender=Gender.MAN), {"gender": "no"}),
        ([WOMEN], Person(), {"gender": "ask"}),
        # Open to all is recorded; nothing recorded is something else.
        ([rule("gender", "requires", "any")], Person(gender=Gender.MAN), {}),
        ([], Person(gender=Gender.MAN), {"gender": "ask"}),
        ([], Person(gender=Gender.WOMAN), {}),
        ([], Person(), {}),
        # What "women" and "men" mean for trans and nonbinary people must be asked.
        ([WOMEN], Person(gender=Gender.TRANS_WOMAN), {"gender": "ask"}),
        ([WOMEN], Person(gender=Gender.NONBINARY), {"gender": "ask"}),
        ([MEN], Person(gender=Gender.TRANS_MAN), {"gender": "ask"}),
        ([MEN], Person(gender=Gender.TRANS_WOMAN), {"gender": "no"}),
        (
            [rule("gender", "excludes", "man")],
            Person(gender=Gender.TRANS_MAN),
            {"gender": "ask"},
        ),
        (
            [rule("gender", "requires", "woman", "trans_woman")],
            Person(gender=Gender.TRANS_WOMAN),
            {},
        ),
        ([NO_CHILDREN], Person(children=2), {"children": "no"}),
        ([NO_CHILDREN], Person(children=0), {}),
        ([NO_CHILDREN], Person(), {"children": "ask"}),
        # Children are said in one place or the other.
        (
            [NO_CHILDREN],
            Person(household=Household.WITH_CHILDREN),
            {"children": "no"},
        ),
        ([NO_CHILDREN], Person(household=Household.ALONE), {}),
        ([ALONE], Person(household=Household.ALONE), {}),
        ([ALONE], Person(children=1), {"children": "ask", "household": "no"}),
        ([ALONE], Person(children=0), {"household": "ask"}),
        (
            [rule("household", "excludes", "with_partner")],
            Person(household=Household.WITH_PARTNER, children=1),
            {"children": "ask", "household": "no"},
        ),
        # Ages, and bands of which only a part fits.
        ([ADULTS], Person(age=17), {"age": "no"}),
        ([ADULTS], Person(age=18), {}),
        ([YOUTH], Person(age_band="25_59"), {"age": "no"}),
        ([YOUTH], Person(age_band="18_24"), {}),
        (
            [rule("age", "requires", minimum=21)],
            Person(age_band="18_24"),
            {"age": "ask"},
        ),
        ([ADULTS, rule("age", "excludes", minimum=60)], Person(age=63), {"age": "no"}),
        (
            [rule("age", "excludes", minimum=20, maximum=22)],
            Person(age_band="18_24"),
            {"age": "ask"},
        ),
        (
            [rule("age", "excludes", minimum=20, maximum=22)],
            Person(age=21),
            {"age": "no"},
        ),
        ([rule("age", "excludes", maximum=17)], Person(age=30), {}),
        ([rule("age", "requires", "any")], Person(age=16), {}),
        ([rule("age", "prefers", minimum=18)], Person(age=16), {}),
        ([], Person(age=16), {"age": "ask"}),
        ([], Person(age=70), {}),
        # Several statuses: one that is taken is enough.
        (
            [rule("immigration", "requires", "t_visa", "hhs_certified")],
            statuses(Immigration.T_VISA, Immigration.CONTINUED_PRESENCE),
            {},
        ),
        (
            [rule("immigration", "requires", "us_citizen")],
            statuses(Immigration.UNDOCUMENTED),
            {"immigration": "no"},
        ),
        (
            [rule("immigration", "requires", "us_citizen")],
            statuses(),
            {"immigration": "ask"},
        ),
        ([FOREIGN], statuses(Immigration.US_CITIZEN), {"immigration": "no"}),
        (
            [FOREIGN],
            statuses(Immigration.US_CITIZEN, Immigration.T_VISA),
            {"immigration": "ask"},
        ),
        # A T visa leads to the letter, and the letter makes equal to a refugee.
        ([LETTER], statuses(Immigration.T_VISA), {"immigration": "ask"}),
        ([LETTER], statuses(Immigration.HHS_CERTIFIED), {}),
        ([LETTER], statuses(Immigration.UNDOCUMENTED), {"immigration": "no"}),
        (
            [rule("immigration", "requires", "refugee_asylee")],
            statuses(Immigration.HHS_ELIGIBILITY_LETTER),
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
            [rule("exploitation", "requires", "sex")],
            Person(exploitation=Exploitation.LABOR),
            {"exploitation": "no"},
        ),
        (
            [rule("disability", "excludes", "hearing")],
            Person(disability=frozenset()),
            {},
        ),
        (
            [rule("disability", "excludes", "hearing")],
            Person(disability=frozenset({Disability.HEARING, Disability.VISION})),
            {"disability": "no"},
        ),
        (
            [],
            Person(disability=frozenset({Disability.MOBILITY})),
            {"disability": "ask"},
        ),
        (
            [rule("justice", "excludes", "registry")],
            Person(justice_involved=frozenset({Justice.WARRANT})),
            {},
        ),
        (
            [],
            Person(justice_involved=frozenset({Justice.WARRANT})),
            {"justice": "ask"},
        ),
        (
            [rule("substances", "excludes", "yes")],
            Person(using_substances=True),
            {"substances": "no"},
        ),
        ([], Person(pets=True, photo_id=False), {"pets": "ask", "photo_id": "ask"}),
        ([rule("pregnant", "requires", "yes")], Person(), {"pregnant": "ask"}),
        (
            [rule("insurance", "requires", "medicaid")],
            Person(insurance=Insurance.NONE),
            {"insurance": "no"},
        ),
        (
            [rule("income", "requires", maximum=200)],
            Person(income_band="151_200"),
            {},
        ),
        (
            [rule("income", "requires", maximum=125)],
            Person(income_band="100_150"),
            {"income": "ask"},
        ),
        (
            [rule("income", "requires", maximum=125)],
            Person(income_band="over_300"),
            {"income": "no"},
        ),
        ([rule("tribal", "requires", "member")], Person(tribal_member=True), {}),
        (
            [rule("tribal", "requires", "member")],
            Person(tribal_member=False),
            {"tribal": "no"},
        ),
        (
            [rule("faith", "requires", "participation")],
            Person(faith_based_ok=False),
            {"faith": "no"},
        ),
        # What was done to a person is named in many words: no word closes a door.
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
        (
            [rule("victimization", "requires", "sexual_assault")],
            Person(exploitation=Exploitation.SEX),
            {},
        ),
        (
            [rule("victimization", "requires", "child_abuse")],
            Person(age=15),
            {"age": "ask"},
        ),
        (
            [rule("lgbtq", "requires", "yes")],
            Person(gender=Gender.WOMAN),
            {"lgbtq": "ask"},
        ),
        (
            [rule("lgbtq", "requires", "yes")],
            Person(gender=Gender.TRANS_MAN),
            {},
        ),
        (
            [rule("lgbtq", "requires", "any"), WOMEN],
            Person(gender=Gender.TRANS_MAN),
            {"gender": "ask"},
        ),
        # Who needs a bed is without a home.
        ([rule("housing_status", "requires", "homeless")], Person(), {}),
        (
            [rule("occupation", "requires", "farmworker")],
            Person(),
            {"occupation": "ask"},
        ),
        ([rule("other", "requires", "other")], Person(), {"other": "ask"}),
        ([rule("gender", "prefers", "woman")], Person(gender=Gender.MAN), {}),
        # What the matcher does not know of does not speak.
        ([rule("residence", "requires", "service_area")], Person(), {}),
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
    held = statuses(Immigration.T_VISA)
    assert judged(shelter(rules=both), held) == {"immigration": "no"}


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, {"gender": "ask"}), (1, {"gender": "no"})]
)
def test_a_rule_holds_only_between_its_dates(
    days: int, expected: dict[str, str]
) -> None:
    ended = dataclasses.replace(WOMEN, effective_to=DAY + dt.timedelta(days))
    assert judged(shelter(rules=(ended,)), Person(gender=Gender.MAN)) == expected


def test_a_question_is_asked_only_about_a_need_for_which_it_matters() -> None:
    both = shelter(codes=frozenset({"emergency_shelter", "food"}))
    man = Person(gender=Gender.MAN)
    assert judged(both, man) == {"gender": "ask"}
    assert judged(both, man, frozenset({"food"})) == {}


def test_a_high_income_is_asked_about_where_it_usually_decides() -> None:
    clinic = shelter(codes=frozenset({"dental"}))
    dental = frozenset({"dental"})
    assert judged(clinic, Person(income_band="over_300"), dental) == {"income": "ask"}
    assert judged(clinic, Person(income_band="under_100"), dental) == {}


@pytest.mark.parametrize(
    ("rules", "person", "expected"),
    [
        # The age of the child counts, or that of whoever comes with it.
        ([rule("age", "requires", maximum=17)], Person(age=30), {}),
        ([rule("age", "requires", maximum=17)], Person(), {}),
        ([rule("age", "requires", minimum=18)], Person(age=30), {}),
        ([rule("age", "requires", maximum=5)], Person(age=30), {"age": "ask"}),
        ([rule("age", "requires", minimum=60)], Person(age=30), {"age": "no"}),
        ([rule("age", "requires", maximum=12)], Person(age=15), {"age": "no"}),
    ],
)
def test_a_service_for_children_is_judged_by_the_child(
    rules: list[Rule], person: Person, expected: dict[str, str]
) -> None:
    center = shelter(codes=frozenset({"child_services"}), rules=tuple(rules))
    assert judged(center, person, frozenset({"child_services"})) == expected


def test_whoever_picks_up_a_line_talks_with_everybody() -> None:
    pregnant, code = Person(pregnant=True), frozenset({"substance_use"})
    clinic = shelter(codes=code)
    line = shelter(codes=code, remote=True, in_person=False)
    assert judged(clinic, pregnant, code) == {"pregnant": "ask"}
    assert judged(line, pregnant, code) == {}


def test_a_faith_based_provider_is_asked_about_and_not_lost() -> None:
    mission = shelter(faith_based=True)
    refuses = Person(faith_based_ok=False)
    assert judged(mission, refuses) == {"faith": "ask"}
    assert judged(mission, Person(faith_based_ok=True)) == {}
    assert judged(shelter(faith_based=False), refuses) == {}
    open_to_all = shelter(faith_based=True, rules=(rule("faith", "requires", "any"),))
    assert judged(open_to_all, refuses) == {}
    said = Eligibility([open_to_all], DAY).judge(refuses, BED)
    assert bits.count(said["faith"].others) == 1


@pytest.mark.parametrize(
    ("rules", "person", "made_for", "others"),
    [
        ([rule("lgbtq", "requires", "yes")], Person(gender=Gender.NONBINARY), 1, 0),
        ([rule("tribal", "prefers", "member")], Person(tribal_member=True), 1, 0),
        ([rule("tribal", "prefers", "member")], Person(tribal_member=False), 0, 1),
        ([YOUTH], Person(age=19), 1, 0),
        ([YOUTH], Person(age_band="18_24"), 1, 0),
        ([YOUTH], Person(age=40), 0, 0),
        ([ADULTS], Person(age=40), 0, 0),
        ([rule("age", "prefers", maximum=24)], Person(age=40), 0, 1),
        ([rule("age", "prefers", maximum=24)], Person(age=20), 1, 0),
        ([WOMEN], Person(gender=Gender.WOMAN), 0, 0),
    ],
)
def test_a_service_can_be_made_for_a_person_or_prefer_others(
    rules: list[Rule], person: Person, made_for: int, others: int
) -> None:
    said = Eligibility([shelter(rules=tuple(rules))], DAY).judge(person, BED).values()
    assert sum(bits.count(verdict.made_for) for verdict in said) == made_for
    assert sum(bits.count(verdict.others) for verdict in said) == others
