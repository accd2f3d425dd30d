"""Questions about web sites and e-mail, and whether anybody can be reached at all."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from directory.interchange.checks.rule import Doubt, error, info, warning
from directory.interchange.content import Content, text, words
from directory.interchange.package import Row
from directory.sentence import Sentence

THROUGH_211 = "through_211"
_EMAIL = re.compile(r"[^@\s]+@[\w-]+(\.[\w-]+)+")
_MAILBOXES = frozenset(
    f"{name}.com"
    for name in (
        *("aol", "gmail", "hotmail", "icloud", "live", "mail", "msn", "outlook"),
        *("proton", "protonmail", "yahoo", "ymail"),
    )
)
_PERSON = re.compile(r"[a-z]{2,}[._][a-z]{2,}", re.IGNORECASE)
_ADDRESSES = (("organization", "website"), ("service", "url"))


def web_address_opens(content: Content) -> Iterator[Doubt]:
    """Find web addresses without the form of one."""
    for table, row, field in _links(content):
        if not is_web(text(row, field)):
            says = Sentence("is not a web address that can be opened")
            yield Doubt(table=table, row=row, field=field, says=says)


def web_address_is_private(content: Content) -> Iterator[Doubt]:
    """Find web addresses over which others can read along."""
    for table, row, field in _links(content):
        if text(row, field).startswith("http://"):
            says = Sentence(
                "%(address)s is not https: does it open with https?",
                address=text(row, field),
            )
            yield Doubt(table=table, row=row, field=field, says=says)


def _links(content: Content) -> Iterator[tuple[str, Row, str]]:
    for table, field in _ADDRESSES:
        for row in content.of(table):
            if text(row, field):
                yield table, row, field


def is_web(address: str) -> bool:
    """Tell whether `address` has the form of one that a browser opens."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) is not None
        and parts.username is None
        and not re.search(r"\s", address)
    )


def email_has_form(content: Content) -> Iterator[Doubt]:
    """Find e-mail addresses without the form of one."""
    for table, row in _mailed(content):
        if not _EMAIL.fullmatch(text(row, "email")):
            says = Sentence("is not an e-mail address")
            yield Doubt(table=table, row=row, field="email", says=says)


def email_is_of_a_body(content: Content) -> Iterator[Doubt]:
    """Find e-mail addresses that look like those of a person."""
    for table, row in _mailed(content):
        box, _, host = text(row, "email").rpartition("@")
        if host.casefold() in _MAILBOXES or _PERSON.fullmatch(box):
            says = Sentence("may be the box of a person: is it the agency's?")
            yield Doubt(table=table, row=row, field="email", says=says)


def _mailed(content: Content) -> Iterator[tuple[str, Row]]:
    for table in ("organization", "service"):
        for row in content.of(table):
            if text(row, "email"):
                yield table, row


def can_be_reached(content: Content) -> Iterator[Doubt]:
    """Find active services that nobody can contact."""
    for service in _silent_services(content):
        if THROUGH_211 not in words(service, "access"):
            says = Sentence("has no number, no website and no e-mail address")
            yield Doubt(table="service", row=service, says=says)


def number_is_known(content: Content) -> Iterator[Doubt]:
    """Find services that say themselves that only NC 211 knows the number.

    A name helps more than a blank page, and the number is still to be found.
    """
    for service in _silent_services(content):
        if THROUGH_211 in words(service, "access"):
            says = Sentence(
                "has no number, no website and no e-mail address, only NC 211"
            )
            yield Doubt(table="service", row=service, says=says)


def _silent_services(content: Content) -> Iterator[Row]:
    for service in content.active_services():
        organization = content.owner_of(service)
        if not (
            any(text(p, "type") != "fax" for p in content.phones_of(service))
            or text(service, "url")
            or text(service, "email")
            or text(organization, "website")
            or text(organization, "email")
        ):
            yield service


RULES = (
    error(
        "web_address",
        web_address_opens,
        "The link cannot be opened. Write it with https:// and without a name in it.",
    ),
    error("email", email_has_form, "The e-mail address cannot be used. Correct it."),
    error(
        "no_contact",
        can_be_reached,
        "Nobody can contact this service. Find a number, or say through_211.",
    ),
    warning(
        "number_missing",
        number_is_known,
        "Only NC 211 knows how to reach this service. Find its number.",
    ),
    warning(
        "personal_email",
        email_is_of_a_body,
        "The address of a person may not be shown. Is it the agency's box?",
    ),
    info("https", web_address_is_private, "A plain link can be read on the way."),
)
