"""Who may see hidden listings, and how many in a minute.

Everybody else gets the page of what is not there, as for an address that never was.
"""

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, cast

from flask import Flask, abort, current_app, request, session
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from directory.accounts import Person, Role, may_see_network
from directory.web.accounts.guard import signed_in
from directory.web.site import site_of, the_site

PAGES_A_MINUTE = 60
"""What one person may open in a minute, over all processes."""

_KEY = "aftercare_network"
_Given = ParamSpec("_Given")
_View = Callable[_Given, ResponseReturnValue]


class Pace:
    """Counts what each person opens in one process, of several that share a limit."""

    def __init__(self, *, workers: int, limited: bool) -> None:
        """Allow a share of one among `workers` processes."""
        self._limit = RateLimitItemPerMinute(max(1, PAGES_A_MINUTE // workers))
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._limited = limited

    def step(self, person_id: str) -> None:
        """Count one page; raise `TooManyRequests` if it is one too many."""
        if self._limited and not self._counter.hit(self._limit, person_id):
            window = self._counter.get_window_stats(self._limit, person_id)
            wait = max(1, math.ceil(window.reset_time - time.time()))
            raise TooManyRequests(retry_after=wait)


def keep_pace(app: Flask) -> None:
    """Let `app` count what each person opens."""
    settings = site_of(app).settings
    app.extensions[_KEY] = Pace(workers=settings.workers, limited=settings.limits)


def approved(view: _View[_Given]) -> _View[_Given]:
    """Let only those open a view who are approved to see hidden listings.

    For all others there is no such page: not even the link to the other language, or
    the token that a form lacks, tells that there is one.
    """

    @wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> ResponseReturnValue:
        person = signed_in()
        if person is None or not sees_network(person):
            not_there()
        cast("CSRFProtect", current_app.extensions["csrf"]).protect()
        cast("Pace", current_app.extensions[_KEY]).step(person.id)
        return view(*args, **kwargs)

    guarded.needs = frozenset({Role.ADVOCATE, Role.HOTLINE, Role.COORDINATOR})  # type: ignore[attr-defined]
    return guarded


def sees_network(person: Person) -> bool:
    """Tell whether a person may see hidden listings at this moment."""
    return may_see_network(person, the_site().now())


def not_there() -> NoReturn:
    """Answer as for an address that no page has, and that asks nobody who they are."""
    request.url_rule = None
    session.accessed = False
    abort(404)
