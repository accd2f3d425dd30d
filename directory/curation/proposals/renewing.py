"""Who asks anew takes back what they asked before: the desk has one to look at."""

import datetime as dt
from collections.abc import Iterator

from sqlmodel import Session, col, select

from directory.curation.actor import read_actor
from directory.curation.history import Action, Deed, record
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.proposals.publishing import forget_whereabouts
from directory.curation.records.patch import Patch, RecordChange, loads

RENEWED = "A newer request took its place."
"""The reason of a proposal that was taken back so."""

_NO_WISH = frozenset({"source", "source_date", "read_on", "evidence", "position"})
"""Cells of a new record that nobody typed."""


def take_back_older(session: Session, proposal: Proposal, *, now: dt.datetime) -> None:
    """Take back what waits of the same actor, if `proposal` asks for all its cells."""
    cells = frozenset(_cells(loads(proposal.patch)))
    query = (
        select(Proposal)
        .where(Proposal.actor == proposal.actor, Proposal.subject == proposal.subject)
        .where(Proposal.state == State.WAITING, Proposal.id != proposal.id)
        .order_by(col(Proposal.made_at), col(Proposal.id))
    )
    for older in session.exec(query).all():
        if cells.issuperset(_cells(loads(older.patch))):
            _take_back(session, older, proposal, now)


def _cells(patch: Patch) -> Iterator[object]:
    """Yield what a patch touches: each field of a record, and each new record.

    A new record has another id each time; it is known by what it holds.
    """
    for change in patch:
        if change.before is None:
            yield change.table, _held(change)
        else:
            yield from ((change.table, change.id, field) for field in change.fields)


def _held(change: RecordChange) -> frozenset[tuple[str, str]]:
    cells = (change.after or {}).items()
    return frozenset((field, cell) for field, cell in cells if field not in _NO_WISH)


def _take_back(
    session: Session, older: Proposal, newer: Proposal, now: dt.datetime
) -> None:
    older.state, older.reason = State.WITHDRAWN, RENEWED
    older.decided_by, older.decided_at = newer.actor, now
    forget_whereabouts(older)
    deed = Deed(
        actor=read_actor(newer.actor),
        action=Action.WITHDRAW,
        subject=older.subject,
        organization_id=older.organization_id,
        why=RENEWED,
        facts={"proposal": older.id, "by": older.actor, "newer": newer.id},
    )
    record(session, deed, now=now)
