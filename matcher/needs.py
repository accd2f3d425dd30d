"""What a survivor needs now, and who they are as far as eligibility demands."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.taxonomy import Phase


class Urgency(StrEnum):
    """How soon a need must be met."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


class Travel(StrEnum):
    """How far a person can travel."""

    WALK = "walk"
    TRANSIT = "transit"
    CAR = "car"
    ANYWHERE = "anywhere"
    REMOTE_ONLY = "remote_only"


class Gender(StrEnum):
    """The gender of a person, in their own words."""

    WOMAN = "woman"
    MAN = "man"
    TRANS_WOMAN = "trans_woman"
    TRANS_MAN = "trans_man"
    NONBINARY = "nonbinary"


class Exploitation(StrEnum):
    """What kind of trafficking it was."""

    SEX = "sex"
    LABOR = "labor"
    BOTH = "both"


class Immigration(StrEnum):
    """A status that a person holds; several can be held at once."""

    US_CITIZEN = "us_citizen"
    LPR = "lpr"
    REFUGEE_ASYLEE = "refugee_asylee"
    T_VISA = "t_visa"
    T_PENDING = "t_pending"
    T_BONA_FIDE = "t_bona_fide"
    CONTINUED_PRESENCE = "continued_presence"
    HHS_CERTIFIED = "hhs_certified"
    HHS_ELIGIBILITY_LETTER = "hhs_eligibility_letter"
    U_VISA = "u_visa"
    U_PENDING = "u_pending"
    VAWA = "vawa"
    OTHER_LAWFUL = "other_lawful"
    TEMPORARY_WORKER = "temporary_worker"
    UNDOCUMENTED = "undocumented"


class PoliceReport(StrEnum):
    """Whether the police know."""

    MADE = "made"
    WILLING = "willing"
    NOT_WILLING = "not_willing"


class Insurance(StrEnum):
    """Who pays for health care."""

    NONE = "none"
    MEDICAID = "medicaid"
    MEDICARE = "medicare"
    PRIVATE = "private"


class Disability(StrEnum):
    """What a person may need a provider to be ready for."""

    MOBILITY = "mobility"
    HEARING = "hearing"
    VISION = "vision"
    PSYCHIATRIC = "psychiatric"
    INTELLECTUAL = "intellectual"


class Justice(StrEnum):
    """Criminal matters that close some doors."""

    WARRANT = "warrant"
    PENDING_CHARGES = "pending_charges"
    RECORD = "record"
    VIOLENT_RECORD = "violent_record"
    REGISTRY = "registry"


class Household(StrEnum):
    """Who comes along."""

    ALONE = "alone"
    WITH_PARTNER = "with_partner"
    WITH_CHILDREN = "with_children"
    WITH_OTHER_ADULT = "with_other_adult"


AGE_BANDS: dict[str, tuple[int, int]] = {
    "under_13": (0, 12),
    "13_17": (13, 17),
    "18_24": (18, 24),
    "25_59": (25, 59),
    "60_over": (60, 120),
}
"""Age bands in whole years, both ends included."""

INCOME_BANDS: dict[str, tuple[int, int]] = {
    "under_100": (0, 99),
    "100_150": (100, 150),
    "151_200": (151, 200),
    "201_250": (201, 250),
    "251_300": (251, 300),
    "over_300": (301, 9999),
}
"""Income in percent of the federal poverty line, both ends included."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Need:
    """One need, by its code of the taxonomy."""

    code: str
    urgency: Urgency = Urgency.NOW

    def __repr__(self) -> str:
        """Hide the need: a traceback must not tell it."""
        return "Need(...)"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person:
    """What the person chose to say. `None` is "not said", for whatever reason.

    `children` is how many come along. An empty set says "none of these".
    """

    age: int | None = None
    age_band: str | None = None
    gender: Gender | None = None
    exploitation: Exploitation | None = None
    immigration: frozenset[Immigration] | None = None
    children: int | None = None
    pregnant: bool | None = None
    pets: bool | None = None
    photo_id: bool | None = None
    police_report: PoliceReport | None = None
    using_substances: bool | None = None
    partner_was_trafficker: bool | None = None
    insurance: Insurance | None = None
    income_band: str | None = None
    disability: frozenset[Disability] | None = None
    justice_involved: frozenset[Justice] | None = None
    tribal_member: bool | None = None
    faith_based_ok: bool | None = None
    household: Household | None = None

    def __repr__(self) -> str:
        """Hide every answer."""
        return "Person(...)"

    @property
    def ages(self) -> tuple[int, int] | None:
        """The lowest and highest age that fits what was said."""
        if self.age is not None:
            return self.age, self.age
        return AGE_BANDS[self.age_band] if self.age_band is not None else None

    @property
    def incomes(self) -> tuple[int, int] | None:
        """The lowest and highest income, in percent of the poverty line."""
        return INCOME_BANDS[self.income_band] if self.income_band is not None else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Needs:
    """One request to the matcher.

    `county` and `avoid_counties` are FIPS codes, `point` is the (latitude, longitude)
    of the ZIP code if one was given, `languages` are BCP 47 tags, best first, and `at`
    is the moment, with a zone.
    """

    needs: tuple[Need, ...]
    at: dt.datetime
    county: str | None = None
    point: tuple[float, float] | None = None
    avoid_counties: frozenset[str] = frozenset()
    min_miles: int | None = None
    travel: Travel | None = None
    languages: tuple[str, ...] = ()
    interpreter_ok: bool | None = None
    person: Person = Person()
    phase: Phase | None = None

    def __repr__(self) -> str:
        """Hide every value: what is needed must not reach a log."""
        return "Needs(...)"

    @property
    def codes(self) -> frozenset[str]:
        """The codes of what is needed."""
        return frozenset(need.code for need in self.needs)
