"""`aftercare serve` as an operator meets it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.builders.ports import held_port

COMMAND = [sys.executable, "-c", "from directory.cli import main; main()", "serve"]


PATIENCE_SECONDS = 180
"""More than anything here takes, on a busy machine as well: a test must not hang."""


@pytest.fixture
def port() -> Generator[int]:
    """Hold a port for the server of one test."""
    with held_port() as port:
        yield port


@contextmanager
def serving(data: Path, port: int) -> Generator[subprocess.Popen[str]]:
    """Run a server until the test is done with it."""
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port)],
        env={**os.environ, "AFTERCARE_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


def wait_for(port: int) -> str:
    """Return the first page as soon as it answers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/search") as page:
                text: str = page.read().decode()
                return text
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_serve_sets_up_answers_says_where_and_stops_when_told(
    tmp_path: Path, port: int
) -> None:
    with serving(tmp_path, port) as process:
        assert "services" in wait_for(port)
        process.send_signal(signal.SIGTERM)
        words, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert f"answers at http://127.0.0.1:{port}/" in words
    assert "Traceback" not in words
    assert process.returncode == 0


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(tmp_path, port) as process:
            words, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in words
    assert "Traceback" not in words


def test_what_was_asked_is_in_no_file_and_no_output(tmp_path: Path, port: int) -> None:
    secret = b"zanzibar"
    with serving(tmp_path, port) as process:
        wait_for(port)
        for path in (f"/search?q={secret.decode()}", f"/match?x={secret.decode()}"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/match",
            data=b"need=food&place=Wake&age_band=" + secret,
        )
        with pytest.raises(urllib.error.HTTPError, match="422"):
            urllib.request.urlopen(request)  # noqa: S310 - our own server
        process.send_signal(signal.SIGTERM)
        words, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert secret.decode() not in words
    kept = [p for p in tmp_path.rglob("*") if p.is_file() and secret in p.read_bytes()]
    assert kept == []


def test_half_a_request_does_not_hold_up_the_others(tmp_path: Path, port: int) -> None:
    with serving(tmp_path, port), ExitStack() as open_ones:
        wait_for(port)
        for _ in range(40):
            half = open_ones.enter_context(
                socket.create_connection(("127.0.0.1", port))
            )
            half.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        address = f"http://127.0.0.1:{port}/healthz"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
            assert answer.status == 200
