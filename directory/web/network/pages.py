"""The pages of hidden listings."""

from flask import Flask, Response

from directory.web.network import (  # noqa: F401 - a page is known once it is imported
    listings,
    match,
)
from directory.web.network.blueprint import blueprint
from directory.web.network.guard import keep_pace


def register(app: Flask) -> None:
    """Put the pages on `app`, in English and below `/es/` in Spanish."""
    app.register_blueprint(blueprint)
    keep_pace(app)


@blueprint.after_request
def unlisted(response: Response) -> Response:
    """Ask that a page be not even listed; what is not there looks like any other."""
    if response.status_code < 400:  # noqa: PLR2004 - what is refused bears no mark
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
