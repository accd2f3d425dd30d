"""Newcomers: what an organization says of itself when it asks to be listed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.actor import VISITOR
from directory.curation.proposals import Draft, Lint, Proposal, propose
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange, made
from directory.curation.records.subject import organization_subject
from directory.hsds.row import TOLD_BY_PROVIDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An organization with one service.

    `number` is E.164, `county` a FIPS code, empty for all of the state; `codes` are
    those of the needs that it meets.
    """

    name: str
    description: str
    website: str
    email: str
    number: str
    county: str
    codes: tuple[str, ...]


def ask_to_join(
    session: Session,
    newcomer: Newcomer,
    *,
    lint: Lint,
    once: str | None,
    now: dt.datetime,
) -> Proposal:
    """Keep what a newcomer says as a proposal; nothing of it is public.

    Raises `InvalidRequestError` for what a check refuses.
    """
    ids = {code: identifier for identifier, code in lint.codes.items()}
    patch = patch_of(newcomer, ids, today=now.date())
    draft = Draft(
        subject=organization_subject(patch[0].id),
        actor=VISITOR,
        version="",
        patch=patch,
        once=once,
    )
    return propose(session, draft, lint=lint, now=now)


def patch_of(newcomer: Newcomer, terms: Mapping[str, str], *, today: dt.date) -> Patch:
    """Return the patch that makes the records; `terms` are ids of terms by code."""
    source = {
        "source": TOLD_BY_PROVIDER,
        "source_date": today.isoformat(),
        "read_on": today.isoformat(),
        "evidence": "A",
    }
    organization = made(
        "organization",
        {
            **source,
            "name": newcomer.name,
            "description": newcomer.description,
            "website": newcomer.website,
            "email": newcomer.email,
            "kind": "provider",
        },
    )
    service = _service(newcomer, organization, source)
    phone = made(
        "phone",
        {
            **source,
            "organization_id": organization.id,
            "number": newcomer.number,
            "type": "voice",
            "answered_by": "agency",
            "basis": "own_page",
        },
    )
    needs = (
        made("attribute", {"service_id": service.id, "taxonomy_term_id": terms[code]})
        for code in newcomer.codes
    )
    return (organization, service, phone, *needs, *_area(newcomer, service))


def _service(
    newcomer: Newcomer, organization: RecordChange, source: Cells
) -> RecordChange:
    return made(
        "service",
        {
            **source,
            "organization_id": organization.id,
            "name": newcomer.name,
            "description": newcomer.description,
            "status": "active",
            "role": "provision",
            "focus": "general",
            "basis": "own_page",
            "coverage": "partial" if newcomer.county else "statewide",
        },
    )


def _area(newcomer: Newcomer, service: RecordChange) -> Patch:
    if not newcomer.county:
        return ()
    cells = {"service_id": service.id, "type": "county", "fips": newcomer.county}
    return (made("service_area", cells),)
