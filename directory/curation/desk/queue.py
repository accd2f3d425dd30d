"""The queue: proposals that wait for an answer, the oldest first, in pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from directory.curation.actor import Actor, ActorKind
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What comes next for one coordinator, and how many they can still answer."""

    proposal: Proposal | None
    count: int


def next_after(
    session: Session, proposal: Proposal, *, by: Actor, without: Secret = NOTHING
) -> Following:
    """Return what waits next after a proposal; the oldest, if none came after it.

    What `by` has asked for is for somebody else to answer.
    """
    made_at, identifier = col(Proposal.made_at), col(Proposal.id)
    own = [str(Actor(kind=kind, id=by.id)) for kind in ActorKind]

    def theirs(query: Any) -> Any:  # noqa: ANN401 - a query of any columns
        limited = _limited(query, without).where(col(Proposal.actor).not_in(own))
        return limited.where(Proposal.id != proposal.id)

    later = or_(
        made_at > proposal.made_at,
        and_(made_at == proposal.made_at, identifier > proposal.id),
    )
    in_order = theirs(select(Proposal)).order_by(later.desc(), made_at, identifier)
    return Following(
        proposal=session.exec(in_order.limit(1)).first(),
        count=session.exec(theirs(select(func.count()))).one(),
    )


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
