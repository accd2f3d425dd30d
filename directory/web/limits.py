"""How much one address may ask: more than a person does, less than a machine.

Who asked is never written down. An address is counted under a digest whose key is made
anew each day and lives in memory only, as do the counts; each process has its own.
"""

import hmac
import ipaddress
import math
import secrets
import time

from flask import Flask
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

PAGES = "120 per minute; 2000 per hour"
"""All pages of one address together, in one process."""

OF_THEIR_OWN = {
    # Requests of other systems to the matcher.
    "match_api.match": "60 per minute; 600 per hour",
    # Somebody who types asks some times a second.
    "public.suggest": "600 per minute; 6000 per hour",
    # Nobody finds that many listings wrong; what is taken in of one day is fewer still.
    "report.report": "20 per minute; 60 per hour",
    # Each claim writes a letter to somebody.
    "claim.ask": "6 per minute; 12 per hour",
    "join.join": "6 per minute; 12 per hour",
}
"""What is counted apart from pages, by endpoint."""

UNLIMITED = frozenset(
    {
        "operations.healthz",
        "public.favicon",
        "public.home",
        "public.leave",
        "public.privacy",
        "public.robots",
        "public.safety",
        "static",
    }
)
"""The way out, and pages that show the hotlines and ask the directory nothing."""

_DAY = 24 * 60 * 60
_KEY_BYTES = 32
_HOUSEHOLD = 64
"""Bits of an IPv6 address that name a household; it may change all others at will."""


class Visitors:
    """Names addresses so that nobody can tell afterwards whose a name was."""

    def __init__(self) -> None:
        self._held = (0, b"")

    def name(self, address: str, moment: float) -> str:
        """Return the name of `address` on the day of `moment`."""
        today = int(moment // _DAY)
        day, key = self._held
        if day != today:
            key = secrets.token_bytes(_KEY_BYTES)
            self._held = (today, key)
        return hmac.digest(key, network_of(address).encode(), "sha256").hex()


def add_limits(app: Flask, *, proxies: int, limited: bool) -> None:
    """Count what each address asks of `app`, and refuse what is too much.

    `proxies` in front name their client in `X-Forwarded-For`; of what a stranger put
    there before them nothing is believed.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0
        )
    if not limited:
        return
    visitors = Visitors()
    limiter = Limiter(
        key_func=lambda: visitors.name(get_remote_address(), time.time()),
        on_breach=_refuse,
        storage_uri="memory://",
        strategy="fixed-window",
    )
    for endpoint, view in app.view_functions.items():
        if endpoint in UNLIMITED:
            continue
        scope = endpoint if endpoint in OF_THEIR_OWN else "pages"
        limit = limiter.shared_limit(OF_THEIR_OWN.get(endpoint, PAGES), scope)
        app.view_functions[endpoint] = limit(view)  # type: ignore[assignment]
    limiter.init_app(app)


def _refuse(limit: RequestLimit) -> None:
    wait = max(1, math.ceil(limit.reset_at - time.time()))
    raise TooManyRequests(retry_after=wait)


def network_of(address: str) -> str:
    """Return the network that one person has, as far as `address` tells it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _HOUSEHOLD), strict=False))
    return str(found)
