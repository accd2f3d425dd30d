"""Names for those who report, so that one who reports twice is told from two.

A name is a digest of the network of an address, under a key that no file and no
database holds. One person can have all addresses of a network, so it is one reporter.
The key is in memory that all processes of one server share, since two reports may come
to two of them. On a new day the first that needs it draws another, and the old key is
gone everywhere: then not even this server can tell whose a name was.
"""

import datetime as dt
import fcntl
import hmac
import ipaddress
import mmap
import secrets
import struct
import tempfile
import threading
import weakref
from collections.abc import Generator
from contextlib import contextmanager
from typing import cast

from flask import current_app

_KEY = "aftercare_reporters"
_HELD = struct.Struct("=I32s")
"""The day that a key is for, and the key."""

_KEY_BYTES = 32
_NETWORK = {4: 24, 6: 48}
"""Bits of an address, by its version, that say whose it is; of all others one person
can have many, at home, at work or rented for an hour."""


class Reporters:
    """Names reporters; made before processes are forked, it is the same in all."""

    def __init__(self) -> None:
        """Make room for a key; it is drawn when the first one is needed."""
        # Memory of no file, which a forked process shares and does not copy.
        self._held = mmap.mmap(-1, _HELD.size)
        # An empty file, for its lock: it is let go even by a process that is killed.
        self._turn = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this is
        self._thread = threading.Lock()
        weakref.finalize(self, self._turn.close)

    def name(self, address: str, day: dt.date, *, doing: str = "report") -> str:
        """Return what whoever reports from `address` is called on `day`.

        What they do otherwise they do under another name.
        """
        told = f"{doing} {network_of(address)}".encode()
        return hmac.digest(self._key(day), told, "sha256").hex()

    def _key(self, day: dt.date) -> bytes:
        with self._alone():
            held = _HELD.unpack(self._held[:])
            if held[0] != day.toordinal():
                held = (day.toordinal(), secrets.token_bytes(_KEY_BYTES))
                self._held[:] = _HELD.pack(*held)
        return cast("bytes", held[1])

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Wait until no other thread and no other process reads or draws a key."""
        with self._thread:
            fcntl.lockf(self._turn, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._turn, fcntl.LOCK_UN)


def network_of(address: str) -> str:
    """Return the network that counts as one who reports."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    whole = (found.packed, _NETWORK[found.version])
    return str(ipaddress.ip_network(whole, strict=False))


def hold_reporters(extensions: dict[str, object]) -> None:
    """Put what names reporters where `the_reporters` finds it."""
    extensions[_KEY] = Reporters()


def the_reporters() -> Reporters:
    """Return what names the reporters of the application of this request."""
    return cast("Reporters", current_app.extensions[_KEY])
