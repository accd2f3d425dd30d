"""Changes of listings, as people ask for them: who, what, and the way to the tables."""

import datetime as dt
from collections.abc import Mapping
from functools import cache

from sqlalchemy import Engine
from sqlmodel import Session

from directory.curation.actor import Actor, ActorKind
from directory.curation.proposals import Draft, Lint, Proposal, propose
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.patch import Patch, compared, made, removed
from directory.curation.records.subject import Subject, service_subject
from directory.database import reading, writing
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms
from tests.builders.rows import NOON

PROVIDER = Actor(kind=ActorKind.PROVIDER, id="p1")
CONTACT = Actor(kind=ActorKind.CONTACT, id="s-organization")
VISITOR = Actor(kind=ActorKind.PUBLIC, id="visitor")
COORDINATOR = Actor(kind=ActorKind.STAFF, id="c1")
SECOND = Actor(kind=ActorKind.STAFF, id="c2")
AUTHORIZATION = "Ann Lee, director, by mail of 2 November"


@cache
def the_lint() -> Lint:
    """Return the checks of the shipped vocabulary and places."""
    terms = read_terms(shipped("seed_data"))
    return Lint(
        gazetteer=Gazetteer.load(shipped("seed_data") / "gazetteer"),
        codes={term.id: term.code for term in terms.values()},
    )


def dossier_of(session: Session, subject: Subject) -> Dossier:
    """Return the dossier of a listing that is there."""
    found = read_dossier(session, subject)
    assert found is not None
    return found


def dossier(engine: Engine, subject: Subject) -> Dossier:
    """Return the dossier that a form would be made of."""
    with reading(engine) as session:
        return dossier_of(session, subject)


def patch_of(held: Dossier, table: str, identifier: str, **cells: str) -> Patch:
    """Return the change of some cells of one record."""
    return compared(table, identifier, held.of(table)[identifier], cells)


def ask(
    engine: Engine,
    patch: Patch,
    *,
    by: Actor = PROVIDER,
    subject: Subject | None = None,
    version: str | None = None,
    now: dt.datetime = NOON,
    **more: str,
) -> Proposal:
    """Ask for a change of a listing as it is now, or as it was at `version`."""
    about = subject or service_subject("s")
    with writing(engine) as session:
        session.expire_on_commit = False
        draft = Draft(
            subject=about,
            actor=by,
            version=version or dossier_of(session, about).version,
            patch=patch,
            **more,
        )
        return propose(session, draft, lint=the_lint(), now=now)


def ask_for(
    engine: Engine,
    table: str,
    identifier: str,
    cells: Mapping[str, str],
    **more: object,
) -> Proposal:
    """Ask for other cells of one record of the service `s`."""
    held = dossier(engine, service_subject("s"))
    return ask(engine, patch_of(held, table, identifier, **cells), **more)  # type: ignore[arg-type]


def hiding(held: Dossier, place: str, visibility: str) -> Patch:
    """Return what hides a place of a service, as its page does."""
    keeps = {
        "county": {"county_fips", "region"},
        "region": {"region"},
    }.get(visibility, set())
    told = {"name", "county_fips", "region", "latitude", "longitude"} - keeps
    cells = {"visibility": visibility, **dict.fromkeys(told, "")}
    gone = tuple(
        removed("address", identifier, cells)
        for identifier, cells in held.of("address").items()
        if cells["location_id"] == place
    )
    return patch_of(held, "location", place, **cells) + gone


def showing(held: Dossier, place: str, street: str, city: str = "Raleigh") -> Patch:
    """Return what shows a place with its street, as its page does."""
    address = made(
        "address",
        {
            "location_id": place,
            "location_visibility": "public",
            "address_1": street,
            "city": city,
        },
    )
    return (*patch_of(held, "location", place, visibility="public"), address)
