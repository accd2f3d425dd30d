"""A site on the database of a test."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from directory.settings import Settings
from directory.web.app import create_app
from directory.web.site import site_of

ADDRESS = "https://aftercare.example"
"""How links in its letters begin."""


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
