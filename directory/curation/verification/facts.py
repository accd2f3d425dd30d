"""Writes down that a fact of a service was confirmed: one row for each fact."""

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, col, func, select

from directory.curation.actor import Actor, ActorKind
from directory.hsds import Fact, Verification

PROVIDER = "provider"
STAFF_BY_PHONE = "staff by phone"


def verifier(by: Actor) -> str:
    """Return in what part `by` confirms; the table names a role and no person."""
    return STAFF_BY_PHONE if by.kind is ActorKind.STAFF else PROVIDER


def verified_on(session: Session, service_id: str, fact: Fact) -> dt.date | None:
    """Return the newest day on which a fact of a service was confirmed."""
    query = (
        select(func.max(Verification.verified_on))
        .where(Verification.service_id == service_id)
        .where(Verification.fact == fact)
    )
    return session.exec(query).one()


def note_verified(
    session: Session,
    service_id: str,
    facts: Iterable[Fact],
    *,
    by: Actor,
    day: dt.date,
) -> None:
    """Note that `facts` of a service were confirmed on `day`."""
    query = select(Verification).where(Verification.service_id == service_id)
    held = sorted(session.exec(query).all(), key=lambda row: (row.verified_on, row.id))
    for fact in facts:
        rows = [row for row in held if row.fact is fact]
        # Lists that were loaded may hold several; the newest is the one that counts.
        for row in rows[:-1]:
            session.delete(row)
        if not rows:
            session.add(
                Verification(
                    service_id=service_id,
                    fact=fact,
                    verified_on=day,
                    verified_by=verifier(by),
                )
            )
        elif rows[-1].verified_on <= day:
            _renew(rows[-1], day, verifier(by))
    session.flush()


def forget_word(
    session: Session, service_ids: Iterable[str], *, since: dt.date
) -> None:
    """Forget what a provider confirmed from `since` on: it was somebody else's word.

    Of what had been confirmed before nothing is known any more; it is not verified.
    """
    query = (
        select(Verification)
        .where(col(Verification.service_id).in_(list(service_ids)))
        .where(Verification.verified_by == PROVIDER)
        .where(Verification.verified_on >= since)
    )
    for row in session.exec(query).all():
        session.delete(row)
    session.flush()


def _renew(row: Verification, day: dt.date, verified_by: str) -> None:
    if (row.verified_on, row.verified_by) != (day, verified_by):
        row.verified_on, row.verified_by = day, verified_by
