"""Proposals, as they are kept."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.curation.proposals.risk import Risk
from directory.hsds.row import Moment, Row, choice
from directory.ids import new_id


class State(StrEnum):
    """What became of a proposal. One that waits waits until somebody answers."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Proposal(Row, table=True):
    """A change that somebody asked for; what is live stays live until it is agreed.

    `subject` is `kind:id`, `patch` the change as JSON, `once` the key of the form that
    sent it, so that a form sent twice has one effect.
    """

    __tablename__ = "proposal"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    organization_id: str = Field(max_length=36, index=True)
    subject: str = Field(max_length=64, index=True)
    actor: str = Field(max_length=64, index=True)
    made_at: dt.datetime = Field(sa_type=Moment)
    patch: str
    risk: Risk = Field(sa_type=choice(Risk))
    why: str = ""
    authorization: str | None = None
    """For showing more of a place: who of the provider allowed it in writing, when."""
    state: State = Field(sa_type=choice(State), index=True)
    decided_by: str | None = Field(default=None, max_length=64)
    decided_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    reason: str = ""
    once: str | None = Field(default=None, max_length=64, unique=True)
