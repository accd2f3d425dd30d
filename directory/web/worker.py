"""The server's worker and its log, which tell nobody who asked, or for what.

gunicorn logs the address of a client and the line that it could not read, and sends
that line back without our headers. Here a request that is no HTTP gets a bare answer.
"""

import errno
import socket
import sys
from contextlib import suppress
from http import HTTPStatus

from gunicorn.glogging import Logger
from gunicorn.http import Request
from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import TConn, ThreadWorker
from typing_extensions import override

from directory.web.headers import HEADERS
from directory.web.incident import trace

PATIENCE_SECONDS = 5
"""How long a thread waits for the next part of a request."""

_STATUS: tuple[tuple[type[BaseException], HTTPStatus], ...] = (
    (LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (ParseException, HTTPStatus.BAD_REQUEST),
)


class QuietLog(Logger):
    """A log that holds where the program failed, and no value that it failed with."""

    @override
    def exception(self, msg: object, *args: object, **_more: object) -> None:
        """Write the kind and the place of the error that is being handled."""
        error = sys.exception()
        self.error("A request failed: %s", trace(error) if error else msg)


class ImpatientSocket(socket.socket):
    """A connection on which nobody waits long for the other side.

    Whoever sends half a request would else hold one of the few threads for good.
    """

    __slots__ = ()

    @override
    def setblocking(self, flag: bool, /) -> None:
        """Wait at most `PATIENCE_SECONDS` for each part, where waiting is meant."""
        self.settimeout(PATIENCE_SECONDS if flag else 0.0)

    @override
    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Return what was sent; silence is the same as having gone away."""
        try:
            return super().recv(size, flags)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "silent for long") from None


class QuietWorker(ThreadWorker):
    """A worker that answers what it cannot read, and does not say what that was."""

    @override
    def enqueue_req(self, conn: TConn) -> None:
        """Take a connection in, with bounded patience."""
        if not isinstance(conn.sock, ImpatientSocket):
            old = conn.sock
            conn.sock = ImpatientSocket(
                old.family, old.type, old.proto, fileno=old.detach()
            )
        super().enqueue_req(conn)

    @override
    def handle_error(
        self,
        req: Request | None,
        client: socket.socket,
        addr: object,
        exc: BaseException,
    ) -> None:
        """Refuse a request that is no HTTP, or say that the program failed."""
        status = next((s for kind, s in _STATUS if isinstance(exc, kind)), None)
        if status is None:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("A request failed: %s", trace(exc))
        with suppress(OSError):
            client.sendall(_answer(status))


def _answer(status: HTTPStatus) -> bytes:
    body = f"{status.phrase}\n"
    headers = {
        **HEADERS,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = (f"{name}: {text}\r\n" for name, text in headers.items())
    first = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
    return f"{first}{''.join(lines)}\r\n{body}".encode("ascii")
