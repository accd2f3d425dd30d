"""What was asked of the matcher is nowhere once it was answered.

`SAFETY_MATCHES=10000` asks as often as the promise says; the usual run asks less.
"""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from directory.settings import Settings
from tests.safety.server import (
    HOST,
    PATIENCE_SECONDS,
    Server,
    raw,
    request,
    serving,
    status_of,
)
from tests.safety.tokens import (
    TOKEN,
    VALID,
    Match,
    failing,
    form,
    headers,
    matches,
    token,
)

MATCHES = int(os.environ.get("SAFETY_MATCHES", "600"))
FAILING = MATCHES // 20
"""Five in a hundred fail: early, without a database, and with one that is locked."""

LOCKED = FAILING // 15
"""Few, for each waits until the database gives up."""

CLIENTS = 8
FORM_TYPE = "application/x-www-form-urlencoded"
BROKEN = {0, 400, 413, 414, 422, 431}
"""Statuses of what is no HTTP; 0 is no answer at all."""

LOCK = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA locking_mode = EXCLUSIVE")
held.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""

FAULTY = """
from threading import Thread
from jinja2 import ChoiceLoader, DictLoader
from flask import request
import directory.web.app as web

def faulty(settings, made=web.create_app):
    app = made(settings)
    name = "public/matched.html"
    text = app.jinja_loader.get_source(app.jinja_env, name)[0]
    text = "{% if form.sent.get('deep') %}{{ {}[form.sent['deep']] }}{% endif %}" + text
    app.jinja_loader = ChoiceLoader([DictLoader({name: text}), app.jinja_loader])
    view = app.view_functions["match_api.match"]

    def broken():
        data = request.get_data()
        if data.startswith(b"tk"):
            raise KeyError(data)
        return view()

    app.view_functions["match_api.match"] = broken
    inner = app.wsgi_app

    def outside(environ, start_response):
        if environ["PATH_INFO"].startswith("/outside"):
            raise RuntimeError(environ["QUERY_STRING"])
        if environ["PATH_INFO"].startswith("/thread"):
            thread = Thread(target=lambda: {}[environ["QUERY_STRING"]])
            thread.start()
            thread.join()
        if environ["PATH_INFO"].startswith("/halfway"):
            start_response("200 OK", [("Content-Type", "text/plain")])
            return halfway(environ["QUERY_STRING"])
        return inner(environ, start_response)

    def halfway(query):
        yield b"half"
        raise RuntimeError(query)

    app.wsgi_app = outside
    return app

web.create_app = faulty
from directory.cli import main
"""

USUAL_LOG = """
import directory.web.errors as errors
del errors.QuietFlask.log_exception
"""


def answered(port: int, sent: Iterable[Match]) -> Counter[int]:
    """Send matches from several clients at once, and count the statuses."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        shares = _shares(list(sent))
        counts = clients.map(lambda share: _answered(port, share), shares)
        return sum(counts, Counter[int]())


def _shares(sent: Sequence[Match]) -> list[Sequence[Match]]:
    return [sent[n::CLIENTS] for n in range(CLIENTS)]


def _answered(port: int, sent: Sequence[Match]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for match in sent:
        connection = HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
        status, head, _body = request(
            connection, "POST", match.path, match.body, match.headers
        )
        connection.close()
        assert status in match.expected, (status, match)
        assert head["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in head
        assert not TOKEN.search(str(head).encode())
        statuses[status] += 1
    return statuses


@contextmanager
def gone(file: Path) -> Generator[None]:
    """Take the database away, and bring it back."""
    aside = file.with_name("aside.db")
    file.rename(aside)
    file.mkdir()
    yield
    shutil.rmtree(file)
    aside.rename(file)


@contextmanager
def locked(file: Path) -> Generator[None]:
    """Let another process hold the database for itself."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"locked\n"
        yield
        holder.stdin.close()


def unavailable(number: int, seed: int) -> list[Match]:
    """Return matches that are right and come when the database cannot be read."""
    draw = random.Random(seed)  # noqa: S311 - a number must give the same requests
    return [form(draw, {**VALID, "note": token(draw)}, 503) for _ in range(number)]


def tokens_in(server: Server) -> dict[str, list[bytes]]:
    """Return the tokens that were found, by where they were found."""
    found = {name: TOKEN.findall(content) for name, content in server.written()}
    return {name: tokens for name, tokens in found.items() if tokens}


def test_what_was_asked_is_in_nothing_that_the_server_wrote(
    site_settings: Settings, tmp_path: Path
) -> None:
    environ = {"AFTERCARE_PROXIES": "1"}
    with serving(tmp_path, site_settings.data_dir, environ=environ) as server:
        database = server.data / "aftercare.db"
        with gone(database):
            answered(server.port, unavailable(FAILING // 5, 1))
        with locked(database):
            answered(server.port, unavailable(LOCKED, 2))
        answered(server.port, failing(FAILING - FAILING // 5 - LOCKED, 3))
        counts = answered(server.port, matches(MATCHES - FAILING, 4))
        assert counts[200] > MATCHES // 3
        for sent in torn(random.Random(5)):  # noqa: S311 - the same each time
            answer = raw(server.port, sent)
            assert status_of(answer) in BROKEN
            assert not answer or b"Cache-Control: no-store" in answer
        assert tokens_in(server) == {}
        assert core_size(server) == ["0", "0"]
    # Once more without the process: it may have written something at the end.
    assert tokens_in(server) == {}
    assert "Traceback" not in (tmp_path / "out.log").read_text()


def core_size(server: Server) -> list[str]:
    """Return how large a dump of the memory of a server may be."""
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    return next(x for x in limits.splitlines() if "core file" in x).split()[4:6]


def torn(draw: random.Random) -> Iterable[bytes]:
    """Yield what is no HTTP, or stops in the middle, each with tokens."""
    word = token(draw)
    head = f"POST /match?{word} HTTP/1.1\r\nHost: {word}\r\nX-Word: {word}\r\n"
    yield f"GET /match?{word} HTTP/9.9 {word}\r\n\r\n".encode()
    yield f"G({word} /match?{word} HTTP/1.1\r\n\r\n".encode()
    yield f"GET /{word * 300} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    yield f"{head}{word} : {word}\r\n\r\n".encode()
    yield f"{head}Content-Length: {word}\r\n\r\n{word}".encode()
    yield f"{head}Content-Length: 500\r\n\r\nneed={word}".encode()
    yield f"{head}Transfer-Encoding: chunked\r\n\r\n{word}\r\nneed={word}".encode()
    yield f"{head}Transfer-Encoding: {word}\r\n\r\n{word}".encode()
    head += f"Content-Type: {FORM_TYPE}\r\n"
    yield f"{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{word}".encode()
    yield f"{head}{word}".encode()
    yield b"\x16\x03\x01" + word.encode()


def faults(number: int) -> Iterable[tuple[bytes, set[int]]]:
    """Yield what fails in the faulty program: template, view, server, stream."""
    draw = random.Random(6)  # noqa: S311 - the same each time
    for _ in range(number):
        sent = "\r\n".join(f"{k}: {v}" for k, v in headers(draw, FORM_TYPE).items())
        tail = f"HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{sent}\r\n"
        body = f"need=food&place=Wake&deep={token(draw)}"
        word = token(draw)
        for path, content, status in (
            (f"/match?{token(draw)}", body, 500),
            (f"/api/match?{token(draw)}", word, 500),
            (f"/outside?{token(draw)}", word, 500),
            (f"/halfway?{token(draw)}", word, 200),
            (f"/thread?{token(draw)}", word, 404),
        ):
            length = f"Content-Length: {len(content)}\r\n\r\n"
            yield f"POST {path} {tail}{length}{content}".encode(), {status}


@pytest.mark.parametrize("talks", [False, True])
def test_an_error_of_the_program_keeps_nothing_either(
    site_settings: Settings, tmp_path: Path, *, talks: bool
) -> None:
    """Where errors are logged as usual, the tokens are found: the test can fail."""
    program = f"{USUAL_LOG if talks else ''}{FAULTY}\nmain()"
    with serving(tmp_path, site_settings.data_dir, program=program) as server:
        for sent, expected in faults(3):
            answer = raw(server.port, sent)
            assert status_of(answer) in expected
            assert b"Traceback" not in answer
            assert not TOKEN.search(answer)
        found = tokens_in(server)
    log = (tmp_path / "out.log").read_text()
    assert set(found) == ({"out.log"} if talks else set())
    assert ("Traceback" in log) is talks
    for kind in ("KeyError", "UndefinedError", "RuntimeError", "a thread"):
        assert kind in log
