"""The pages that everybody may see."""

from flask import Flask

from directory.web.public import (  # noqa: F401 - a page is known once it is imported
    counties,
    home,
    listings,
    match,
    search,
    suggestions,
    words,
)
from directory.web.public.blueprint import blueprint


def register(app: Flask) -> None:
    """Put the public pages on `app`, in English and below `/es/` in Spanish."""
    app.register_blueprint(blueprint)
