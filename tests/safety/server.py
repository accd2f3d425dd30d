"""`aftercare serve` as a process of its own; all that it can write is in one folder."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.builders.ports import held_port

MAIN = "from directory.cli import main; main()"
HOST = "127.0.0.1"
PATIENCE_SECONDS = 120
"""More than anything here takes, on a busy machine as well: a test must not hang."""

_GONE = (FileNotFoundError, ProcessLookupError)
_NO_FILE = ("socket:", "pipe:", "anon_inode:", "/dev/", "/proc/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs: its port, and the folder of all that it writes."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def written(self) -> Iterable[tuple[str, bytes]]:
        """Yield name and content of all that the process wrote, or still holds open."""
        for file in sorted(self.folder.rglob("*")):
            if file.is_file():
                yield str(file.relative_to(self.folder)), _content(file)
        for process in self._processes():
            yield f"environ of {process.name}", _content(process / "environ")
            with suppress(*_GONE):
                for handle in (process / "fd").iterdir():
                    yield from _held_open(handle)

    def _processes(self) -> Iterable[Path]:
        own = Path(f"/proc/{self.process.pid}")
        for task in own.glob("task/*/children") if own.exists() else ():
            yield from (Path(f"/proc/{pid}") for pid in _content(task).decode().split())
        if own.exists():
            yield own


def _content(file: Path) -> bytes:
    """Return what a file holds: nothing, if it has gone since it was listed."""
    try:
        return file.read_bytes()
    except _GONE:
        return b""


def _held_open(handle: Path) -> Iterable[tuple[str, bytes]]:
    """Yield what is behind a handle that was deleted, so that no folder shows it."""
    # The server may close it while it is looked at.
    with suppress(*_GONE):
        target = str(handle.readlink())
        if target.startswith(_NO_FILE) or Path(target).exists():
            return
        flags = (handle.parent.parent / "fdinfo" / handle.name).read_text()
        written = int(re.search(r"flags:\s+([0-7]+)", flags)[1], 8) & os.O_ACCMODE  # type: ignore[index]
        if written != os.O_RDONLY:
            yield target, handle.read_bytes()


@contextmanager
def serving(
    folder: Path,
    shipped: Path,
    *,
    program: str = MAIN,
    environ: Mapping[str, str] | None = None,
) -> Generator[Server]:
    """Serve a copy of the installation `shipped` until the test is done with it."""
    for name in ("tmp", "home"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(shipped, folder / "data")
    with held_port() as port:
        with (folder / "out.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", program, "serve", "--port", str(port)],
                env={
                    **os.environ,
                    "PYTHONPATH": str(Path.cwd()),
                    "TMPDIR": str(folder / "tmp"),
                    "HOME": str(folder / "home"),
                    "AFTERCARE_DATA_DIR": str(folder / "data"),
                    **(environ or {}),
                },
                cwd=folder / "home",
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait(folder / "out.log", process)
            yield Server(port=port, folder=folder, process=process)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


def _wait(log: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while b"answers at" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(log.read_text(errors="replace"))
        time.sleep(0.05)


def raw(port: int, sent: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back."""
    came = b""
    address = (HOST, port)
    with closing(socket.create_connection(address, PATIENCE_SECONDS)) as connection:
        # Who is refused early may be hung up on before all was sent.
        with suppress(OSError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                came += piece
    return came


def status_of(answer: bytes) -> int:
    """Return the status of an answer, 0 when nothing came."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found[1]) if found else 0


def request(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes,
    headers: Mapping[str, str],
) -> tuple[int, Mapping[str, str], bytes]:
    """Send a request on a connection that is kept, and return the answer."""
    connection.request(method, path, body=body, headers=dict(headers))
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()
