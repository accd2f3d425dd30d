"""The blueprint of the desk."""

from flask import Blueprint, request

from directory.web.bilingual import pages_of

blueprint = Blueprint("staff", __name__)
page = pages_of(blueprint)

_LAST = 2**31 - 1
"""The last event that the history can count."""


def before_event() -> int | None:
    """Return the event that the address asks to go back from, if it is one."""
    number = request.args.get("before", type=int)
    return number if number is not None and 0 < number <= _LAST else None
