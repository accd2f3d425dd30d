"""Claims, as they are kept."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Moment, Row, choice
from directory.ids import new_id


class ClaimState(StrEnum):
    """What became of a claim."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"


class ContactAnswer(StrEnum):
    """What the contact on record says of a claim."""

    YES = "yes"
    NO = "no"


class Claim(Row, table=True):
    """Somebody who asks for an account to keep the listings of an organization.

    Name and mail address are those of a provider's staff, at work; they are needed to
    ask back, and erased once the claim was answered with no.
    """

    __tablename__ = "claim"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    organization_id: str = Field(max_length=36, index=True)
    name: str
    email: str
    part: str
    """What they do there, in their words."""
    made_at: dt.datetime = Field(sa_type=Moment)
    asked: bool
    """Whether a letter asks the contact on record about this one.

    There may be a contact all the same: it is asked about few claims at once.
    """
    network: str | None = Field(default=None, max_length=64, index=True)
    """A name for where the claim came from, under a key of one day; erased after it."""
    contact_says: ContactAnswer | None = Field(
        default=None, sa_type=choice(ContactAnswer)
    )
    contact_said_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    state: ClaimState = Field(sa_type=choice(ClaimState), index=True)
    first_by: str | None = Field(default=None, max_length=64)
    first_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    checked: str = ""
    """How the first of the staff made sure, for instance whom they called."""
    decided_by: str | None = Field(default=None, max_length=64)
    decided_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    reason: str = ""
