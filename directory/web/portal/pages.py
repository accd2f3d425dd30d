"""The pages of providers: of those who signed in, and of those who got a letter."""

from flask import Flask

from directory.web.portal import (  # noqa: F401 - a page is known once it is imported
    by_letter,
    letters,
    signed_in,
)
from directory.web.portal.blueprint import portal, portal_link


def register(app: Flask) -> None:
    """Put the pages of providers on `app`."""
    app.register_blueprint(portal)
    app.register_blueprint(portal_link)
