"""Old ids lead on, on pages and in files; none brings back what was merged."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from directory.curation.merging import Side
from directory.curation.records.subject import organization_subject
from directory.database import reading, writing
from directory.hsds import (
    EligibilityRule,
    Language,
    Organization,
    Phone,
    Record,
    Redirect,
    Schedule,
    Service,
    ServiceAtLocation,
    Visibility,
)
from directory.interchange.load import load_package
from directory.interchange.package import read_package, write_package
from directory.projection import Audience, take_snapshot
from directory.settings import Settings, load_settings
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.scenes import scene
from tests.curation.twins import (
    FAR,
    LEFT,
    NEAR,
    RIGHT,
    TERMS,
    merged,
    take_back,
    write_organizations,
    write_services,
)


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Flask:
    """Return a site over a database that holds one organization twice."""
    write_organizations(sqlite)
    return create_app(settings(sqlite, tmp_path))


def settings(engine: Engine, folder: Path) -> Settings:
    """Return the settings of a site over the database of `engine`."""
    return load_settings(
        {
            "AFTERCARE_DATA_DIR": str(folder / "data"),
            "AFTERCARE_DATABASE_URL": str(engine.url),
            "AFTERCARE_LIMITS": "no",
        }
    )


def led(client: FlaskClient, path: str) -> tuple[int, str | None]:
    """Return the status, and where one is sent."""
    answer = client.get(path)
    return answer.status_code, answer.location


def test_old_addresses_lead_to_what_stays(app: Flask) -> None:
    client = app.test_client()
    assert led(client, "/organizations/right") == (200, None)
    merged(site_of(app).database, LEFT, RIGHT)
    assert led(client, "/organizations/right") == (301, "/organizations/left")
    assert led(client, "/es/organizations/right") == (301, "/es/organizations/left")
    assert led(client, "/organizations/older") == (301, "/organizations/left")


def test_old_addresses_lead_over_several_merges(app: Flask) -> None:
    engine = site_of(app).database
    merged(engine, LEFT, RIGHT)
    merged(engine, organization_subject("branch"), LEFT)
    for old in ("older", "right", "left"):
        assert led(app.test_client(), f"/organizations/{old}") == (
            301,
            "/organizations/branch",
        )


def test_a_chain_that_nobody_shortened_is_followed_to_its_end(app: Flask) -> None:
    engine = site_of(app).database
    merged(engine, LEFT, RIGHT)
    rows.save(
        engine,
        Redirect(id="oldest", entity="organization", to_id="older"),
        Redirect(id="round", entity="organization", to_id="about"),
        Redirect(id="about", entity="organization", to_id="round"),
    )
    client = app.test_client()
    assert led(client, "/organizations/oldest") == (301, "/organizations/left")
    assert led(client, "/organizations/round") == (404, None)


def test_an_id_leads_only_to_its_own_kind(app: Flask) -> None:
    merged(site_of(app).database, LEFT, RIGHT)
    assert led(app.test_client(), "/services/right") == (404, None)


def test_taking_a_merge_back_takes_its_redirect_away(app: Flask) -> None:
    engine = site_of(app).database
    merged(engine, LEFT, RIGHT)
    take_back(engine)
    assert led(app.test_client(), "/organizations/right") == (200, None)


def test_services_lead_on_as_well(sqlite: Engine, tmp_path: Path) -> None:
    write_services(sqlite)
    client = create_app(settings(sqlite, tmp_path)).test_client()
    merged(sqlite, NEAR, FAR)
    assert led(client, "/services/far") == (301, "/services/near")
    assert led(client, "/es/services/far") == (301, "/es/services/near")


def test_a_redirect_to_what_is_hidden_is_no_different_from_nothing(
    sqlite: Engine, tmp_path: Path
) -> None:
    hidden = scene(Visibility.NETWORK, name="s")
    rows.save(
        sqlite,
        *hidden.records,
        Redirect(id="old-service", entity="service", to_id="s"),
        Redirect(id="old-body", entity="organization", to_id="s-organization"),
    )
    client = create_app(settings(sqlite, tmp_path)).test_client()
    for old, absent in (
        ("/services/old-service", "/services/abs-service"),
        ("/organizations/old-body", "/organizations/abs-body"),
    ):
        one, other = client.get(old), client.get(absent)
        assert one.status_code == other.status_code == 404
        assert one.data.replace(b"old-", b"abs-") == other.data
        assert one.headers == other.headers
    assert take_snapshot(sqlite).redirects == {}
    seen = take_snapshot(sqlite, Audience.NETWORK).redirects
    assert seen == {"old-service": "s", "old-body": "s-organization"}


def packed(engine: Engine, folder: Path) -> Path:
    """Write everything into a package, as another system may have taken it."""

    def records(model: type[Record]) -> Sequence[Record]:
        with reading(engine) as session:
            return session.exec(select(model)).all()

    write_package(folder, records)
    return folder


def ids(engine: Engine, *models: type[SQLModel]) -> dict[str, set[str]]:
    """Return the ids of all records of some tables."""
    with reading(engine) as session:
        return {
            model.__name__: {row.id for row in session.exec(select(model))}  # type: ignore[attr-defined]
            for model in models
        }


ALL = (
    *(Organization, Service, Phone, Language, Schedule, ServiceAtLocation),
    *(EligibilityRule, Redirect),
)


def test_an_old_package_brings_no_organization_back(
    engine: Engine, tmp_path: Path
) -> None:
    write_organizations(engine)
    package = read_package(packed(engine, tmp_path / "old"))
    merged(engine, LEFT, RIGHT)
    before = ids(engine, *ALL)
    loaded = load_package(engine, package, TERMS)
    assert ids(engine, *ALL) == before
    # The organization, the number that both have, and the language of that.
    assert (loaded.made, loaded.merged) == (0, 3)
    with reading(engine) as session:
        assert session.get_one(Service, "far").organization_id == "left"


def test_an_old_package_brings_no_service_back(engine: Engine, tmp_path: Path) -> None:
    write_services(engine)
    package = read_package(packed(engine, tmp_path / "old"))
    merged(engine, NEAR, FAR, hours=Side.KEPT, **{"rules:gender": Side.KEPT})
    before = ids(engine, *ALL)
    loaded = load_package(engine, package, TERMS)
    assert ids(engine, *ALL) == before
    assert loaded.merged > 5
    assert load_package(engine, package, TERMS).changed == 0


def test_what_is_new_with_a_merged_organization_is_loaded(
    sqlite: Engine, tmp_path: Path
) -> None:
    write_organizations(sqlite)
    right = rows.organization(id="right")
    rows.save(sqlite, rows.service(right, id="new", name="New"))
    package = read_package(packed(sqlite, tmp_path / "old"))
    with writing(sqlite) as session:
        session.delete(session.get_one(Service, "new"))
    merged(sqlite, LEFT, RIGHT)
    load_package(sqlite, package, TERMS)
    with reading(sqlite) as session:
        assert session.get_one(Service, "new").organization_id == "left"


def test_a_part_that_took_over_the_whole_is_no_part_of_itself(
    sqlite: Engine, tmp_path: Path
) -> None:
    rows.save(
        sqlite,
        rows.organization(id="left", name="Harbor"),
        rows.organization(id="right", name="Haven", parent_organization_id="left"),
    )
    package = read_package(packed(sqlite, tmp_path / "old"))
    merged(sqlite, RIGHT, LEFT)
    load_package(sqlite, package, TERMS)
    with reading(sqlite) as session:
        assert session.get_one(Organization, "right").parent_organization_id is None
