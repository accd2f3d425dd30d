"""Services and requests in any number, made from what ships: same seed, same world."""

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from directory.cli.setup import load_first_data, make_tables
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Snapshot, take_snapshot
from directory.referral.candidate import candidates_of
from directory.referral.engine import geography_of, taxonomy_of
from directory.referral.request import ZONE
from directory.settings import load_settings
from directory.vocabulary import Term, read_terms
from matcher.candidate import Area, Candidate
from matcher.catalog import Catalog
from matcher.needs import Gender, Immigration, Need, Needs, Person, Urgency

AT = dt.datetime(2026, 11, 25, 12, tzinfo=ZONE)
SERVICES_AN_ORGANIZATION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The shipped directory, its places and its words."""

    snapshot: Snapshot
    gazetteer: Gazetteer
    terms: dict[str, Term]


def shipped_world() -> World:
    """Load what ships into a database that goes away again."""
    seed_data = shipped("seed_data")
    with tempfile.TemporaryDirectory() as folder:
        engine = make_tables(load_settings({"AFTERCARE_DATA_DIR": folder}))
        load_first_data(engine)
        snapshot = take_snapshot(engine)
        engine.dispose()
    return World(
        snapshot=snapshot,
        gazetteer=Gazetteer.load(seed_data / "gazetteer"),
        terms=read_terms(seed_data),
    )


def candidates(world: World, size: int) -> list[Candidate]:
    """Return `size` services: real ones, moved to random counties."""
    chance = random.Random(size)  # noqa: S311 - a world, no secret
    real = candidates_of(world.snapshot.listings.values(), world.gazetteer, AT.date())
    counties = [county.fips for county in world.gazetteer.counties]
    return [
        replace(
            chance.choice(real),
            id=f"{number:08d}",
            organization_id=f"o{number // SERVICES_AN_ORGANIZATION:08d}",
            area=Area(
                statewide=chance.random() < 0.05,
                counties=frozenset(chance.sample(counties, chance.randint(1, 4))),
                complete=chance.random() < 0.5,
            ),
        )
        for number in range(size)
    ]


def catalog(world: World, services: list[Candidate]) -> Catalog:
    """Compile `services`."""
    return Catalog(
        services,
        taxonomy=taxonomy_of(world.terms),
        geography=geography_of(world.gazetteer),
        day=AT.date(),
    )


def requests(world: World, number: int) -> Iterator[Needs]:
    """Yield `number` requests: three needs, a county, and some answers."""
    chance = random.Random(number)  # noqa: S311 - a world, no secret
    codes = [term.code for term in world.terms.values() if not term.is_group]
    counties = [county.fips for county in world.gazetteer.counties]
    for _ in range(number):
        yield Needs(
            needs=tuple(
                Need(code=code, urgency=chance.choice(list(Urgency)))
                for code in chance.sample(codes, 3)
            ),
            at=AT,
            county=chance.choice(counties),
            languages=chance.choice([(), ("es",), ("vi",)]),
            person=Person(
                age=chance.choice([None, 16, 30]),
                gender=chance.choice([None, *Gender]),
                children=chance.choice([None, 0, 2]),
                pets=chance.choice([None, True]),
                immigration=chance.choice(
                    [None, frozenset({Immigration.UNDOCUMENTED})]
                ),
            ),
        )


def folder_of_results() -> Path:
    """Return a folder for what a measurement writes, outside the checkout."""
    return Path(tempfile.mkdtemp(prefix="benchmark"))
