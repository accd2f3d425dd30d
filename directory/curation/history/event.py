"""Events of the history, each chained to the one before it."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Moment, Row, choice


class Action(StrEnum):
    """What was done."""

    PROPOSE = "propose"
    PUBLISH = "publish"
    """A change of little risk, at once and on one's own word."""
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    OBJECT = "object"
    REVERT = "revert"
    CONFIRM = "confirm"
    ROOM = "room"
    """How much room there is."""
    REMIND = "remind"
    SILENCE = "silence"
    BOUNCE = "bounce"
    REPORT = "report"
    SETTLE = "settle"
    CLAIM = "claim"
    MERGE = "merge"
    DISTINGUISH = "distinguish"
    """Two listings were looked at and are not the same."""
    LOAD = "load"
    VIEW = "view"
    """A listing was looked at whose very existence is hidden."""
    ALERT = "alert"
    REDACT = "redact"
    ACCOUNT = "account"
    RESTORE = "restore"
    """A backup was put back; what came after it is gone."""


class Event(Row, table=True):
    """One thing that was done (who, what, when), and the digest that seals it.

    Triggers refuse to change or delete an event. `digest` is that of its detail, with
    a salt, so that the detail can be redacted and the chain still holds.
    """

    __tablename__ = "event"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: dt.datetime = Field(sa_type=Moment, index=True)
    actor: str = Field(max_length=64, index=True)
    action: Action = Field(sa_type=choice(Action), index=True)
    subject: str = Field(max_length=64, index=True)
    """What it was done to: `service:<id>`, `organization:<id>`, `person:<id>`, …"""
    organization_id: str | None = Field(default=None, max_length=36, index=True)
    digest: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class EventDetail(Row, table=True):
    """What an event was about in full, in JSON; all that may ever be redacted."""

    __tablename__ = "event_detail"

    seq: int = Field(
        primary_key=True,
        foreign_key="event.seq",
        sa_column_kwargs={"autoincrement": False},
    )
    salt: str = Field(max_length=64)
    text: str
    redacted: bool = False
