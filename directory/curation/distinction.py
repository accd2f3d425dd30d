"""Distinctions: pairs of listings that were looked at, and that are not the same."""

import datetime as dt

from sqlmodel import Field, Session, select

from directory.curation.actor import Actor
from directory.curation.history import Action, Deed, record
from directory.curation.records.subject import Subject, owner_of
from directory.hsds.row import Moment, Row

Pairs = frozenset[frozenset[str]]
"""Pairs of ids, in no order."""


class Distinction(Row, table=True):
    """Two listings that are not the same; the lower id stands first."""

    __tablename__ = "distinction"

    left_id: str = Field(primary_key=True, max_length=36)
    right_id: str = Field(primary_key=True, max_length=36)
    decided_by: str = Field(max_length=64)
    decided_at: dt.datetime = Field(sa_type=Moment)
    why: str = ""


def distinguish(  # noqa: PLR0913 - two listings, and who says so, why and when
    session: Session,
    one: Subject,
    other: Subject,
    *,
    by: Actor,
    why: str,
    now: dt.datetime,
) -> None:
    """Note that two listings are not the same, so that they are not asked about again.

    To say it twice has one effect.
    """
    left, right = sorted((one, other), key=lambda subject: subject.id)
    if session.get(Distinction, (left.id, right.id)) is not None:
        return
    session.add(
        Distinction(
            left_id=left.id,
            right_id=right.id,
            decided_by=str(by),
            decided_at=now,
            why=why,
        )
    )
    deed = Deed(
        actor=by,
        action=Action.DISTINGUISH,
        subject=str(left),
        organization_id=owner_of(session, left),
        why=why,
        facts={"other": str(right)},
    )
    record(session, deed, now=now)


def decided(session: Session) -> Pairs:
    """Return the pairs of ids that are known not to be the same."""
    found = session.exec(select(Distinction.left_id, Distinction.right_id)).all()
    return frozenset(frozenset(pair) for pair in found)
