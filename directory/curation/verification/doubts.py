"""What this site has seen of a provider itself: letters unanswered, or not arriving."""

import datetime as dt

from sqlmodel import Session, col, select

from directory.hsds import Doubt, DoubtKind
from directory.hsds.doubt import OF_LETTERS


def add_doubt(
    session: Session, organization_id: str, kind: DoubtKind, day: dt.date
) -> int:
    """Count one more on `day`, and return how many there are."""
    doubt = session.exec(
        select(Doubt)
        .where(Doubt.organization_id == organization_id)
        .where(Doubt.kind == kind)
    ).first()
    if doubt is None:
        doubt = Doubt(
            organization_id=organization_id, kind=kind, count=0, since=day, last=day
        )
        session.add(doubt)
    doubt.count += 1
    doubt.last = max(doubt.last, day)
    session.flush()
    return doubt.count


def clear_doubts(
    session: Session, organization_id: str, *, until: dt.date | None = None
) -> None:
    """Forget what letters made doubtful: somebody has answered.

    `until` is the day of the answer, where it is only now noted: what became doubtful
    after it stays.
    """
    query = (
        select(Doubt)
        .where(Doubt.organization_id == organization_id)
        .where(col(Doubt.kind).in_(OF_LETTERS))
    )
    for doubt in session.exec(query).all():
        if until is None or doubt.last <= until:
            session.delete(doubt)
    session.flush()
