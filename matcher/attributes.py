"""The attributes that eligibility turns on, and which of them matter where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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

Held = frozenset[str]
"""The answers that are true of a person for one attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of the person.

    `doubtful` are the answers that close doors often enough to ask where a listing is
    silent. `nearly` says for a word of a rule which other answers it may well mean: who
    gives one of them is neither taken nor turned away by that word, so it is asked.
    Where `each_opens`, several answers can be held at once, and one that is taken is
    enough. `always_soft` attributes never close a door by themselves; a question about
    what is `seldom` a bar costs less certainty. `tailors` marks those by which a
    service is made for some people, `broad` those that name too many for that.
    """

    name: str
    answers: Held
    doubtful: Held = frozenset()
    nearly: Mapping[str, Held] = field(default_factory=dict)
    each_opens: bool = False
    always_soft: bool = False
    seldom: bool = False
    tailors: bool = False
    broad: bool = False


_YES_NO = frozenset({"yes", "no"})
_TRANS = frozenset({Gender.TRANS_WOMAN, Gender.TRANS_MAN, Gender.NONBINARY})
# Who holds one of these seldom fails where a legal status is asked for.
_SETTLED = frozenset(
    {
        Immigration.US_CITIZEN,
        Immigration.LPR,
        Immigration.REFUGEE_ASYLEE,
        Immigration.T_VISA,
        Immigration.CONTINUED_PRESENCE,
        Immigration.HHS_CERTIFIED,
        Immigration.HHS_ELIGIBILITY_LETTER,
    }
)
# These lead to the letter of HHS, and the letter makes a survivor equal to a refugee
# (22 USC 7105(b)(1)): whoever asks for the one may well do with the other.
_LEADS_TO_LETTER = frozenset(
    {Immigration.T_VISA, Immigration.T_BONA_FIDE, Immigration.CONTINUED_PRESENCE}
)
_LETTERS = frozenset({Immigration.HHS_CERTIFIED, Immigration.HHS_ELIGIBILITY_LETTER})

ATTRIBUTES: tuple[Attribute, ...] = (
    # The order is that of the questions on the phone: what closes most doors first.
    Attribute(name="age", answers=frozenset(), tailors=True),
    Attribute(
        name="gender",
        answers=frozenset(Gender),
        doubtful=frozenset({Gender.MAN}) | _TRANS,
        # "Women" does not say what a house means for trans and nonbinary people. A
        # trans woman is not sent to a house for men.
        nearly={Gender.WOMAN: _TRANS, Gender.MAN: _TRANS - {Gender.TRANS_WOMAN}},
        broad=True,
    ),
    Attribute(name="children", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(name="partner", answers=_YES_NO, doubtful=frozenset({"no"})),
    Attribute(
        name="victimization",
        answers=frozenset(
            {
                "trafficking",
                "domestic_violence",
                "sexual_assault",
                "child_abuse",
                "other_crime",
            }
        ),
        always_soft=True,
        seldom=True,
        broad=True,
    ),
    Attribute(
        name="immigration",
        answers=frozenset(Immigration),
        doubtful=frozenset(Immigration) - _SETTLED,
        nearly={
            Immigration.HHS_CERTIFIED: _LEADS_TO_LETTER,
            Immigration.HHS_ELIGIBILITY_LETTER: _LEADS_TO_LETTER,
            Immigration.REFUGEE_ASYLEE: _LETTERS,
            Immigration.T_PENDING: frozenset({Immigration.T_BONA_FIDE}),
        },
        each_opens=True,
    ),
    Attribute(name="substances", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(
        name="exploitation",
        answers=frozenset({"sex", "labor"}),
        doubtful=frozenset({"labor"}),
        each_opens=True,
        tailors=True,
    ),
    Attribute(name="pets", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(name="photo_id", answers=_YES_NO, doubtful=frozenset({"no"})),
    Attribute(
        name="police_report",
        answers=frozenset(PoliceReport),
        doubtful=frozenset({PoliceReport.NOT_WILLING}),
    ),
    Attribute(
        name="justice",
        answers=frozenset(Justice) | {"none"},
        doubtful=frozenset(Justice),
    ),
    Attribute(
        name="disability",
        answers=frozenset(Disability) | {"none"},
        doubtful=frozenset(Disability),
    ),
    Attribute(
        name="insurance",
        answers=frozenset(Insurance),
        doubtful=frozenset({Insurance.NONE}),
    ),
    Attribute(name="income", answers=frozenset()),
    Attribute(
        name="pregnant", answers=_YES_NO, doubtful=frozenset({"yes"}), tailors=True
    ),
    Attribute(
        name="household",
        answers=frozenset(Household),
        doubtful=frozenset({Household.WITH_PARTNER, Household.WITH_OTHER_ADULT}),
    ),
    Attribute(
        name="tribal",
        answers=frozenset({"member", "no"}),
        tailors=True,
    ),
    Attribute(
        name="faith",
        answers=frozenset({"participation", "no"}),
        doubtful=frozenset({"no"}),
    ),
    Attribute(name="lgbtq", answers=_YES_NO, tailors=True),
    # No question of the form settles these, so what is recorded is asked.
    Attribute(
        name="housing_status",
        answers=frozenset({"homeless", "at_risk"}),
        seldom=True,
    ),
    Attribute(name="occupation", answers=frozenset()),
    Attribute(
        name="custody",
        answers=frozenset({"foster_care", "detained"}),
        seldom=True,
    ),
    Attribute(name="other", answers=frozenset({"other"}), seldom=True),
)

BY_NAME: Mapping[str, Attribute] = {a.name: a for a in ATTRIBUTES}

ADULT = 18
"""The age below which a person is a juvenile (G.S. 7B-101)."""

YOUTH = 30
"""A service whose upper age is below this is made for young people."""

RANGED = frozenset({"age", "income"})
"""Attributes whose rules are ranges of whole numbers."""

SELDOM = frozenset(a.name for a in ATTRIBUTES if a.seldom)
"""Attributes that seldom close a door."""

ORDER: dict[str, int] = {a.name: place for place, a in enumerate(ATTRIBUTES)}
"""The place of each attribute among the questions."""

_LOW_INCOME = 200

_HOUSE_RULES = frozenset(
    {"age", "gender", "children", "substances", "pets", "photo_id", "justice"}
    | {"disability", "household"}
)

USUAL_DOORS: Mapping[str, frozenset[str]] = {
    # Where a listing is silent, these attributes usually decide for this kind of
    # service, so they are asked of those whose answer is doubtful. The shelter row is
    # ASPE 2009 (few beds for men and families) and OVC on sobriety rules; that homes
    # are mostly for sex trafficking is what the listings of North Carolina say; the
    # legal row is 45 CFR 1626.4; the rest is our reading.
    "emergency_shelter": _HOUSE_RULES | {"partner"},
    "transitional_housing": _HOUSE_RULES | {"exploitation"},
    "permanent_housing": frozenset(
        {"immigration", "justice", "photo_id", "pets", "income"}
    ),
    "immigration_legal": frozenset({"immigration", "income"}),
    "civil_legal": frozenset({"immigration", "income"}),
    "compensation": frozenset({"police_report"}),
    "benefits": frozenset({"immigration", "photo_id", "income"}),
    "financial": frozenset({"immigration", "photo_id", "income"}),
    "physical_health": frozenset({"insurance", "income"}),
    "dental": frozenset({"insurance", "income"}),
    "reproductive_health": frozenset({"insurance", "income"}),
    "mental_health": frozenset({"insurance"}),
    "substance_use": frozenset({"insurance", "pregnant"}),
    "employment": frozenset({"immigration", "photo_id"}),
    "job_training": frozenset({"immigration", "photo_id"}),
}


def usual_doors(codes: Iterable[str]) -> frozenset[str]:
    """Return the attributes that usually decide for any of `codes`."""
    return frozenset(
        name for code in codes for name in USUAL_DOORS.get(code, frozenset())
    )


def is_doubtful_range(name: str, said: tuple[int, int]) -> bool:
    """Tell whether such an age or income closes doors often enough to ask."""
    if name == "age":
        return said[0] < ADULT
    return said[1] > _LOW_INCOME


def ranges(person: Person) -> dict[str, tuple[int, int]]:
    """Return the ages and incomes that fit what `person` said, lowest and highest."""
    said = {"age": person.ages, "income": person.incomes}
    return {name: both for name, both in said.items() if both is not None}


def held_answers(
    person: Person, codes: frozenset[str] = frozenset()
) -> dict[str, Held]:
    """Return what is true of `person`, by attribute; what was not said is left out.

    `codes` are what is needed. Ages and incomes are ranges and not part of it.
    """
    children = _with_children(person)
    said = {
        "victimization": _harms(person),
        "gender": _one(person.gender),
        "children": _yes_no(children),
        "partner": _yes_no(person.partner_was_trafficker),
        # To hold no status is not an answer; to have no disability is one.
        "immigration": _several(person.immigration) if person.immigration else None,
        "substances": _yes_no(person.using_substances),
        "exploitation": _kinds(person.exploitation),
        "pets": _yes_no(person.pets),
        "photo_id": _yes_no(person.photo_id),
        "police_report": _one(person.police_report),
        "justice": _several(person.justice_involved),
        "disability": _several(person.disability),
        "insurance": _one(person.insurance),
        "pregnant": _yes_no(person.pregnant),
        "household": _company(person.household, children),
        "tribal": _named("member", person.tribal_member),
        "faith": _named("participation", person.faith_based_ok),
        "lgbtq": frozenset({"yes"}) if person.gender in _TRANS else None,
        # Who needs a bed is without a home, in the words of those who offer beds.
        "housing_status": frozenset({"homeless"})
        if "emergency_shelter" in codes
        else None,
    }
    return {name: held for name, held in said.items() if held is not None}


def _one(value: StrEnum | None) -> Held | None:
    return None if value is None else frozenset({value.value})


def _several(values: frozenset[Any] | None) -> Held | None:
    if values is None:
        return None
    return frozenset(value.value for value in values) or frozenset({"none"})


def _named(name: str, said: bool | None) -> Held | None:  # noqa: FBT001 - an answer
    return None if said is None else frozenset({name if said else "no"})


def _yes_no(said: bool | None) -> Held | None:  # noqa: FBT001 - an answer
    return _named("yes", said)


def _with_children(person: Person) -> bool | None:
    """Tell whether children come along, as far as it was said in either place."""
    if person.children is not None:
        return person.children > 0
    if person.household is Household.WITH_CHILDREN:
        return True
    return False if person.household is Household.ALONE else None


def _company(said: Household | None, children: bool | None) -> Held | None:  # noqa: FBT001 - an answer
    """Return who comes along; children come on top of whom else was named."""
    held = {said.value} if said is not None else set()
    if children is not None:
        held -= {Household.WITH_CHILDREN.value}
    if children:
        held = (held - {Household.ALONE.value}) | {Household.WITH_CHILDREN.value}
    return frozenset(held) or None


def _kinds(said: Exploitation | None) -> Held | None:
    if said is Exploitation.BOTH:
        return frozenset({Exploitation.SEX.value, Exploitation.LABOR.value})
    return _one(said)


def _harms(person: Person) -> Held:
    """Return what was done to the person, in the words that services use for it.

    Everybody who is matched here was trafficked. Sex trafficking is also a sexual
    assault, a trafficker who was a partner is domestic violence, and a trafficked child
    is an abused juvenile (G.S. 7B-101).
    """
    harms = {"trafficking", "other_crime"}
    if person.exploitation in {Exploitation.SEX, Exploitation.BOTH}:
        harms.add("sexual_assault")
    if person.partner_was_trafficker:
        harms.add("domestic_violence")
    if person.ages is not None and person.ages[1] < ADULT:
        harms.add("child_abuse")
    return frozenset(harms)
