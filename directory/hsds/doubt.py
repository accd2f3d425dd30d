"""Doubts: reasons to trust a listing less."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from directory.hsds.row import Record, choice


class DoubtKind(StrEnum):
    """Why a listing is trusted less."""

    SILENCE = "silence"
    """Letters that nobody answered; `count` says how many in a row."""
    BOUNCE = "bounce"
    """A letter that could not be delivered."""
    WRONG_NUMBER = "wrong_number"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"
    REFUSES = "refuses"
    """It does not offer what is listed."""


OF_LETTERS = frozenset({DoubtKind.SILENCE, DoubtKind.BOUNCE})
"""What this site has seen itself; users told of all others."""

OF_NUMBERS = frozenset({DoubtKind.WRONG_NUMBER, DoubtKind.NO_ANSWER})
"""What is wrong with a number."""


_ONE_SUBJECT = (
    "CASE WHEN organization_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN service_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN phone_id IS NULL THEN 0 ELSE 1 END = 1"
)


class Doubt(Record, table=True):
    """A reason to trust an organization, a service or a number less (profile).

    `number` is the one that a doubt about a phone is about: where the phone bears
    another by now, the doubt says nothing of it. What is deleted takes its doubts with
    it.
    """

    __tablename__ = "doubt"
    __table_args__ = (
        CheckConstraint(_ONE_SUBJECT, name="one_subject"),
        CheckConstraint(
            "(phone_id IS NULL) = (number IS NULL)", name="number_of_phone"
        ),
        CheckConstraint("count > 0", name="counted"),
        CheckConstraint("since <= last", name="in_order"),
        UniqueConstraint("organization_id", "kind"),
        UniqueConstraint("service_id", "kind"),
        UniqueConstraint("phone_id", "kind"),
    )

    organization_id: str | None = Field(
        default=None, foreign_key="organization.id", ondelete="CASCADE"
    )
    service_id: str | None = Field(
        default=None, foreign_key="service.id", ondelete="CASCADE"
    )
    phone_id: str | None = Field(
        default=None, foreign_key="phone.id", ondelete="CASCADE"
    )
    number: str | None = Field(default=None, max_length=16)
    kind: DoubtKind = Field(sa_type=choice(DoubtKind))
    count: int
    since: dt.date
    last: dt.date
