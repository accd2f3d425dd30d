"""Writes an agreed change into the tables, with all that must happen beside it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy.orm import object_session
from sqlmodel import Session, col, or_, select

from directory.curation.actor import Actor
from directory.curation.history.chain import detail_of
from directory.curation.history.redaction import (
    Hidden,
    details_of,
    hidden_by,
    redact_history,
    redacted,
    redacted_text,
)
from directory.curation.history.spots import without_spots
from directory.curation.merging import carry_out
from directory.curation.proposals.proposal import Proposal
from directory.curation.records.patch import Patch, dumps, loads
from directory.curation.records.showing import hides, shows_more
from directory.database import SCRUB
from directory.hsds import Service, ServiceAtLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChange:
    """What the history may keep of a change: the patch, and what it did besides."""

    patch: Patch
    facts: Mapping[str, object] = field(default_factory=dict)


def publish_patch(
    session: Session, patch: Patch, proposal: Proposal, *, by: Actor, now: dt.datetime
) -> PublishedChange:
    """Write `patch`, and return it as the history may keep it.

    Where it hides a place, what older events and proposals told of it is redacted.
    Raises `PatchConflictError`, `PatchRefusedError` and `MergeRefusedError`.
    """
    carried = carry_out(session, patch)
    _forget_spots(session, proposal)
    places = hides(patch)
    if not places:
        return PublishedChange(patch=patch, facts=carried.facts)
    ids = hidden_by([patch], places).ids
    owners = {proposal.organization_id, *_given_at(session, places)}
    details = details_of(session, owners, ids)
    proposals = _proposals_of(session, owners, ids)
    told = [
        *(detail_of(d).patch for d in details),
        *(loads(p.patch) for p in proposals),
    ]
    hidden = hidden_by([*told, patch], places)
    redact_history(session, details, hidden, by=by, now=now)
    for other in proposals:
        _redact(other, hidden)
    session.flush()
    return PublishedChange(patch=redacted(patch, hidden), facts=carried.facts)


def whereabouts_to_come(patch: Patch) -> Hidden:
    """Return the whereabouts that `patch` would be the first to show.

    Until others agree they are those of a hidden place, and belong into no history.
    """
    return hidden_by([patch], shows_more(patch))


def forget_whereabouts(proposal: Proposal) -> None:
    """Take out of a proposal that came to nothing what it tells of hidden places."""
    session = cast("Session", object_session(proposal))
    _forget_spots(session, proposal)
    patch = loads(proposal.patch)
    if shows_more(patch):
        _redact(proposal, whereabouts_to_come(patch))
        session.info[SCRUB] = True


def _forget_spots(session: Session, proposal: Proposal) -> None:
    """Take the old texts out of a proposal that tell where a hidden place is."""
    patch = loads(proposal.patch)
    clean = without_spots(session, proposal.organization_id, patch)
    if clean != patch:
        proposal.patch = dumps(clean)
        session.info[SCRUB] = True


def _given_at(session: Session, places: Collection[str]) -> Sequence[str]:
    """Return the organizations that give a service at one of `places`."""
    query = (
        select(Service.organization_id)
        .join(ServiceAtLocation, col(ServiceAtLocation.service_id) == col(Service.id))
        .where(col(ServiceAtLocation.location_id).in_(places))
    )
    return session.exec(query).all()


def _proposals_of(
    session: Session, owners: Collection[str], ids: Collection[str]
) -> Sequence[Proposal]:
    """Return the proposals of organizations, and those about a record of `ids`."""
    query = select(Proposal).where(
        or_(
            col(Proposal.organization_id).in_(owners),
            *(col(Proposal.patch).contains(i) for i in sorted(ids)),
        )
    )
    return session.exec(query).all()


def _redact(proposal: Proposal, hidden: Hidden) -> None:
    patch = loads(proposal.patch)
    clean = redacted(patch, hidden)
    if clean != patch:
        proposal.patch = dumps(clean)
    proposal.why = redacted_text(proposal.why, hidden)
    proposal.reason = redacted_text(proposal.reason, hidden)
    if proposal.authorization is not None:
        proposal.authorization = redacted_text(proposal.authorization, hidden)
