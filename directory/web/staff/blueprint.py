"""The blueprint of the desk."""

from itertools import chain

from flask import Blueprint, abort, request

from directory.web.bilingual import pages_of

blueprint = Blueprint("staff", __name__)
page = pages_of(blueprint)

_LAST = 2**31 - 1
"""The last event that the history can count."""


@blueprint.before_request
def _refuse_nul() -> None:
    """Answer 400 to a text that no database holds, and that no person types."""
    texts = chain(
        (request.path,), *request.args.listvalues(), *request.form.listvalues()
    )
    if any("\0" in text for text in texts):
        abort(400)


def before_event() -> int | None:
    """Return the event that the address asks to go back from, if it is one."""
    number = request.args.get("before", type=int)
    return number if number is not None and 0 < number <= _LAST else None
