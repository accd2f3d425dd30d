"""Hands one letter to the mail server, and says what became of it."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto

from directory.mail.letter import Letter
from directory.mail.message import UnsendableError, compose, domain
from directory.mail.outdated import why_outdated
from directory.settings import MailServer, Settings

_PATIENCE_SECONDS = 10
_REFUSALS = range(500, 600)
_CLOSING = 421
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})
"""What a server says of us, in whatever step; it is not the letter's fault."""


class Result(Enum):
    """What became of a letter that was handed over."""

    SENT = auto()
    REFUSED = auto()
    """It will never be taken: there is no such mailbox, or it cannot be written."""
    OUTDATED = auto()
    """It was not handed over: its links lead to nothing any more."""
    LATER = auto()
    """It was not taken now; another may well be."""
    AWAY = auto()
    """The server takes no letter at all at the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A result and its reason: a code, or the kind of an error. No server's words."""

    result: Result
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Knows the server, the mailbox that letters come from, and where they lead."""

    server: MailServer
    sender: str
    site_url: str

    def send(self, letter: Letter, now: dt.datetime) -> Outcome:
        """Hand `letter` to the server, unless its links lead to nothing."""
        if why := why_outdated(letter, self.site_url, now):
            return Outcome(result=Result.OUTDATED, reason=why)
        try:
            message = compose(letter, self.sender, now)
        except UnsendableError:
            return Outcome(result=Result.REFUSED, reason="unsendable")
        try:
            with self._connected() as connection:
                connection.send_message(message, self.sender, str(message["To"]))
        except OSError as error:
            # All errors of the network, of TLS and of `smtplib` are of this kind.
            return _judged(error)
        return Outcome(result=Result.SENT)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        connection = self._opened()
        try:
            if self.server.starttls:
                # A server that does not offer it is left, and nothing is said to it.
                connection.starttls(context=ssl.create_default_context())
            if self.server.user and self.server.password:
                connection.login(self.server.user, self.server.password)
            yield connection
            # The letter has been taken, however the server says goodbye.
            with suppress(OSError):
                connection.quit()
        finally:
            connection.close()

    def _opened(self) -> smtplib.SMTP:
        host, port = self.server.host, self.server.port
        # The library would else ask the network for the name of this machine.
        name = domain(self.sender)
        if self.server.tls:
            return smtplib.SMTP_SSL(
                host,
                port,
                local_hostname=name,
                timeout=_PATIENCE_SECONDS,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(host, port, local_hostname=name, timeout=_PATIENCE_SECONDS)


def open_mailer(settings: Settings) -> Mailer | None:
    """Return the mailer for `settings`, or none where no letter is to be sent."""
    server, sender = settings.mail_server, settings.mail_from
    if server is None or sender is None:
        return None
    return Mailer(server=server, sender=sender, site_url=settings.site_url)


def _judged(error: OSError) -> Outcome:
    """Tell what an error means for the letter, and for those after it."""
    code = _code_of_letter(error)
    if code is None or code == _CLOSING or code in _NOT_SIGNED_IN:
        return Outcome(result=Result.AWAY, reason=_reason(error))
    result = Result.REFUSED if code in _REFUSALS else Result.LATER
    return Outcome(result=result, reason=str(code))


def _code_of_letter(error: OSError) -> int | None:
    """Return the code with which this letter or its recipient was turned down."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return codes[0] if codes else None
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code
    return None


def _reason(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    code = _code_of_letter(error)
    return type(error).__name__ if code is None else str(code)
