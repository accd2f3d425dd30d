"""Web and mail addresses as people write them, and as they are kept."""

import re

from directory.interchange.checks.contact import is_web
from directory.projection.links import mail_address, web_address

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d+(/.*)?")


def read_link(text: str) -> str | None:
    """Return the web address that is meant; `None` if no browser would open it."""
    address = text.strip()
    if not _SCHEME.match(address) or _HOST_AND_PORT.fullmatch(address):
        address = f"https://{address}"
    scheme, colon, rest = address.partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    return address if is_web(address) and web_address(address) else None


def read_mail(text: str) -> str | None:
    """Return the mail address that is meant; `None` if nothing could be sent to it."""
    return mail_address(text.strip().removeprefix("mailto:").strip())
