"""A letter as it travels: its headers, its text, and the id that bounces quote."""

import datetime as dt
import re
import unicodedata
from email.message import EmailMessage
from email.utils import format_datetime

from directory.mail.letter import Letter

# No name beside the address, no list, no quotes: nothing that a server could read in
# another way than we do.
_MAILBOX = re.compile(r"[^\s<>(),;:\"\\\[\]@]{1,64}@[^\s<>(),;:\"\\\[\]@]{1,253}")
_NOT_IN_HEADERS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that end a line, or that no header can hold."""


class UnsendableError(ValueError):
    """A letter cannot be sent as it is; the message does not quote it."""


def compose(letter: Letter, sender: str, now: dt.datetime) -> EmailMessage:
    """Return `letter` as a message from `sender`, in plain text.

    Raises `UnsendableError` for an address that is none, and for an address or a
    subject of more than one line: what follows would be a header of somebody else's.
    """
    message = EmailMessage()
    message["From"] = mailbox(sender)
    message["To"] = mailbox(letter.to_address)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(now.astimezone(dt.UTC))
    message["Message-ID"] = f"<{letter.id}@{domain(sender)}>"
    # Machines that are away on holiday need not answer.
    message["Auto-Submitted"] = "auto-generated"
    # Seven bits pass every server, however long the lines of the text are.
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    # Whatever was said of the content before it was set is forgotten.
    message["Content-Language"] = letter.language
    return message


def mailbox(address: str) -> str:
    """Return `address` in the letters that every server takes.

    A domain may have any letters; there is a common way to write those in plain ones.
    """
    if not _MAILBOX.fullmatch(_one_line(address)):
        msg = "The address is no mailbox."
        raise UnsendableError(msg)
    name, _, host = address.rpartition("@")
    try:
        plain = f"{name}@{host.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not (plain and plain.isascii()):
        msg = "The address has letters that not every server takes."
        raise UnsendableError(msg)
    return plain


def domain(address: str) -> str:
    """Return what stands behind the @."""
    return address.rpartition("@")[2]


def _one_line(text: str) -> str:
    if any(unicodedata.category(letter) in _NOT_IN_HEADERS for letter in text):
        msg = "An address or a subject has more than one line."
        raise UnsendableError(msg)
    return text
