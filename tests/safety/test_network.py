"""Who may not know of a hidden place does not learn that there is one (T1, T6)."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from directory.accounts import Person, Role
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.database import reading, writing
from directory.hsds import Visibility
from directory.settings import Settings
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.people import person, signed_in_client
from tests.builders.scenes import scene
from tests.builders.site import served_on
from tests.safety.sites import stopped
from tests.safety.world import HIDDEN_SERVICE, build

CANARIES = ("742 Canary Way", "27999", "35.1234", "-79.4321")
"""Street, ZIP code and point that somebody once typed in for the hidden place."""
PATHS = (
    *("/network/", "/network/services/secret", "/network/services/nothing"),
    *("/network/match", "/es/network/", "/es/network/services/secret"),
)


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Iterable[Flask]:
    made = scene(Visibility.NETWORK, name="secret")
    made.service.name = "Quokka Lodge"
    rows.save(sqlite, *made.records, rows.area(made.service))
    with served_on(sqlite, tmp_path, limits=False) as site:
        yield site


def joined(app: Flask, *roles: Role, days: float) -> FlaskClient:
    """Return the browser of somebody who was approved some days ago."""
    who = person(site_of(app).database, *roles, approved_days_ago=days)
    return signed_in_client(app, who)[0]


def strangers(app: Flask) -> dict[str, FlaskClient]:
    """Return all who may know of nothing: nobody, new staff, and other parts."""
    return {
        "nobody": app.test_client(),
        "new advocate": joined(app, Role.ADVOCATE, days=6.9),
        "new hotline": joined(app, Role.HOTLINE, days=0),
        "new coordinator": joined(app, Role.COORDINATOR, days=6.9),
        "administrator": joined(app, Role.ADMINISTRATOR, days=300),
        "provider": joined(app, Role.PROVIDER, days=300),
    }


def told(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all that a visitor gets."""
    kept = [h for h in answer.headers.to_wsgi_list() if h[0] != "Date"]
    return answer.status_code, answer.data, kept


def test_to_a_stranger_each_page_is_one_that_is_not_there(app: Flask) -> None:
    for name, client in strangers(app).items():
        for path in PATHS:
            absent = "/es/absent" if path.startswith("/es/") else "/absent"
            got, none = told(client.get(path)), told(client.get(absent))
            assert got == none, (name, path)
            assert got[0] == 404


@pytest.mark.parametrize("data", [{}, {"need": "emergency_shelter"}])
def test_to_a_stranger_there_is_no_form_either(
    app: Flask, data: dict[str, str]
) -> None:
    for name, client in strangers(app).items():
        got = told(client.post("/network/match", data=data))
        assert got == told(client.post("/absent", data=data)), name
        assert got[0] == 404


def test_nobody_is_recorded_as_having_looked_who_was_not_let_in(app: Flask) -> None:
    for client in strangers(app).values():
        client.get("/network/services/secret")
    with reading(site_of(app).database) as session:
        assert entries(session, Asked(actions=(Action.VIEW,))) == []


def test_after_approval_and_a_week_it_is_shown_and_says_not_where(
    app: Flask, sqlite: Engine
) -> None:
    plant(sqlite)
    engine = site_of(app).database
    who = person(engine, Role.ADVOCATE, approved_days_ago=6.9)
    client = signed_in_client(app, who)[0]
    assert client.get("/network/services/secret").status_code == 404
    wait_a_week(engine, who)
    for path in ("/network/", "/network/services/secret", "/network/match"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        for canary in CANARIES:
            assert canary not in answer.text, path
    assert "Quokka Lodge" in client.get("/network/services/secret").text


def plant(engine: Engine) -> None:
    """Put whereabouts beside the hidden place, as only a fault could."""
    street, postal_code, latitude, longitude = CANARIES
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA ignore_check_constraints = ON")
        driver.execute(
            "UPDATE location SET latitude = ?, longitude = ? WHERE id = 'secret-0'",
            (float(latitude), float(longitude)),
        )
        driver.execute(
            "INSERT INTO address (id, location_id, location_visibility, address_1,"
            " city, state_province, postal_code, country)"
            " VALUES ('a', 'secret-0', 'public', ?, 'Cary', 'NC', ?, 'US')",
            (street, postal_code),
        )
        driver.execute("PRAGMA ignore_check_constraints = OFF")
        driver.execute("PRAGMA foreign_keys = ON")
    # What a snapshot holds is as old as the last change that it knows of.
    rows.save(engine, rows.organization(id="newer"))
    with engine.connect() as connection:
        held = connection.execute(text("SELECT address_1 FROM address")).all()
    assert held == [(street,)]


def wait_a_week(engine: Engine, who: Person) -> None:
    """Let it be a week since somebody was approved."""
    with writing(engine) as session:
        row = session.get_one(Person, who.id)
        assert row.approved_at is not None
        row.approved_at -= dt.timedelta(days=7)


def test_a_disabled_person_is_a_stranger_at_the_next_page(app: Flask) -> None:
    engine = site_of(app).database
    who = person(engine, Role.ADVOCATE)
    client = signed_in_client(app, who)[0]
    assert client.get("/network/").status_code == 200
    with writing(engine) as session:
        session.get_one(Person, who.id).active = False
    assert client.get("/network/").status_code == 404


def test_hidden_listings_change_nothing_for_new_staff(
    plain: Settings, tmp_path: Path
) -> None:
    other = build(tmp_path / "other", 3)
    seen = []
    for settings in (plain, other):
        site = stopped(settings)
        new = joined(site, Role.ADVOCATE, days=1)
        paths = ("/network/", f"/network/services/{HIDDEN_SERVICE}")
        seen.append([told(new.get(path)) for path in paths])
    assert seen[0] == seen[1]
