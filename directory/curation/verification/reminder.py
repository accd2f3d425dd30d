"""Reminders: who was asked whether listings are still right, and what came of it."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Moment, Row, Words, choice
from directory.ids import new_id


class Answer(StrEnum):
    """What came of a letter."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    """They changed something and did not say whether the rest is right."""
    CLOSED = "closed"
    NOT_US = "not_us"
    STOPPED = "stopped"
    """Somebody else has used the letter, and the contact took its links away."""
    ROOM = "room"
    """They told how much room there is."""


class Reminder(Row, table=True):
    """A letter that asked an organization, and what it asked.

    `reasons` are codes of `Reason`. A letter is answered, or nobody answers it in time,
    or it never arrives.
    """

    __tablename__ = "reminder"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    organization_id: str = Field(max_length=36, index=True)
    letter_id: str = Field(max_length=36, index=True)
    reasons: tuple[str, ...] = Field(sa_type=Words)
    written_at: dt.datetime = Field(sa_type=Moment)
    answer: Answer | None = Field(default=None, sa_type=choice(Answer))
    answered_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    silent_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    """When it was noted that nobody had answered."""
    bounced_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    """When it was noted that it did not arrive."""
