"""How much room a service has, which is soon out of date."""

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from directory.hsds.row import Moment, Record


class Capacity(Record, table=True):
    """Room at one moment (profile). After `expires` it is shown as "ask"."""

    __tablename__ = "capacity"
    __table_args__ = (CheckConstraint("available >= 0", name="not_negative"),)

    service_id: str = Field(foreign_key="service.id", index=True)
    unit: str = Field(max_length=32)
    available: int
    waitlist: bool | None = None
    population: str | None = None
    as_of: dt.datetime = Field(sa_type=Moment)
    expires: dt.datetime = Field(sa_type=Moment)
