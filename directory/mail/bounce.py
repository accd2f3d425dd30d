"""Bounces: a server says later that a letter did not arrive (RFC 3464)."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser, Parser

from sqlalchemy import Engine

from directory.database import writing
from directory.mail.letter import Letter
from directory.mail.message import UnsendableError, mailbox

_LONGEST = 256 * 1024
"""Bytes that are read; ours are short letters, and so is what is said of them."""
_MESSAGE_ID = re.compile(
    r"\s*<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^@<>\s]+>\s*",
    re.ASCII,
)
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A letter that will not arrive: where, and why, as a code."""

    letter_id: str
    addresses: frozenset[str]
    reason: str


def read_bounce(raw: bytes) -> Bounce | None:
    """Return what a message says of a letter of ours that failed for good.

    That is nothing for a delay, an answer from somebody on holiday, or no message at
    all. Whatever the bytes are, there is no error.
    """
    try:
        return _read(BytesParser().parsebytes(raw[:_LONGEST]))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        # What the library finds wrong with a message, it says in all these ways.
        return None
    except RecursionError:
        # A message in a message in a message, hundreds of times.
        return None


def note_bounce(engine: Engine, raw: bytes, now: dt.datetime) -> Letter | None:
    """Mark the letter as failed that `raw` says did not arrive, and return it.

    It counts once, and only for a letter that was sent, to the address to which it was
    sent: its id is known to whoever got it, and to nobody else.
    """
    bounce = read_bounce(raw)
    if bounce is None:
        return None
    with writing(engine) as session:
        letter = session.get(Letter, bounce.letter_id)
        if letter is None or letter.sent_at is None or letter.failed_at is not None:
            return None
        if _address(letter.to_address) not in bounce.addresses:
            return None
        letter.failed_at = now
        letter.failure = bounce.reason
        session.flush()
        session.expunge(letter)
    return letter


def _read(message: Message) -> Bounce | None:
    if message.get_content_type() != "multipart/report":
        return None
    parts = _parts(message)
    failures = [group for part in parts for group in _groups(part) if _failed(group)]
    letter_id = next(filter(None, map(_letter_id, parts)), None)
    if not failures or letter_id is None:
        return None
    return Bounce(
        letter_id=letter_id,
        addresses=frozenset(a for group in failures for a in _addresses(group)),
        reason=next(filter(None, map(_status, failures)), "bounced"),
    )


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    if not isinstance(payload, list):
        return []
    return [part for part in payload if isinstance(part, Message)]


def _groups(part: Message) -> list[Message]:
    """Return what is said of each recipient, if `part` says such things."""
    said = part.get_content_type() == "message/delivery-status"
    return _parts(part) if said else []


def _failed(group: Message) -> bool:
    action = str(group.get("Action", "")).strip().lower()
    status = _status(group) or ""
    # A server that gave up after days of trying says "failed", with a status of 4.
    if action:
        return action == "failed" and not status.startswith("2")
    return status.startswith("5")


def _status(group: Message) -> str | None:
    found = _STATUS.match(str(group.get("Status", "")))
    return found[1] if found else None


def _addresses(group: Message) -> Iterator[str]:
    for name in ("Original-Recipient", "Final-Recipient"):
        _, separator, address = str(group.get(name, "")).partition(";")
        if separator:
            yield _address(address.strip().strip("<>"))


def _address(text: str) -> str:
    """Return an address so that two writings of it are equal."""
    try:
        return mailbox(text).lower()
    except UnsendableError:
        return text.lower()


def _letter_id(part: Message) -> str | None:
    """Return the id of our letter, if `part` quotes it or its headers."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        quoted = _parts(part)
    elif kind == "text/rfc822-headers":
        quoted = [Parser().parsestr(_text(part), headersonly=True)]
    else:
        quoted = []
    for message in quoted:
        found = _MESSAGE_ID.fullmatch(str(message.get("Message-ID", "")))
        if found:
            return found[1]
    return None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("ascii", "replace") if isinstance(content, bytes) else ""
