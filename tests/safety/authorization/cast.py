"""The people of the matrix, and what they ask for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine
from sqlmodel import Session

from directory.accounts import Person, Role
from directory.accounts.joining import Invitee, invite
from directory.curation.actor import Actor, ActorKind
from directory.curation.claims import Claimant, claim
from directory.curation.links import Purpose, issue
from directory.curation.proposals import Draft, Lint, propose
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import compared
from directory.curation.records.subject import service_subject
from directory.database import writing
from directory.hsds import Visibility
from tests.builders import people, rows, scenes

NOTHING = "nothing"
"""The id of what is not there."""


class Part(StrEnum):
    """In what part somebody comes to the site."""

    ANYBODY = "anybody"
    ADVOCATE = "advocate"
    NEWCOMER = "newcomer"
    """An advocate of today, who does not see what only staff may."""
    HOTLINE = "hotline"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PROVIDER = "provider"
    """Of the organization that is asked for as `own`."""
    OTHER_PROVIDER = "other_provider"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody who is signed in, and the ids of what there is to ask for."""

    people: dict[Part, Person]
    own: dict[str, str]
    other: dict[str, str]
    absent: dict[str, str]


def gather(engine: Engine, lint: Lint, now: dt.datetime) -> Cast:
    """Write two providers with everything that can hang on one, and all the people."""
    for name in ("own", "other"):
        organization = rows.organization(
            id=f"{name}-organization", name=name.title(), email=f"{name}@example.org"
        )
        made = scenes.scene(Visibility.COUNTY, of=organization, name=f"{name}-service")
        room = rows.capacity(made.service)
        rows.save(engine, *made.records, rows.phone(organization), room)
        double = rows.organization(id=f"{name}-double", name=f"{name.title()} Inc.")
        unseen = rows.organization(id=f"{name}-unseen", name="Unseen")
        hidden = scenes.scene(Visibility.NETWORK, of=unseen, name=f"{name}-hidden")
        rows.save(engine, double, *hidden.records)
    everybody = {
        Part.ADVOCATE: people.person(engine, Role.ADVOCATE),
        Part.NEWCOMER: people.person(engine, Role.ADVOCATE, approved_days_ago=6.9),
        Part.HOTLINE: people.person(engine, Role.HOTLINE),
        Part.COORDINATOR: people.person(engine, Role.COORDINATOR),
        Part.ADMINISTRATOR: people.person(engine, Role.ADMINISTRATOR),
        Part.PROVIDER: people.person(engine, organization="own-organization"),
        Part.OTHER_PROVIDER: people.person(engine, organization="other-organization"),
        Part.DISABLED: people.person(engine, Role.COORDINATOR, Role.ADMINISTRATOR),
    }
    own = _things(engine, "own", everybody[Part.PROVIDER], lint, now)
    other = _things(engine, "other", everybody[Part.OTHER_PROVIDER], lint, now)
    return Cast(
        people=everybody,
        own=own,
        other=other,
        absent=dict.fromkeys(own, NOTHING),
    )


def _things(
    engine: Engine, name: str, provider: Person, lint: Lint, now: dt.datetime
) -> dict[str, str]:
    """Return the ids of what belongs to one provider, by the names in addresses."""
    organization = f"{name}-organization"
    contact = Actor(kind=ActorKind.CONTACT, id=organization)
    account = Actor(kind=ActorKind.PROVIDER, id=provider.id)
    with writing(engine) as session:
        who = Claimant(name="A", email=f"a@{name}.example.org", part="Director")
        made = claim(session, organization, who, site_url="https://a.example", now=now)
        assert made is not None
        invitee = Invitee(
            email=f"new@{name}.example.org", name="New", roles=frozenset({Role.HOTLINE})
        )
        _person, key = invite(session, invitee, now=now)
        proposal = _propose(session, f"{name}-service", account, lint, now)
        of_contact = _propose(session, f"{name}-service", contact, lint, now)
        return {
            "organization_id": organization,
            "service_id": f"{name}-service",
            "twin": f"{name}-double",
            "hidden": f"{name}-hidden",
            "location_id": f"{name}-service-0",
            "proposal_id": proposal,
            "of_contact": of_contact,
            "claim_id": made.id,
            "person_id": provider.id,
            "confirm": issue(session, Purpose.CONFIRM, organization, now=now),
            "object": issue(
                session, Purpose.OBJECT, organization, about=proposal, now=now
            ),
            "claim": issue(
                session, Purpose.CLAIM, organization, about=made.id, now=now
            ),
            "invitation": key,
        }


def _propose(
    session: Session, service_id: str, actor: Actor, lint: Lint, now: dt.datetime
) -> str:
    """Ask for a change that has to wait; return the id of the proposal."""
    subject = service_subject(service_id)
    dossier = read_dossier(session, subject)
    assert dossier is not None
    draft = Draft(
        subject=subject,
        actor=actor,
        version=dossier.version,
        patch=compared(
            "service", service_id, dossier.main, {"status": "temporarily closed"}
        ),
    )
    return propose(session, draft, lint=lint, now=now).id
