"""A mail server on a port of this machine, which keeps what it takes."""

import asyncio
import socket
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 OK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A letter that arrived, and how."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        """The letter as a mail program reads it."""
        read = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def text(self) -> str:
        """What the recipient reads, with plain line ends."""
        text: str = self.message.get_content()
        return text.replace("\r\n", "\n")


@dataclass(kw_only=True)
class Inbox:
    """What a server took, and what it is to answer.

    The answers are used up one after the other; after them everything is taken.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    callers: set[str] = field(default_factory=set)
    to_sender: deque[str] = field(default_factory=deque)
    to_recipient: deque[str] = field(default_factory=deque)
    to_content: deque[str] = field(default_factory=deque)
    slowness: float = 0
    held: bool = False
    """Whether letters wait at the door, until a test lets them in."""
    rude: bool = False
    """Whether it hangs up as soon as the caller says goodbye."""

    @property
    def url(self) -> str:
        """The address of the server, as the settings take it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Remember what the caller says of itself."""
        session.host_name = hostname
        self.callers.add(hostname)
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take a sender, or say what the test wants."""
        if self.to_sender:
            return self.to_sender.popleft()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return TAKEN

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient, or say what the test wants."""
        if self.to_recipient:
            return self.to_recipient.popleft()
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or say what the test wants."""
        await asyncio.sleep(self.slowness)
        while self.held:
            await asyncio.sleep(0.01)
        if self.to_content:
            return self.to_content.popleft()
        assert isinstance(envelope.content, bytes)
        login: LoginPassword | None = session.auth_data
        transport = server.transport
        encrypted = bool(transport and transport.get_extra_info("sslcontext"))
        self.taken.append(
            Taken(
                sender=str(envelope.mail_from),
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.content,
                encrypted=encrypted,
                user=login.login.decode() if login else None,
            )
        )
        return TAKEN

    async def handle_QUIT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        """Say goodbye."""
        if self.rude and server.transport:
            server.transport.close()
        return "221 Bye"


class _Server(Controller):
    """A server on a port that the system chooses, so that no two tests meet."""

    def __init__(self, inbox: Inbox, **options: Any) -> None:  # noqa: ANN401
        self.socket = socket.create_server(("127.0.0.1", inbox.port))
        inbox.port = self.socket.getsockname()[1]
        super().__init__(inbox, hostname="127.0.0.1", port=inbox.port, **options)

    def _create_server(self) -> Any:  # noqa: ANN401
        return self.loop.create_server(
            self._factory_invoker, sock=self.socket, ssl=self.ssl_context
        )


@contextmanager
def receiving(
    inbox: Inbox,
    **options: Any,  # noqa: ANN401
) -> Generator[Inbox]:
    """Run a server that puts into `inbox` what it takes; `options` are aiosmtpd's."""
    server = _Server(inbox, **options)
    server.start()
    try:
        yield inbox
    finally:
        server.stop()


def only(user: str, password: str) -> Any:  # noqa: ANN401
    """Return what lets nobody in but `user` with `password`."""

    def judge(_server: SMTP, *more: Any) -> AuthResult:  # noqa: ANN401
        login = more[-1]
        assert isinstance(login, LoginPassword)
        right = (login.login, login.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=login)

    return judge
