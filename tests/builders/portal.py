"""An organization that keeps its listing: what it offers, and the link of a letter."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.history import Event, EventDetail
from directory.curation.links import Purpose, issue
from directory.curation.proposals import Proposal
from directory.database import reading, writing
from directory.hsds import (
    Attribute,
    Language,
    LanguageBy,
    Phone,
    Record,
    Service,
    Taxonomy,
    TaxonomyTerm,
    Visibility,
)
from directory.paths import shipped
from directory.vocabulary import read_terms
from tests.builders import rows

STREET = "4711 Canary Lane"
MAIL = "desk@harbor.example"
OLD_NUMBER, NEW_NUMBER = "919-828-7740", "919-515-2011"


def harbor(engine: Engine, name: str = "s") -> Service:
    """Write an organization `o-<name>` with a service `name` at an office."""
    owner = rows.organization(id=f"o-{name}", email=MAIL, website="https://example.org")
    offer = rows.service(owner, id=name, name=f"Day help {name}")
    office = rows.location(owner, Visibility.PUBLIC, id=f"l-{name}")
    food = read_terms(shipped("seed_data"))["food"].id
    rows.save(
        engine,
        *_vocabulary(engine),
        owner,
        offer,
        office,
        rows.address(office, id=f"d-{name}", address_1=STREET),
        rows.given_at(offer, office, id=f"at-{name}"),
        rows.phone(offer, id=f"p-{name}"),
        Language(phone_id=f"p-{name}", code="es", by=LanguageBy.STAFF),
        rows.schedule(offer, id=f"h-{name}"),
        rows.area(offer, id=f"w-{name}"),
        rows.rule(offer, id=f"r-{name}"),
        Attribute(service_id=offer.id, taxonomy_term_id=food),
    )
    return offer


def _vocabulary(engine: Engine) -> Iterable[Record]:
    with reading(engine) as session:
        if session.exec(select(Taxonomy)).first() is not None:
            return []
    words = rows.taxonomy()
    terms = read_terms(shipped("seed_data")).values()
    return [
        words,
        *(
            TaxonomyTerm(
                id=term.id,
                taxonomy_id=words.id,
                code=term.code,
                name=term.name_en,
                description=term.definition_en,
            )
            for term in terms
        ),
    ]


def letter(engine: Engine, name: str = "s") -> str:
    """Return the path that a letter to the organization of a service opens."""
    with writing(engine) as session:
        now = dt.datetime.now(dt.UTC)
        token = issue(session, Purpose.CONFIRM, f"o-{name}", now=now)
    return f"/portal/confirm/{token}"


def number_of(engine: Engine, name: str = "s") -> str:
    """Return the number of a service as it is public."""
    with reading(engine) as session:
        return session.get_one(Phone, f"p-{name}").number


def proposals(engine: Engine) -> list[Proposal]:
    """Return all proposals, oldest first."""
    with reading(engine) as session:
        found = session.exec(select(Proposal)).all()
        session.expunge_all()
    return sorted(found, key=lambda p: (p.made_at, p.id))


def history(engine: Engine) -> str:
    """Return the whole history as one text."""
    with reading(engine) as session:
        events = session.exec(select(Event)).all()
        details = session.exec(select(EventDetail)).all()
        return " ".join([*map(repr, events), *(detail.text for detail in details)])


def events(engine: Engine) -> int:
    """Return how much has happened."""
    with reading(engine) as session:
        return len(session.exec(select(Event)).all())
