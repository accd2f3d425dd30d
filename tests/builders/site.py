"""A site on the database of a test."""

import datetime as dt
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from typing_extensions import override

from directory.referral.request import ZONE
from directory.settings import Settings
from directory.web.app import create_app
from directory.web.site import Site, bind_site, site_of
from tests.safety.sites import remade

ADDRESS = "https://aftercare.example"
"""How links in its letters begin."""

_BEGAN = dt.datetime.now(ZONE)
_TO_NOON = _BEGAN.replace(hour=12).astimezone(dt.UTC) - _BEGAN


@contextmanager
def served_on(engine: Engine, folder: Path, **more: object) -> Generator[Flask]:
    """Yield a site on the database of `engine`, and let go of it at the end."""
    app = site_on(engine, folder, **more)
    yield app
    site_of(app).database.dispose()


def site_on(engine: Engine, folder: Path, **more: object) -> Flask:
    """Return a site on the database of `engine`; what it writes is in `folder`."""
    usual: dict[str, object] = {
        "data_dir": folder,
        "database_url": engine.url.render_as_string(hide_password=False),
        "secret_key": "k" * 40,
        "site_url": ADDRESS,
    }
    return create_app(Settings(**{**usual, **more}))  # type: ignore[arg-type]


def after_noon() -> dt.datetime:
    """Return a moment of a clock that was set to noon when the tests began.

    What was told "today" a moment ago must not have been told yesterday.
    """
    return (dt.datetime.now(dt.UTC) + _TO_NOON).astimezone(ZONE)


class NoonSite(Site):
    """A site whose clock was set to noon when the tests began, and goes on."""

    @override
    def now(self) -> dt.datetime:
        return after_noon()


def site_after_noon(settings: Settings) -> Flask:
    """Return the site for `settings`, by that clock."""
    app = create_app(settings)
    bind_site(app.extensions, remade(site_of(app), NoonSite))
    return app
