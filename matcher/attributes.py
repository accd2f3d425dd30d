"""The attributes that eligibility turns on, and which of them matter where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matcher.needs import Exploitation, Gender, Person

Held = frozenset[str]
"""The answers that are true of a person for one attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of the person.

    `doubtful` are the answers that close doors often enough to ask where a listing is
    silent. `always_soft` attributes never close a door by themselves. `changeable` ones
    can be given another answer in "what would open".
    """

    name: str
    answers: Held
    doubtful: Held = frozenset()
    always_soft: bool = False
    changeable: bool = True


_YES_NO = frozenset({"yes", "no"})

ATTRIBUTES: tuple[Attribute, ...] = (
    # The order is that of the questions on the phone: what closes most doors first.
    Attribute(name="age", answers=frozenset(), changeable=False),
    Attribute(
        name="gender",
        answers=frozenset(Gender),
        doubtful=frozenset(
            {Gender.MAN, Gender.TRANS_WOMAN, Gender.TRANS_MAN, Gender.NONBINARY}
        ),
        changeable=False,
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
        changeable=False,
    ),
    Attribute(
        name="immigration",
        answers=frozenset(
            {
                "us_citizen",
                "lpr",
                "refugee_asylee",
                "t_visa",
                "t_pending",
                "t_bona_fide",
                "continued_presence",
                "hhs_certified",
                "hhs_eligibility_letter",
                "u_visa",
                "u_pending",
                "vawa",
                "other_lawful",
                "temporary_worker",
                "undocumented",
            }
        ),
        doubtful=frozenset(
            {
                "t_pending",
                "t_bona_fide",
                "u_visa",
                "u_pending",
                "vawa",
                "other_lawful",
                "temporary_worker",
                "undocumented",
            }
        ),
    ),
    Attribute(name="substances", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(
        name="exploitation",
        answers=frozenset({"sex", "labor"}),
        doubtful=frozenset({"labor"}),
        changeable=False,
    ),
    Attribute(name="pets", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(name="photo_id", answers=_YES_NO, doubtful=frozenset({"no"})),
    Attribute(
        name="police_report",
        answers=frozenset({"made", "willing", "not_willing"}),
        doubtful=frozenset({"not_willing"}),
    ),
    Attribute(
        name="justice",
        answers=frozenset(
            {
                "none",
                "warrant",
                "record",
                "registry",
                "violent_record",
                "pending_charges",
            }
        ),
        doubtful=frozenset(
            {"warrant", "record", "registry", "violent_record", "pending_charges"}
        ),
    ),
    Attribute(
        name="disability",
        answers=frozenset(
            {"none", "mobility", "hearing", "vision", "psychiatric", "intellectual"}
        ),
        doubtful=frozenset(
            {"mobility", "hearing", "vision", "psychiatric", "intellectual"}
        ),
        changeable=False,
    ),
    Attribute(
        name="insurance",
        answers=frozenset({"none", "medicaid", "medicare", "private"}),
        doubtful=frozenset({"none"}),
    ),
    Attribute(name="income", answers=frozenset()),
    Attribute(name="pregnant", answers=_YES_NO, doubtful=frozenset({"yes"})),
    Attribute(
        name="household",
        answers=frozenset(
            {"alone", "with_partner", "with_children", "with_other_adult"}
        ),
        doubtful=frozenset({"with_partner", "with_other_adult"}),
    ),
    Attribute(name="tribal", answers=frozenset({"member", "no"}), changeable=False),
    Attribute(name="faith", answers=frozenset({"participation", "no"})),
    Attribute(name="lgbtq", answers=_YES_NO, changeable=False),
    Attribute(name="housing_status", answers=frozenset({"homeless", "at_risk"})),
    Attribute(name="occupation", answers=frozenset()),
    Attribute(name="custody", answers=frozenset({"foster_care", "detained"})),
    Attribute(name="other", answers=frozenset({"other"})),
)

ADULT = 18
"""The age below which a person is a juvenile (G.S. 7B-101)."""

RANGED = frozenset({"age", "income"})
"""Attributes whose rules are ranges of whole numbers."""

SOFT = frozenset(a.name for a in ATTRIBUTES if a.always_soft)
"""Attributes that seldom close a door."""

ORDER: dict[str, int] = {a.name: place for place, a in enumerate(ATTRIBUTES)}
"""The place of each attribute among the questions."""

USUAL_DOORS: Mapping[str, frozenset[str]] = {
    # Where a listing is silent, these attributes usually decide for this kind of
    # service, so they are asked of those whose answer is doubtful. The shelter row is
    # ASPE 2009 (few beds for men and families) and OVC on sobriety rules; the legal row
    # is 45 CFR 1626.4; the rest is our reading.
    "emergency_shelter": frozenset(
        {"age", "gender", "children", "partner", "substances", "pets", "photo_id"}
        | {"justice", "disability", "household"}
    ),
    "transitional_housing": frozenset(
        {"age", "gender", "children", "substances", "pets", "photo_id", "justice"}
        | {"disability", "household"}
    ),
    "permanent_housing": frozenset({"immigration", "justice", "photo_id", "pets"}),
    "immigration_legal": frozenset({"immigration"}),
    "civil_legal": frozenset({"immigration"}),
    "compensation": frozenset({"police_report"}),
    "benefits": frozenset({"immigration", "photo_id"}),
    "financial": frozenset({"immigration", "photo_id"}),
    "physical_health": frozenset({"insurance"}),
    "dental": frozenset({"insurance"}),
    "reproductive_health": frozenset({"insurance"}),
    "mental_health": frozenset({"insurance"}),
    "substance_use": frozenset({"insurance", "pregnant"}),
    "employment": frozenset({"immigration", "photo_id"}),
    "job_training": frozenset({"immigration", "photo_id"}),
}


def held_answers(person: Person) -> dict[str, Held]:
    """Return what is true of `person`, by attribute; what was not said is left out.

    Ages and incomes are ranges and not part of it.
    """
    said = {
        "victimization": _harms(person),
        "gender": _one(person.gender),
        "children": _yes_no(None if person.children is None else person.children > 0),
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
        "household": _one(person.household),
        "tribal": _named("member", person.tribal_member),
        "faith": _named("participation", person.faith_based_ok),
        "lgbtq": frozenset({"yes"}) if person.gender in _LGBTQ else None,
    }
    return {name: held for name, held in said.items() if held is not None}


_LGBTQ = frozenset({Gender.TRANS_WOMAN, Gender.TRANS_MAN, Gender.NONBINARY})


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
