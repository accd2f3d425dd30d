"""Eligibility rules: one fact about whom a service takes, with its source."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from directory.hsds.row import Basis, Sourced, Words, choice


class Effect(StrEnum):
    """What a rule does to those whom it names."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    PREFERS = "prefers"


class EligibilityRule(Sourced, table=True):
    """A rule of one service about one attribute of the person (profile).

    `values` holds answers, or `minimum` and `maximum` a range (whole years for `age`,
    percent of the federal poverty line for `income`). "Open to all" is the value `any`;
    no rule at all means that nothing is recorded, which is not the same. A rule holds
    from `effective_from` to `effective_to`, both included. `note` has the words it came
    from.
    """

    __tablename__ = "eligibility_rule"
    __table_args__ = (
        CheckConstraint(
            'length("values") > 0 OR minimum IS NOT NULL OR maximum IS NOT NULL',
            name="says_something",
        ),
        CheckConstraint(
            "minimum IS NULL OR maximum IS NULL OR minimum <= maximum",
            name="range_in_order",
        ),
    )

    service_id: str = Field(foreign_key="service.id", index=True)
    attribute: str = Field(max_length=32)
    effect: Effect = Field(sa_type=choice(Effect))
    values: tuple[str, ...] = Field(default=(), sa_type=Words)
    minimum: int | None = None
    maximum: int | None = None
    note: str
    basis: Basis = Field(sa_type=choice(Basis))
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
