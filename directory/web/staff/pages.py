"""The desk of coordinators."""

from flask import Flask

from directory.web.staff import (  # noqa: F401 - a page is known once it is imported
    claims,
    dead_ends,
    desk,
    duplicates,
    editing,
    gaps,
    history,
    imports,
    letters,
    place,
    putting_back,
    queue,
    reports,
    stale,
    words,
)
from directory.web.staff.bar import desk_alarms, own_places
from directory.web.staff.blueprint import blueprint


def register(app: Flask) -> None:
    """Put the desk on `app`, in English and below `/es/` in Spanish."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        desk_alarms=desk_alarms, own_places=own_places, desk_words=words
    )
