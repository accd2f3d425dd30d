"""Addresses for operators."""

from flask import Blueprint, Response, jsonify

from directory.database import is_current
from directory.errors import AftercareError
from directory.web.site import the_site

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether the database can be read and is of this version."""
    site = the_site()
    try:
        ready = is_current(site.database)
        listings = len(site.snapshot().listings) if ready else 0
    except AftercareError:
        return jsonify(status="unavailable", listings=0), 503
    status = "ok" if ready else "the tables are of another version"
    return jsonify(status=status, listings=listings), 200 if ready else 503
