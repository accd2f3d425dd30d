"""Letters that wait to be sent, and what became of those that were."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Moment, Row, choice
from directory.ids import new_id


class LetterKind(StrEnum):
    """Why a letter is written."""

    VERIFICATION = "verification"
    """Is this listing still right?"""
    NOTICE = "notice"
    """A change that matters was asked for: tell us if it was not you."""
    CLAIM = "claim"
    """Somebody says that this listing is theirs: is it?"""
    ACCOUNT = "account"
    """An invitation, a new password, a new sign-in."""


class Letter(Row, table=True):
    """A letter to one address; its text is forgotten once it has been sent.

    A text holds links that open a listing or an account, so it is kept no longer than
    it is needed. `about` is the id of what the letter is about, for who wrote it.
    """

    __tablename__ = "letter"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    kind: LetterKind = Field(sa_type=choice(LetterKind))
    to_address: str = Field(repr=False)
    language: str = Field(max_length=2)
    subject: str = Field(repr=False)
    text: str = Field(repr=False)
    about: str | None = Field(default=None, max_length=36, index=True)
    made_at: dt.datetime = Field(sa_type=Moment)
    tries: int = 0
    next_try_at: dt.datetime | None = Field(default=None, sa_type=Moment, index=True)
    """When it is to be sent; empty once it was sent or will never be."""
    sent_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    expires_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    """From then on it is not sent: its links open nothing any more."""
    failed_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    """When it was clear that it will never arrive."""
    failure: str | None = None
    """Why, as a code: `550`, `5.1.1`, the kind of an error; no words of a server."""
