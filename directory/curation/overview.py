"""What an organization has here: its listings, when they were confirmed, what waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.actor import OF_PROVIDER
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.verification.due import RECORD_DAYS
from directory.hsds import Fact, Organization, Service, ServiceStatus, Verification

_MANY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOverview:
    """A service: whether it is open, and when somebody confirmed it last."""

    id: str
    name: str
    status: str
    confirmed_on: dt.date | None

    def is_due(self, day: dt.date) -> bool:
        """Tell whether it is time to confirm it."""
        on = self.confirmed_on
        is_open = self.status == ServiceStatus.ACTIVE
        return is_open and (on is None or (day - on).days >= RECORD_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An organization with its services, and what it has sent."""

    id: str
    name: str
    services: tuple[ServiceOverview, ...]
    waiting: tuple[Proposal, ...]
    answered: tuple[Proposal, ...]


def overview(session: Session, organization_id: str) -> Overview | None:
    """Return what an organization has here, `None` if there is no such."""
    organization = session.get(Organization, organization_id)
    if organization is None:
        return None
    sent = _proposals_of(session, organization_id)
    return Overview(
        id=organization.id,
        name=organization.name,
        services=tuple(_services(session, organization_id)),
        waiting=tuple(p for p in sent if p.state is State.WAITING),
        answered=tuple(p for p in sent if p.state is not State.WAITING)[:_MANY],
    )


def _proposals_of(session: Session, organization_id: str) -> Sequence[Proposal]:
    """Return what came from an organization itself, the newest first."""
    found = session.exec(
        select(Proposal)
        .where(Proposal.organization_id == organization_id)
        .order_by(col(Proposal.made_at).desc(), col(Proposal.id))
    ).all()
    return [proposal for proposal in found if is_theirs(proposal)]


def is_theirs(proposal: Proposal) -> bool:
    """Tell whether a proposal came from the organization itself."""
    return any(proposal.actor.startswith(f"{kind}:") for kind in OF_PROVIDER)


def _services(session: Session, organization_id: str) -> Sequence[ServiceOverview]:
    services = session.exec(
        select(Service)
        .where(Service.organization_id == organization_id)
        .order_by(col(Service.name), col(Service.id))
    ).all()
    ids = [service.id for service in services]
    confirmed: dict[str, dt.date] = {}
    for row in session.exec(
        select(Verification)
        .where(col(Verification.service_id).in_(ids))
        .where(Verification.fact == Fact.RECORD)
    ).all():
        held = confirmed.get(row.service_id, row.verified_on)
        confirmed[row.service_id] = max(held, row.verified_on)
    return [
        ServiceOverview(
            id=service.id,
            name=service.name,
            status=service.status.value,
            confirmed_on=confirmed.get(service.id),
        )
        for service in services
    ]
