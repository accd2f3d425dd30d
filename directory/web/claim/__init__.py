"""Claims: somebody of a provider asks for an account to keep its listings."""

from flask import Flask

from directory.web.claim.views import blueprint


def add_claims(app: Flask) -> None:
    """Let `app` take claims."""
    app.register_blueprint(blueprint)
