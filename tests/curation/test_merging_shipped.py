"""Any two listings of the shipped directory can be merged, and parted again."""

import random
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directory.curation.merging import Side, carry_out, merge, read_estate
from directory.curation.merging.choosing import Choice, choices
from directory.curation.merging.estate import Estate
from directory.curation.merging.joining import SAME_IF
from directory.curation.records.moving import put_back
from directory.curation.records.patch import dumps, inverse, loads
from directory.curation.records.subject import (
    Subject,
    SubjectKind,
    organization_subject,
    service_subject,
)
from directory.database import open_engine, reading
from directory.hsds import Language, Organization, Phone, Service
from directory.settings import Settings
from tests.curation.twins import cells_of_all

PAIRS = 15
Pair = tuple[Estate, Estate]
Pairs = Callable[[Session, random.Random], Iterator[Pair]]


@pytest.fixture
def shipped_engine(site_settings: Settings) -> Iterator[Engine]:
    """Open the shipped directory; nothing that is done to it here is kept."""
    engine = open_engine(site_settings.database_url)
    yield engine
    engine.dispose()


def organizations(session: Session, draw: random.Random) -> Iterator[Pair]:
    """Yield pairs of organizations, drawn from all."""
    ids = session.exec(select(Organization.id).order_by(col(Organization.id))).all()
    for _ in range(PAIRS):
        kept, gone = draw.sample(ids, 2)
        yield pair_of(session, organization_subject(kept), organization_subject(gone))


def services(session: Session, draw: random.Random) -> Iterator[Pair]:
    """Yield pairs of services of one organization, drawn from all that have two."""
    of: dict[str, list[str]] = {}
    for service in session.exec(select(Service).order_by(col(Service.id))):
        of.setdefault(service.organization_id, []).append(service.id)
    several = [ids for ids in of.values() if len(ids) > 1]
    for _ in range(PAIRS):
        kept, gone = draw.sample(draw.choice(several), 2)
        yield pair_of(session, service_subject(kept), service_subject(gone))


def pair_of(session: Session, kept: Subject, gone: Subject) -> Pair:
    """Return the estates of two listings."""
    ours, theirs = read_estate(session, kept), read_estate(session, gone)
    assert ours is not None
    assert theirs is not None
    return ours, theirs


def chosen(asked: Sequence[Choice], draw: random.Random) -> dict[str, Side]:
    """Return a choice for some of what is asked."""
    return {c.name: draw.choice(list(Side)) for c in asked if draw.random() < 0.7}


def reach(session: Session, *ids: str) -> set[tuple[str, str | None, str]]:
    """Return the numbers of listings, and of the services of organizations."""
    owned = col(Service.organization_id).in_(ids)
    of = [*ids, *session.exec(select(Service.id).where(owned))]
    found = session.exec(
        select(Phone).where(
            col(Phone.organization_id).in_(of) | col(Phone.service_id).in_(of)
        )
    )
    return {(phone.number, phone.extension, phone.type) for phone in found}


def tongues(session: Session, *ids: str) -> set[tuple[str, str]]:
    """Return the languages of services, and of the services of organizations."""
    owned = col(Service.organization_id).in_(ids)
    of = [*ids, *session.exec(select(Service.id).where(owned))]
    found = session.exec(select(Language).where(col(Language.service_id).in_(of)))
    return {(language.code, language.by) for language in found}


@pytest.mark.parametrize("pairs", [organizations, services])
def test_nothing_of_either_is_lost_and_all_of_it_can_be_taken_back(
    shipped_engine: Engine, pairs: Pairs
) -> None:
    draw = random.Random(8)  # noqa: S311 - the same pairs each time
    with reading(shipped_engine) as session:
        before = cells_of_all(session)
        for kept, gone in pairs(session, draw):
            numbers = reach(session, kept.id, gone.id)
            languages = tongues(session, kept.id, gone.id)
            offered = {s.main["name"] for s in (*kept.services, *gone.services)}
            patch = merge(kept, gone, chosen(choices(kept, gone), draw))
            carried = carry_out(session, loads(dumps(patch)))
            assert session.get(type_of(kept), gone.id) is None
            assert reach(session, kept.id) == numbers
            assert tongues(session, kept.id) == languages
            still = read_estate(session, kept.dossier.subject)
            assert still is not None
            assert all_names(kept) | all_names(gone) <= all_names(still)
            assert offered <= names_of_services(still)
            carry_out(session, inverse(patch))
            put_back(session, carried.moves)
            assert cells_of_all(session) == before


def type_of(estate: Estate) -> type[Organization] | type[Service]:
    """Return the table that a listing stands in."""
    whole = estate.kind is SubjectKind.ORGANIZATION
    return Organization if whole else Service


def all_names(estate: Estate) -> set[str]:
    """Return name and other names, as they are looked for."""
    cells = (estate.main["name"], *estate.main["alternate_name"].split(";"))
    return {name.strip().casefold() for name in cells if name.strip()}


def names_of_services(estate: Estate) -> set[str]:
    """Return the names and other names of services, as they are written."""
    return {
        name.strip()
        for service in estate.services
        for field in ("name", "alternate_name")
        for name in service.main[field].split(";")
    }


@pytest.mark.parametrize("pairs", [organizations, services])
def test_a_merged_estate_holds_nothing_twice(
    shipped_engine: Engine, pairs: Pairs
) -> None:
    draw = random.Random(9)  # noqa: S311 - the same pairs each time
    with reading(shipped_engine) as session:
        for kept, gone in pairs(session, draw):
            once = [doubled(kept), doubled(gone)]
            carry_out(session, merge(kept, gone))
            still = read_estate(session, kept.dossier.subject)
            assert still is not None
            assert doubled(still) <= once[0] | once[1]
            session.rollback()


def doubled(estate: Estate) -> set[tuple[str, ...]]:
    """Return what stands twice: the table and the cells that tell records apart."""
    seen: set[tuple[str, ...]] = set()
    twice: set[tuple[str, ...]] = set()
    for part in (estate, *estate.services):
        for table, fields in SAME_IF.items():
            for cells in part.of(table).values():
                key = (part.id, table, *(cells[f].casefold() for f in fields))
                (twice if key in seen else seen).add(key)
    return twice
