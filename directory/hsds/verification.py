"""Who confirmed what, and when; never the date of an edit."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Record, choice


class Fact(StrEnum):
    """What a verification is about."""

    RECORD = "record"
    HOURS = "hours"
    CAPACITY = "capacity"
    ELIGIBILITY = "eligibility"


class Verification(Record, table=True):
    """A confirmation of a service (profile); `verified_by` names a role, no person."""

    __tablename__ = "verification"

    service_id: str = Field(foreign_key="service.id", index=True)
    fact: Fact = Field(sa_type=choice(Fact))
    verified_on: dt.date
    verified_by: str = Field(max_length=64)
