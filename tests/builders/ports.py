"""Ports of this machine that nobody else gets while a test needs them."""

import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def held_port() -> Generator[int]:
    """Hold a port on which nobody listens, until a server of the test does.

    A port that was only looked up may be given to somebody else before it is used.
    This one is given to no server that takes any port, and to no caller; who asks for
    it by its number gets it, since all of our servers reuse addresses.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        if sys.platform != "linux":
            # Elsewhere nobody can listen on a port that is held.
            holder.close()
        yield port
