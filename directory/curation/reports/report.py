"""What people told of a listing that is not right."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from directory.hsds.row import Moment, Row, choice
from directory.ids import new_id


class ReportKind(StrEnum):
    """What is wrong; each is a kind of doubt as well."""

    WRONG_NUMBER = "wrong_number"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"
    REFUSES = "refuses"
    """It does not offer what is listed."""


OF_NUMBERS = frozenset({ReportKind.WRONG_NUMBER, ReportKind.NO_ANSWER})
"""What is wrong with a number; the rest is about the service."""


class Settlement(StrEnum):
    """What became of a report."""

    DISMISSED = "dismissed"
    """A coordinator looked, and it is not so."""
    CONFIRMED = "confirmed"
    """A coordinator looked, and it is so."""
    ANSWERED = "answered"
    """The provider says that the listing is right."""


class Report(Row, table=True):
    """One report from somebody, of whom nothing is known but that it is one person.

    `reporter` is a name that cannot be turned back into an address. It tells apart
    those who report on one day, and is erased after it. A report says on which day it
    was made, and no time. One that is `held` would have made a listing doubted in
    public on a day with very many such: it counts once a coordinator says that it is
    so.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "(number IS NOT NULL) = (kind IN ('wrong_number', 'no_answer'))",
            name="number_of_kind",
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_as IS NULL)", name="settled_whole"
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    service_id: str = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    number: str | None = Field(default=None, max_length=16)
    kind: ReportKind = Field(sa_type=choice(ReportKind))
    reported_on: dt.date
    reporter: str | None = Field(default=None, max_length=64, index=True)
    settled_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    settled_as: Settlement | None = Field(default=None, sa_type=choice(Settlement))
    held: bool = False
