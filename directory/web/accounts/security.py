"""Puts accounts on the site: Flask-Security, with what its defaults leave open closed.

Open by default are: a code that opens twice, sessions that only their cookie knows of,
tokens in headers, a cookie on public pages, and mail to whoever is known.
"""

import datetime as dt
import hmac
from functools import partial
from typing import Any, NoReturn

from flask import Flask, abort
from flask_login.utils import _user_context_processor
from flask_principal import identity_changed
from flask_security import Security
from flask_wtf import CSRFProtect

from directory.accounts.codes import HOW_MANY, OnlyOnce, OnPaper
from directory.accounts.people import People
from directory.settings import Settings
from directory.web.accounts import home, join, staff
from directory.web.accounts.blueprint import account, accounts
from directory.web.accounts.forgotten import forgotten
from directory.web.accounts.forms import (
    CodeForm,
    NewPasswordForm,
    NoRescueForm,
    PasswordForm,
    ProofForm,
    SetUpForm,
)
from directory.web.accounts.letters import RESET_WITHIN, Letters
from directory.web.accounts.next_page import keep_next_here
from directory.web.accounts.passwords import Passwords
from directory.web.accounts.sessions import follow_sessions
from directory.web.accounts.setting_up import show_again
from directory.web.accounts.tries import count_tries
from directory.web.accounts.words import PASSWORD_IS_SET, add_words
from directory.web.site import site_of

PAGES = (home, join, staff)
"""A page is known once its module is imported."""

WITHOUT_TOKEN = (
    "public",
    "match_api",
    "operations",
    "portal_link",
    "report",
    "claim",
    "join",
    # It asks for the token itself once it has let somebody in. Whoever has no right
    # gets the page of what is not there, with a token or without.
    "network",
)
"""Blueprints whose forms need no token: no cookie says who sends them."""

NAME = "Aftercare NC"
_DAY_OF_WORK = dt.timedelta(hours=12)


def add_accounts(app: Flask) -> None:
    """Let people sign in to `app`, whose other blueprints are registered already."""
    settings = site_of(app).settings
    app.config.update(_cookies(settings), **_rules(settings))
    people = People(site_of(app).database)
    csrf = CSRFProtect(app)
    security = Security(app, people, **_parts(settings, people))
    security.want_json(lambda _request: False)
    # An address of an account must not be opened by a header or a word in its query.
    security.login_manager.request_loader(lambda _request: None)
    _leave_public_pages_alone(app, security)
    _replace_views(app)
    show_again(security)
    app.register_blueprint(account)
    app.register_blueprint(accounts)
    _speak_spanish(app)
    add_words(app)
    for name in WITHOUT_TOKEN:
        if name in app.blueprints:
            csrf.exempt(app.blueprints[name])
    keep_next_here(app)
    follow_sessions(app, security)
    count_tries(app)


def _cookies(settings: Settings) -> dict[str, Any]:
    return {
        # A browser takes this prefix only from us, over HTTPS, and for no other host.
        "SESSION_COOKIE_NAME": "__Host-session" if settings.https else "session",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_PROTECTION": None,
        "PERMANENT_SESSION_LIFETIME": _DAY_OF_WORK,
        "WTF_CSRF_TIME_LIMIT": int(_DAY_OF_WORK.total_seconds()),
    }


def _rules(settings: Settings) -> dict[str, Any]:
    rules = {
        "URL_PREFIX": "/account",
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "CACHE_CONTROL": None,
        "REGISTERABLE": False,
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": RESET_WITHIN,
        "CHANGEABLE": True,
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "LOGOUT_CSRF": True,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "FRESHNESS": dt.timedelta(minutes=10),
        "FRESHNESS_GRACE_PERIOD": dt.timedelta(0),
        **_of_passwords(),
        **_of_codes(settings),
        **_places(),
    }
    return {f"SECURITY_{name}": value for name, value in rules.items()}


def _of_passwords() -> dict[str, Any]:
    return {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        # A new key of the site must not make everybody's password void.
        "PASSWORD_SINGLE_HASH": {"argon2"},
        # As OWASP advises: 19 MiB, so that many sign-ins at once fit into memory.
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__memory_cost": 19_456,
            "argon2__rounds": 2,
            "argon2__parallelism": 1,
        },
        "PASSWORD_NORMALIZE_FORM": "NFKD",
        "MSG_PASSWORD_RESET_NO_LOGIN": (PASSWORD_IS_SET, "success"),
    }


def _of_codes(settings: Settings) -> dict[str, Any]:
    return {
        "TWO_FACTOR": True,
        "TWO_FACTOR_REQUIRED": True,
        "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        # Seconds by which a clock may be wrong; the library's two minutes are many.
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TOTP_SECRETS": {"1": _key(settings, "totp").hex()},
        "TOTP_ISSUER": NAME,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": HOW_MANY,
    }


def _places() -> dict[str, Any]:
    return {
        "POST_LOGIN_VIEW": "account.home",
        "POST_LOGOUT_VIEW": "public.home",
        "POST_VERIFY_VIEW": "account.home",
        "POST_CHANGE_VIEW": "account.home",
        "POST_RESET_VIEW": "security.login",
        "TWO_FACTOR_POST_SETUP_VIEW": "account.home",
    }


def _parts(settings: Settings, people: People) -> dict[str, Any]:
    return {
        "login_form": PasswordForm,
        "verify_form": ProofForm,
        "reset_password_form": NewPasswordForm,
        "two_factor_setup_form": SetUpForm,
        "two_factor_verify_code_form": CodeForm,
        "two_factor_rescue_form": NoRescueForm,
        "mail_util_cls": Letters,
        "password_util_cls": Passwords,
        "totp_cls": partial(OnlyOnce, people),
        "mf_recovery_codes_util_cls": partial(
            OnPaper, people, _key(settings, "recovery codes")
        ),
    }


def _key(settings: Settings, purpose: str) -> bytes:
    """Return a key for one purpose; it tells nothing about the key of the site."""
    return hmac.digest(settings.secret_key.encode(), purpose.encode(), "sha256")


def _leave_public_pages_alone(app: Flask, security: Any) -> None:  # noqa: ANN401 - untyped
    """Take away what reads the session on every page: public ones have no cookie."""
    principal = security.principal
    identity_changed.disconnect(principal._on_identity_changed, app)  # noqa: SLF001 - it has no other way out
    app.before_request_funcs[None].remove(principal._on_before_request)  # noqa: SLF001
    remember = security.login_manager._update_remember_cookie  # noqa: SLF001
    app.after_request_funcs[None].remove(remember)
    app.template_context_processors[None].remove(_user_context_processor)


def _replace_views(app: Flask) -> None:
    app.view_functions["security.forgot_password"] = forgotten
    for name in ("two_factor_rescue", "tf_select"):
        app.view_functions[f"security.{name}"] = _not_here


def _not_here(**_values: str) -> NoReturn:
    abort(404)


def _speak_spanish(app: Flask) -> None:
    """Put the pages of Flask-Security below `/es` as well."""
    for rule in list(app.url_map.iter_rules()):
        if rule.endpoint.startswith("security."):
            app.add_url_rule(
                f"/<any(es):lang>{rule.rule}",
                endpoint=rule.endpoint,
                view_func=app.view_functions[rule.endpoint],
                methods=rule.methods,
            )
