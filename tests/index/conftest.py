"""A small directory that the tests of search share, on both text engines."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import open_engine
from directory.projection import CostNote, LanguageOffer
from tests.fixtures.postgresql import Server
from tests.index.listings import (
    BUNCOMBE,
    DURHAM,
    HYDE,
    ORANGE,
    PROVENANCE,
    WAKE,
    Storage,
    World,
    line,
    listing,
    opening,
    organization,
    place,
    rule,
    world,
)

Databases = Callable[[], AbstractContextManager[Engine]]


@pytest.fixture(scope="session")
def databases(
    postgresql_server: Server, postgresql_numbers: Iterator[int]
) -> Databases:
    """Return what makes an empty PostgreSQL database and takes it away again."""

    @contextmanager
    def database() -> Generator[Engine]:
        name = f"search_{next(postgresql_numbers)}"
        postgresql_server.run(f"CREATE DATABASE {name}")
        engine = open_engine(postgresql_server.url(name))
        yield engine
        engine.dispose()
        postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")

    return database


@pytest.fixture(
    scope="session",
    params=["files", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def text_engine(request: pytest.FixtureRequest) -> str:
    """Name the engine that keeps the text index: every test runs on both."""
    return str(request.param)


@pytest.fixture
def storage(
    text_engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Generator[Storage]:
    """Return a place for indexes that holds none yet."""
    if text_engine == "files":
        yield Storage(folder=tmp_path)
        return
    with request.getfixturevalue("databases")() as database:
        yield Storage(folder=tmp_path, database=database)


@pytest.fixture(scope="session")
def shared_storage(
    text_engine: str,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Generator[Storage]:
    """Return a place for the index of the town."""
    folder = tmp_path_factory.mktemp("town")
    if text_engine == "files":
        yield Storage(folder=folder)
        return
    with request.getfixturevalue("databases")() as database:
        yield Storage(folder=folder, database=database)


@pytest.fixture(scope="session")
def town(shared_storage: Storage) -> World:
    """Return a directory of a dozen services, each there for a reason."""
    legal_aid = organization("Legal Aid of North Carolina", alternate_names=("LANC",))
    pisgah = organization("Pisgah Legal Services")
    durham_crisis = organization("Durham Crisis Response Center")
    hope = organization("House of Hope")
    coalition = organization("NC Coalition Against Domestic Violence", kind="coalition")
    return world(
        shared_storage,
        listing(
            "shelter-wake",
            "Emergency shelter",
            "emergency_shelter",
            organization=organization("InterAct"),
            rules=(
                rule("gender", "requires", "woman"),
                rule("children", "requires", "any"),
                rule("pets", "excludes", "yes"),
            ),
            languages=(LanguageOffer(code="es", by="staff", note=None),),
            always_open=True,
            lines=(line(),),
        ),
        listing(
            "shelter-durham",
            "Safe beds",
            "emergency_shelter",
            "safety_planning",
            organization=durham_crisis,
            counties=(DURHAM,),
            coverage="partial",
            verified={"record": PROVENANCE.read_on},
        ),
        listing(
            "shelter-men",
            "Rescue mission",
            "emergency_shelter",
            organization=hope,
            rules=(rule("gender", "requires", "man"),),
            openings=(opening("MO TU WE TH FR", "18:00", "08:00"),),
        ),
        listing(
            "immigration",
            "Immigration help for survivors",
            "immigration_legal",
            organization=legal_aid,
            coverage="statewide",
            counties=(),
            delivery=("phone", "online"),
            cost=CostNote(option="free", note=None),
            languages=(LanguageOffer(code="mul", by="interpreter", note=None),),
            description="T visa, U visa and asylum.",
        ),
        listing(
            "civil-west",
            "Civil help",
            "civil_legal",
            organization=pisgah,
            counties=(BUNCOMBE,),
        ),
        listing(
            "therapy",
            "Healing program",
            "mental_health",
            organization=organization("Our VOICE"),
            counties=(BUNCOMBE,),
            description="EMDR. We refer to shelters and to lawyers.",
            cost=CostNote(option="sliding_scale", note=None),
        ),
        listing(
            "pantry",
            "Nightly table",
            "food",
            organization=organization("Café Señora"),
            description="For a niño or niña too.",
            rules=(rule("photo_id", "requires", "any"),),
            openings=(opening("MO", "09:00", "17:00"),),
        ),
        listing("dentist", "Smile clinic", "dental", rules=(), counties=(ORANGE,)),
        listing(
            "rescue-region",
            "Restoration home",
            "transitional_housing",
            coverage="site_only",
            counties=(),
            places=(place(None, visibility="region", region="Mountains"),),
        ),
        listing(
            "hotline",
            "Hotline",
            "crisis_line",
            organization=organization("National Human Trafficking Hotline"),
            coverage="statewide",
            counties=(),
            delivery=("phone",),
            always_open=True,
            lines=(line(languages=("es",)),),
            focus="trafficking",
        ),
        listing(
            "coalition",
            "Where to find a shelter",
            "emergency_shelter",
            organization=coalition,
            role="referral",
            coverage="statewide",
            counties=(),
            delivery=("phone",),
        ),
        listing(
            "far",
            "Island shelter",
            "emergency_shelter",
            counties=(HYDE,),
            out_of_county="yes",
        ),
        listing(
            "dss",
            "Public benefits",
            "benefits",
            organization=organization(
                "Wake County Human Services", kind="public_agency"
            ),
            description="SNAP, Medicaid and Work First.",
            counties=(WAKE,),
        ),
    )
