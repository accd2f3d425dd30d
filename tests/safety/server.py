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
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

MAIN = "from directory.cli import main; main()"
HOST = "127.0.0.1"
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
                yield str(file.relative_to(self.folder)), file.read_bytes()
        for process in self._processes():
            yield f"environ of {process.name}", (process / "environ").read_bytes()
            for handle in (process / "fd").iterdir():
                yield from _held_open(handle)

    def _processes(self) -> Iterable[Path]:
        own = Path(f"/proc/{self.process.pid}")
        for task in own.glob("task/*/children") if own.exists() else ():
            yield from (Path(f"/proc/{pid}") for pid in task.read_text().split())
        if own.exists():
            yield own


def _held_open(handle: Path) -> Iterable[tuple[str, bytes]]:
    """Yield what is behind a handle that was deleted, so that no folder shows it."""
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
    port = free_port()
    for name in ("tmp", "home"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(shipped, folder / "data")
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
        process.wait(timeout=30)


def _wait(log: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while b"answers at" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(log.read_text(errors="replace"))
        time.sleep(0.05)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def raw(port: int, sent: bytes, *, seconds: float = 20) -> bytes:
    """Send bytes as they are, and return all that comes back."""
    came = b""
    with closing(socket.create_connection((HOST, port), timeout=seconds)) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        try:
            while piece := connection.recv(65536):
                came += piece
        except ConnectionResetError:
            pass
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
