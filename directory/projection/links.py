"""Addresses that may become links: of the web, and of mail, and no others.

A link can do more than lead somewhere (`javascript:`), so what is no plain address is
shown to nobody, whoever wrote it and however it came into the database.
"""

import re
from urllib.parse import urlsplit

_WEB = frozenset({"http", "https"})
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+\.?")
_MAIL = re.compile(r"[\w.!#$%'*+/=^`{|}~-]+@[\w-]+(\.[\w-]+)+")
_VISIBLE = re.compile(
    r"[^\s\x00-\x1f\x7f\\<>\"\u200b-\u200f\u2028-\u202e\u2066-\u2069]+"
)


def web_address(text: str | None) -> str | None:
    """Return `text` if it is the address of a page on the web."""
    if text is None or _VISIBLE.fullmatch(text) is None:
        return None
    try:
        parts = urlsplit(text)
        host, named = parts.hostname or "", parts.username is not None
    except ValueError:
        return None
    if parts.scheme not in _WEB or named or _HOST.fullmatch(host) is None:
        return None
    return text


def mail_address(text: str | None) -> str | None:
    """Return `text` if it is the address of one mailbox, with nothing added to it."""
    if text is None or _MAIL.fullmatch(text) is None:
        return None
    return text
