"""How often it may be tried to sign in: enough for a person, too little for a guesser.

Tries are counted for each address and for each account. Nobody is locked out: a known
browser has tries of its own, and after an hour there are new ones. What is typed, and
from where, is counted under names that do not tell it.
"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Flask, request
from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from directory.web.accounts.guard import signed_in
from directory.web.accounts.known_device import account_name, known_device
from directory.web.accounts.setting_up import half_way
from directory.web.limits import Visitors
from directory.web.site import site_of

BY_ADDRESS = 50
"""Tries in an hour from one address, over all processes."""
BY_ACCOUNT = 200
"""Tries in an hour for one account, from wherever; more than one address has."""
BY_CODE = 40
"""Codes in an hour for one account: of a million there are three that open."""
BY_DEVICE = 40
"""Tries in an hour from a browser that is known."""
LETTERS = 4
"""Letters in an hour that lead to a new password."""


class Tries:
    """Counts tries in one process, of several that share what is allowed."""

    def __init__(self, *, workers: int, by_address: bool) -> None:
        """Allow a share of one among `workers` processes."""
        self._workers = workers
        self._by_address = by_address
        self._visitors = Visitors()
        self._counter = FixedWindowRateLimiter(MemoryStorage())

    def may_try(self, kind: str, account: str) -> bool:
        """Count one more try of `kind` for `account`; tell whether it is allowed."""
        device = known_device()
        if device is not None and device.account == account:
            return self._hit(BY_DEVICE, kind, device.id)
        visitor = self._visitors.name(get_remote_address(), time.time())
        if self._by_address and not self._hit(BY_ADDRESS, kind, visitor):
            return False
        most = BY_CODE if kind == "code" else BY_ACCOUNT
        return self._hit(most, kind, account)

    def may_write(self, account: str) -> bool:
        """Count one more letter to `account`; tell whether it is allowed."""
        return self._hit(LETTERS, "letter", account)

    def _hit(self, most: int, kind: str, who: str) -> bool:
        item = RateLimitItemPerHour(max(1, most // self._workers))
        return self._counter.hit(item, kind, str(most), who)


def count_tries(app: Flask) -> None:
    """Refuse what is tried too often on `app`, before it is looked at."""
    settings = site_of(app).settings
    tries = Tries(workers=settings.workers, by_address=settings.limits)
    app.extensions["tries"] = tries

    def refuse() -> None:
        kind = _KINDS.get(request.endpoint or "")
        if kind is None or request.method != "POST":
            return
        if not tries.may_try(kind, account_name(_WHO[kind]())):
            raise TooManyRequests(retry_after=60 * 60)

    app.before_request(refuse)


def tries_of(app: Flask) -> Tries:
    """Return what counts the tries of `app`."""
    tries: Tries = app.extensions["tries"]
    return tries


_KINDS = {
    "security.login": "password",
    "security.forgot_password": "forgotten",
    "security.two_factor_token_validation": "code",
    "security.two_factor_setup_validate": "proof",
    "security.mf_recovery": "code",
    "security.verify": "proof",
    "security.change_password": "proof",
}
"""What is tried by a POST, by endpoint."""


def _typed() -> str:
    return request.form.get("email", "")


def _half_way() -> str:
    """Return the address of the person whose password was right."""
    person = signed_in() or half_way()
    return person.email if person else ""


def _here() -> str:
    person = signed_in()
    return person.email if person else ""


_WHO: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "password": _typed,
        "forgotten": _typed,
        "code": _half_way,
        "proof": _here,
    }
)
