"""What is written to people about their accounts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from flask_babel import force_locale
from flask_security import MailUtil
from sqlmodel import Session
from typing_extensions import override

from directory.accounts import Person, normal_email
from directory.accounts.invitation import VALID
from directory.database import writing
from directory.mail import LetterKind, post
from directory.web.language import Language, current_language
from directory.web.site import Site, site_of, the_site
from directory.web.texts import gettext as _

RESET_WITHIN = dt.timedelta(minutes=15)
"""How long a link to a new password opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a letter says, and for how long its links open anything."""

    subject: str
    text: str
    lives: dt.timedelta | None = None


class Letters(MailUtil):
    """Puts what Flask-Security writes into the outbox, in words of our own."""

    @override
    def normalize(self, email: str) -> str:
        """Return an address as it is kept, whatever a keyboard put around it."""
        return normal_email(super().normalize(email.strip()))

    @override
    def send_mail(self, template: str, *words: Any, **more: Any) -> None:
        """Tell a person that their password was changed: nothing else comes here.

        Nobody is told of a first one: there was none that could be changed.
        """
        if g.get("is_first_password"):
            return
        site, language = the_site(), current_language()
        with writing(site.database) as session:
            news = changed(site, language)
            write(session, more["user"], news, site=site, language=language)
        site.postman.nudge()


def write(
    session: Session,
    person: Person,
    words: Words,
    *,
    site: Site,
    language: Language,
) -> None:
    """Put a letter to a person into the outbox."""
    post(
        session,
        LetterKind.ACCOUNT,
        person.email,
        subject=words.subject,
        text=words.text,
        language=language,
        about=person.id,
        lives=words.lives,
        now=site.now(),
    )


def link(site: Site, path: str, language: Language) -> str:
    """Return the address of a page. It is never made of what a request calls us."""
    return f"{site.settings.site_url}{'/es' if language == 'es' else ''}{path}"


def invited(app: Flask, key: str, language: Language) -> Words:
    """Return the words of an invitation."""
    address = link(site_of(app), f"/account/join/{key}", language)
    with app.app_context(), force_locale(language):
        return Words(
            subject=_("Your account at Aftercare NC"),
            text=_(
                "Hello,\n\nyou have been invited to Aftercare NC. Open this link to"
                " begin. It works once, for 72 hours:\n\n%(link)s\n\nYou then choose a"
                " password and set up an app that shows codes.\n\nIf you did not expect"
                " this email, you need do nothing.",
                link=address,
            ),
            lives=VALID,
        )


def forgot(app: Flask, token: str, language: Language) -> Words:
    """Return the words of a letter that leads to a new password."""
    address = link(site_of(app), f"/account/reset/{token}", language)
    with app.app_context(), force_locale(language):
        return Words(
            subject=_("A new password for Aftercare NC"),
            text=_(
                "Hello,\n\nsomebody asked for a new password for your account. Open"
                " this link to choose one. It works once, for 15 minutes:\n\n%(link)s"
                "\n\nIf that was not you, you need do nothing: your password stays as"
                " it is.",
                link=address,
            ),
            lives=RESET_WITHIN,
        )


def changed(site: Site, language: Language) -> Words:
    """Return the words of the news that a password was changed."""
    address = link(site, "/account/reset", language)
    return Words(
        subject=_("Your password for Aftercare NC was changed"),
        text=_(
            "Hello,\n\nthe password of your account was changed just now, and every"
            " other device was signed out.\n\nIf that was not you, choose a new one at"
            " once and tell an administrator:\n\n%(link)s",
            link=address,
        ),
    )
