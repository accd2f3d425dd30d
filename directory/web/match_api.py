"""The matcher for other systems: `POST /api/match`, and its description."""

import json

from flask import Blueprint, Response, jsonify, request

from directory.errors import FieldError, InvalidRequestError
from directory.referral.answer import answer_json, answer_of
from directory.referral.openapi import description
from directory.referral.request import read_request
from directory.web.site import the_site

blueprint = Blueprint("match_api", __name__)


@blueprint.post("/api/match")
def match() -> tuple[Response, int]:
    """Answer a request in JSON; nothing of it is kept."""
    site = the_site()
    try:
        wanted = read_request(
            _body(),
            terms=site.terms,
            gazetteer=site.gazetteer,
            now=site.now(),
        )
    except InvalidRequestError as error:
        return _refused(error), 422
    codes = tuple(need.code for need in wanted.needs.needs)
    referral = site.engine.match(wanted, site.snapshot())
    return jsonify(answer_json(answer_of(referral, codes))), 200


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """Describe the interface."""
    return jsonify(description(the_site().terms))


def _body() -> object:
    try:
        # The type of the content is not asked for: who posts JSON here means JSON.
        return json.loads(request.get_data().decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        problem = FieldError(field="body", message="is not JSON in UTF-8")
        raise InvalidRequestError([problem]) from None


def _refused(error: InvalidRequestError) -> Response:
    return jsonify(
        errors=[
            {"field": e.field, "message": e.message, "allowed": list(e.allowed)}
            for e in error.errors
        ]
    )
