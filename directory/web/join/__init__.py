"""Joining: an organization that is not listed yet asks to be."""

from flask import Flask

from directory.web.join.views import blueprint


def add_joining(app: Flask) -> None:
    """Let `app` take in those who ask to be listed."""
    app.register_blueprint(blueprint)
