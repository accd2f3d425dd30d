"""What a visitor sees when something is wrong: what happened, and the hotline."""

from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from gunicorn.http.errors import NoMoreData, ParseException
from typing_extensions import override
from werkzeug.exceptions import HTTPException, SecurityError

from directory.errors import DatabaseUnavailableError
from directory.web.incident import report
from directory.web.request import ReadableRequest
from directory.web.texts import gettext

_PLAIN = "\n\n911\n888-373-7888\n988\n211\n"
"""The numbers, for when not even a page can be made."""


class QuietFlask(Flask):
    """A Flask that writes where it failed, and nothing of what was asked."""

    request_class = ReadableRequest

    @override
    def log_exception(self, exc_info: Any) -> None:
        # The rule of the address, such as `/services/<id>`, names no listing.
        report(f"{request.method} {request.url_rule}", exc_info[1])


def handle_errors(app: Flask) -> None:
    """Answer every failure of `app` with a page, or with JSON where JSON is spoken."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DatabaseUnavailableError, _no_database)
    # The server notices a broken body only while a view reads it.
    for broken in (ParseException, NoMoreData):
        app.register_error_handler(broken, _no_request)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if isinstance(error, SecurityError):
        # Under a name that is not this site's, no address of it can be made.
        return Response("This name is not served here.\n", 400, mimetype="text/plain")
    headers = {
        name: value
        for name, value in error.get_headers()
        if name in {"Allow", "Retry-After", "Location"}
    }
    return _answer(status, _message(status)), status, headers


def _no_request(_error: Exception) -> ResponseReturnValue:
    return _answer(400, _message(400)), 400


def _no_database(_error: DatabaseUnavailableError) -> ResponseReturnValue:
    message = gettext("The directory cannot be reached at this moment.")
    return _answer(503, message), 503, {"Retry-After": "30"}


def _answer(status: int, message: str) -> Response | str:
    # The database may be what is broken, so neither answer asks it anything.
    if request.path.startswith("/api/"):
        return jsonify(errors=[{"field": "", "message": message, "allowed": []}])
    try:
        return render_template("public/error.html", status=status, message=message)
    except Exception as error:  # noqa: BLE001 - whatever is broken, the numbers are shown
        report("the page of an error", error)
        return Response(message + _PLAIN, mimetype="text/plain")


def _message(status: int) -> str:
    messages = {
        400: gettext("The request could not be read."),
        404: gettext("There is no such page here. It may have been taken away."),
        405: gettext("This page cannot be used in that way."),
        413: gettext("That was too much to send at once."),
        429: gettext("That was too many requests. Please wait a minute."),
    }
    if status in messages:
        return messages[status]
    if status < 500:  # noqa: PLR2004 - from here on the fault is ours
        return gettext("The request could not be answered.")
    return gettext("Something went wrong here. Nothing that you typed was kept.")
