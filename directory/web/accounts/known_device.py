"""Knows a browser in which somebody has signed in before.

Whoever tries passwords for an account from many places uses up its tries. The owner's
own browser has tries of its own, so they still get in.
"""

import hmac
import secrets
from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from directory.accounts import normal_email

_SECONDS = 180 * 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A browser, and for which account it is known."""

    id: str
    account: str


def account_name(email: str) -> str:
    """Return a name for an account that does not tell its address."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    text = f"account {normal_email(email)}".encode()
    return hmac.digest(key, text, "sha256").hex()


def known_device() -> Device | None:
    """Return the browser that asks, if it is known."""
    text = request.cookies.get(_name(), "")
    try:
        found = _signer().loads(text, max_age=_SECONDS)
        return Device(id=str(found["id"]), account=str(found["account"]))
    except (BadData, KeyError, TypeError):
        return None


def remember_device(email: str) -> None:
    """Let this browser be known for an account from now on."""
    device = {"id": secrets.token_urlsafe(16), "account": account_name(email)}
    signed = _signer().dumps(device)

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _name(),
            signed,
            max_age=_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _name() -> str:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Host-known" if secure else "known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        str(current_app.config["SECRET_KEY"]), salt="known-device"
    )
