"""People with accounts, and ways to sign them in.

`sign_in` goes through the pages, as a person does. `signed_in_cookie` makes the same
sign-in directly, for tests of something else.
"""

import datetime as dt
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from passlib.hash import argon2  # type: ignore[import-untyped]
from passlib.totp import TOTP  # type: ignore[import-untyped]
from sqlalchemy import Engine

from directory.accounts import HeldRole, Membership, Person, Role
from directory.accounts.signing_in import begin
from directory.database import writing
from directory.hsds import Organization
from directory.web.site import site_of

PASSWORD = "violet tractor under seven moons"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The secret of everybody's authenticator."""
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"

_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What a browser holds that is signed in."""

    name: str
    """The name of its cookie."""
    value: str
    token: str
    """What its forms send as `csrf_token`."""


def person(
    engine: Engine,
    *roles: Role,
    organization: Organization | str | None = None,
    approved_days_ago: float = 30,
    email: str | None = None,
) -> Person:
    """Write a person who has taken up the invitation and has an authenticator.

    Who is given an organization is a provider of it as well.
    """
    address = email or f"person{next(_numbers)}@example.org"
    began = dt.datetime.now(dt.UTC) - dt.timedelta(days=approved_days_ago)
    made = Person(
        email=address,
        name=address.partition("@")[0].title(),
        password=_hashed(),
        active=True,
        tf_primary_method="authenticator",
        tf_totp_secret=TOTP(key=SECRET).to_json(),
        recovery_codes=("0" * 64,),
        made_at=began,
        joined_at=began,
        approved_at=began,
    )
    held = {*roles, Role.PROVIDER} if organization is not None else {*roles}
    with writing(engine) as session:
        session.expire_on_commit = False
        made.held = [HeldRole(person_id=made.id, role=role) for role in held]
        made.memberships = list(_memberships(made, organization))
        session.add(made)
    return made


def totp_code(secret: str = SECRET, *, later: float = 0) -> str:
    """Return the code that an authenticator shows now, or some seconds later."""
    key = secret.replace("-", "").replace(" ", "")
    return str(TOTP(key=key).generate(time.time() + later).token)


def wrong_code(secret: str = SECRET) -> str:
    """Return a code that opens nothing now, nor in the minutes before and after."""
    right = {totp_code(secret, later=30 * steps) for steps in range(-5, 6)}
    return next(code for code in map("{:06}".format, range(12)) if code not in right)


def form_token(html: str) -> str:
    """Return the token of the first form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found, "the page has no form"
    return found[1]


def sign_in(
    client: FlaskClient,
    who: Person,
    *,
    password: str = PASSWORD,
    address: str = "127.0.0.1",
) -> None:
    """Sign a person in through the pages: address and password, then a code.

    A code opens once, so it is first forgotten that one was used just now.
    """
    forget_codes(site_of(client.application).database, who)
    at = {"REMOTE_ADDR": address}
    form = {"email": who.email, "password": password}
    answer = post(client, "/account/login", form, environ_base=at)
    assert answer.location.startswith("/account/tf-validate"), answer.text
    code = {"code": totp_code()}
    answer = post(client, "/account/tf-validate", code, environ_base=at)
    assert answer.status_code == 302, answer.text


def post(client: FlaskClient, path: str, form: dict[str, str], **more: object):  # type: ignore[no-untyped-def] # noqa: ANN201 - a test response
    """Open the form at `path`, fill it in and send it."""
    shown = client.get(path, **more)
    token = form_token(shown.text)
    headers = {"User-Agent": FIREFOX}
    data = {**form, "csrf_token": token}
    return client.post(path, data=data, headers=headers, **more)


def signed_in_cookie(app: Flask, who: Person, *, age: float = 0) -> SignedIn:
    """Return the cookie of a person who proved who they are `age` seconds ago."""
    site = site_of(app)
    key = begin(site.database, who, user_agent=FIREFOX, now=site.now())
    raw = "0" * 40
    held = {
        "_user_id": who.fs_uniquifier,
        "_fresh": True,
        "key": key,
        "fs_paa": time.time() - age,
        "csrf_token": raw,
    }
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    tokens = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
    return SignedIn(
        name=app.config["SESSION_COOKIE_NAME"],
        value=signer.dumps(held),
        token=str(tokens.dumps(raw)),
    )


def signed_in_client(
    app: Flask, who: Person, *, age: float = 0
) -> tuple[FlaskClient, str]:
    """Return a browser that is signed in, and the token that its forms send."""
    client = app.test_client()
    cookie = signed_in_cookie(app, who, age=age)
    client.set_cookie(cookie.name, cookie.value)
    return client, cookie.token


def forget_codes(engine: Engine, who: Person) -> None:
    """Let the code of this moment be one that was not used yet."""
    with writing(engine) as session:
        session.get_one(Person, who.id).totp_counter = None


@cache
def _hashed() -> str:
    """Return the digest of the password, as costly as the site makes it."""
    costly = argon2.using(memory_cost=19_456, rounds=2, parallelism=1)
    return str(costly.hash(PASSWORD))


def _memberships(
    of: Person, organization: Organization | str | None
) -> Iterable[Membership]:
    if organization is None:
        return
    found = organization if isinstance(organization, str) else organization.id
    yield Membership(person_id=of.id, organization_id=found)
