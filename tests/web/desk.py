"""A small site with a desk: two coordinators, one service, and what is asked of it."""

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from directory.accounts import Person, Role
from directory.curation.actor import Actor, ActorKind
from directory.database import last_change, writing
from directory.hsds import Change, Visibility
from directory.settings import load_settings
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.people import person, signed_in_client
from tests.builders.scenes import Scene, stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A person's browser, signed in."""

    client: FlaskClient
    token: str
    person: Person

    @property
    def actor(self) -> Actor:
        """The person as one of the staff."""
        return Actor(kind=ActorKind.STAFF, id=self.person.id)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, **form: str) -> TestResponse:
        """Send a form, with the token that its page has."""
        return self.client.post(path, data={"csrf_token": self.token, **form})

    def reads(self, path: str) -> str:
        """Return the words of a page that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return words(answer.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The site, with two coordinators who proved lately who they are."""

    app: Flask
    engine: Engine
    scene: Scene
    ann: Browser
    bea: Browser


def browser(app: Flask, *roles: Role, age: float = 0, days: float = 30) -> Browser:
    """Sign a new person in."""
    who = person(site_of(app).database, *roles, approved_days_ago=days)
    return signed_in(app, who, age=age)


def signed_in(app: Flask, who: Person, *, age: float = 0) -> Browser:
    """Return the browser of a person who proved who they are `age` seconds ago."""
    client, token = signed_in_client(app, who, age=age)
    return Browser(client=client, token=token, person=who)


def set_up(folder: Path, migrated: Path) -> Desk:
    """Make a site with one service, which has a number and a public place.

    `migrated` is a database with tables, which is copied.
    """
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(folder), "AFTERCARE_LIMITS": "no"}
    )
    folder.mkdir(exist_ok=True)
    shutil.copyfile(migrated, folder / "aftercare.db")
    app = create_app(settings)
    engine = site_of(app).database
    scene = stage(engine, Visibility.PUBLIC, url="https://example.org/house")
    rows.save(
        engine,
        rows.phone(scene.service, id="p"),
        rows.area(scene.service),
        rows.address(scene.places[0], id="a", address_1="4711 Canary Street"),
    )
    return Desk(
        app=app,
        engine=engine,
        scene=scene,
        ann=browser(app, Role.COORDINATOR),
        bea=browser(app, Role.COORDINATOR),
    )


_FAR = 10_000
"""More changes than one test makes."""


class Theatre:
    """One site for many tests: its database is put back before each of them."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        """Make the site, and keep its database as it is then."""
        self._desk = set_up(folder, migrated)
        self._file, self._kept = folder / "aftercare.db", folder / "kept.db"
        self._opened = 0
        # The last connection that is closed writes everything into the one file.
        self._desk.engine.dispose()
        shutil.copyfile(self._file, self._kept)

    def open(self) -> Desk:
        """Return the desk as it was, with everybody signed in just now."""
        self._desk.engine.dispose()
        for left in ("-wal", "-shm"):
            self._file.with_name(self._file.name + left).unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._file)
        self._step_aside()
        ann, bea = (signed_in(self._desk.app, b.person) for b in self._browsers)
        return replace(self._desk, ann=ann, bea=bea)

    def _step_aside(self) -> None:
        """Let no number of a change come back.

        The site would take what it holds of an earlier test for the newest.
        """
        self._opened += 1
        with writing(self._desk.engine) as session:
            seq = last_change(session) + self._opened * _FAR
            now = site_of(self._desk.app).now()
            session.add(
                Change(
                    seq=seq, at=now, entity="service", record_id="s", action="update"
                )
            )

    @property
    def _browsers(self) -> tuple[Browser, Browser]:
        return self._desk.ann, self._desk.bea


def words(html: str) -> str:
    """Return what a person reads on a page, below its head."""
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def hidden_fields(html: str) -> dict[str, str]:
    """Return what a form sends by itself: its version, and its key."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: text for name, text in found if name in {"version", "once", "place"}}
