"""The blueprint of reports."""

from flask import Blueprint, Response

from directory.web.bilingual import pages_of

blueprint = Blueprint("report", __name__)
page = pages_of(blueprint)


@blueprint.after_request
def keep_out(response: Response) -> Response:
    """Let search engines not even list the page."""
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
