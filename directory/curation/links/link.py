"""Links that stand in letters instead of a password."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Moment, Row, choice


class Purpose(StrEnum):
    """What a link lets its reader do."""

    CONFIRM = "confirm"
    """Say that listings are right, or what is not."""
    OBJECT = "object"
    """Stop a change that was asked for in the name of the organization."""
    CLAIM = "claim"
    """Say whether somebody who claims a listing belongs to it."""
    ROOM = "room"
    """Say how much room there is, again and again while the link lives.

    Room changes by the hour: a link that is good for one answer would take a letter for
    each. It lives for days and opens nothing else.
    """


class Link(Row, table=True):
    """A link; only the digest of its token is kept.

    From its first use on it is open for one sitting, and it is closed by the answer.
    `about` is the id of the proposal or claim that it speaks of.
    """

    __tablename__ = "link"

    digest: str = Field(primary_key=True, max_length=64)
    purpose: Purpose = Field(sa_type=choice(Purpose))
    organization_id: str = Field(max_length=36, index=True)
    about: str | None = Field(default=None, max_length=36, index=True)
    made_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    closed_at: dt.datetime | None = Field(default=None, sa_type=Moment)
