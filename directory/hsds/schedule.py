"""Opening hours."""

import datetime as dt

from sqlalchemy import CheckConstraint, false
from sqlmodel import Field

from directory.hsds.row import Record, Words


class Schedule(Record, table=True):
    """HSDS `schedule` of a service, or of a service at one location.

    `byday` holds `MO` to `SU`, also `1SA` for the first Saturday of a month. A span
    that closes before it opens ends on the next day. A dated exception has `valid_from`
    and `valid_to`, and overrides the weekly hours. `closed` says that nothing is open,
    `by_appointment` that one can come if one has agreed on it; such rows need no times.
    Of a day that no row names nothing is known.
    """

    __tablename__ = "schedule"
    __table_args__ = (
        CheckConstraint(
            "closed OR by_appointment"
            " OR (opens_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="open_has_hours",
        ),
    )

    service_id: str = Field(foreign_key="service.id", index=True)
    service_at_location_id: str | None = Field(
        default=None, foreign_key="service_at_location.id", index=True
    )
    byday: tuple[str, ...] = Field(default=(), sa_type=Words)
    opens_at: str | None = Field(default=None, max_length=5)
    closes_at: str | None = Field(default=None, max_length=5)
    closed: bool = False
    by_appointment: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}
    )
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    timezone: str = Field(default="America/New_York", max_length=64)
    description: str | None = None
