"""What an organization has here: its listings, when they were confirmed, what waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.actor import OF_PROVIDER, Actor, ActorKind
from directory.curation.links import SITTING, Link, Purpose
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.records.patch import loads
from directory.curation.records.subject import Subject
from directory.curation.verification.due import RECORD_DAYS
from directory.hsds import Fact, Organization, Service, ServiceStatus, Verification
from directory.keys import key_digest

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


def waiting_for(
    session: Session, organization_id: str, subject: Subject | None = None
) -> Sequence[Proposal]:
    """Return what came from an organization itself and waits, the newest first.

    With `subject` only what would change that listing: what was asked of the whole
    organization can change a service of it.
    """
    return [
        proposal
        for proposal in _proposals_of(session, organization_id)
        if proposal.state is State.WAITING
        and (subject is None or _is_about(proposal, subject))
    ]


def _is_about(proposal: Proposal, subject: Subject) -> bool:
    return proposal.subject == str(subject) or any(
        change.id == subject.id for change in loads(proposal.patch)
    )


def sent_by_link(
    session: Session, token: str, *, now: dt.datetime
) -> Sequence[Proposal]:
    """Return what was sent in the sitting of a letter's link, the newest first.

    Also of a link that was answered and so opens nothing any more, but not of one that
    is too old, or whose life was ended.
    """
    link = session.get(Link, key_digest(token))
    if link is None or link.purpose is not Purpose.CONFIRM or now >= link.expires_at:
        return []
    begun = link.used_at
    if begun is None:
        return []
    ended = link.closed_at or begun + SITTING
    contact = str(Actor(kind=ActorKind.CONTACT, id=link.organization_id))
    return [
        proposal
        for proposal in _proposals_of(session, link.organization_id)
        if proposal.actor == contact and begun <= proposal.made_at <= ended
    ]


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
