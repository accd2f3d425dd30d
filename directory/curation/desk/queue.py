"""The queue: proposals that wait for an answer, the oldest first, in pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from directory.curation.desk.secret import NOTHING, Secret
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.proposals.review import LATE
from directory.curation.proposals.risk import Risk

PAGE = 50
"""Proposals on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits: how many, how many for too long, and since when."""

    count: int
    late: int
    oldest: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of what waits; pages are counted from 1."""

    proposals: Sequence[Proposal]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


def waiting(session: Session, now: dt.datetime, without: Secret = NOTHING) -> Waiting:
    """Return how much waits."""
    late = col(Proposal.made_at) < now - LATE
    query = _limited(
        select(
            func.count(),
            func.count().filter(late),
            func.min(Proposal.made_at),
        ),
        without,
    )
    count, too_long, oldest = session.exec(query).one()
    return Waiting(count=count, late=too_long, oldest=oldest)


def queue(
    session: Session,
    *,
    risk: Risk | None = None,
    page: int = 1,
    without: Secret = NOTHING,
) -> Queue:
    """Return a page of what waits, the last one if there are not so many."""
    count = session.exec(_limited(select(func.count()), without, risk)).one()
    last = max(1, -(-count // PAGE))
    shown = min(max(page, 1), last)
    query = (
        _limited(select(Proposal), without, risk)
        .order_by(col(Proposal.made_at), col(Proposal.id))
        .offset((shown - 1) * PAGE)
        .limit(PAGE)
    )
    found = session.exec(query).all()
    return Queue(proposals=found, count=count, page=shown)


def _limited(query: Any, without: Secret, risk: Risk | None = None) -> Any:  # noqa: ANN401 - a query of any columns
    """Return `query` over what waits and may be known."""
    limited = query.select_from(Proposal).where(Proposal.state == State.WAITING)
    if risk is not None:
        limited = limited.where(Proposal.risk == risk)
    if without.organization_ids:
        hidden = col(Proposal.organization_id).in_(sorted(without.organization_ids))
        limited = limited.where(~hidden)
    if without.service_ids:
        limited = limited.where(~col(Proposal.subject).in_(sorted(without.subjects)))
    return limited
