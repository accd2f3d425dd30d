"""The thread that delivers while the site serves."""

import datetime as dt
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.cli.setup import make_tables
from directory.database import open_engine
from directory.settings import load_settings
from directory.web.app import create_app
from directory.web.postman import Postman
from directory.web.site import site_of
from tests.builders.ports import held_port
from tests.builders.rows import organization, save
from tests.cli.test_serve import serving
from tests.mail.outbox import SECRET, kept, mailer, until, write
from tests.mail.server import Inbox

Postmen = Callable[[], list[threading.Thread]]


@pytest.fixture
def postmen() -> Postmen:
    """Return what lists the postmen who set out since; of others there may be some."""
    before = {*threading.enumerate()}
    return lambda: [
        thread
        for thread in threading.enumerate()
        if thread.name == "postman" and thread not in before
    ]


@pytest.fixture
def postman(engine: Engine, inbox: Inbox) -> Generator[Postman]:
    """Return a postman who has not been nudged."""
    found = Postman(engine, mailer(inbox.url))
    yield found
    found.stop()


def test_a_nudge_sends_what_waits(
    engine: Engine, inbox: Inbox, postman: Postman, postmen: Postmen
) -> None:
    write(engine)
    postman.nudge()
    until(lambda: kept(engine).sent_at)
    write(engine, "other@shelter.example")
    postman.nudge()
    until(lambda: len(inbox.taken) == 2)
    assert len(postmen()) == 1


def test_nobody_walks_before_the_first_nudge(
    postman: Postman, postmen: Postmen
) -> None:
    assert postmen() == []
    postman.nudge()
    assert len(postmen()) == 1
    postman.stop()
    assert postmen() == []


def test_without_a_mail_server_nobody_walks(sqlite: Engine, postmen: Postmen) -> None:
    write(sqlite)
    Postman(sqlite, None).nudge()
    assert postmen() == []


def test_many_nudges_at_once_start_one_postman(
    engine: Engine, inbox: Inbox, postman: Postman, postmen: Postmen
) -> None:
    start = threading.Barrier(8)

    def write_and_nudge(number: int) -> None:
        start.wait()
        write(engine, f"desk{number}@shelter.example")
        postman.nudge()

    writers = [threading.Thread(target=write_and_nudge, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    until(lambda: len(inbox.taken) == 8)
    assert len(postmen()) == 1


def test_a_nudge_waits_for_nothing(sqlite: Engine, inbox: Inbox) -> None:
    inbox.held = True
    postman = Postman(sqlite, mailer(inbox.url))
    write(sqlite)
    for _ in range(100):
        postman.nudge()
    assert inbox.taken == []
    inbox.held = False
    postman.stop()
    assert len(inbox.taken) == 1


# Newer Pythons warn of what is tried here: a thread that the new process has not.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_was_forked_has_a_postman_of_its_own(
    sqlite: Engine, inbox: Inbox, postmen: Postmen
) -> None:
    postman = Postman(sqlite, mailer(inbox.url))
    write(sqlite)
    postman.nudge()
    until(lambda: kept(sqlite).sent_at)
    # What it locks at this moment would stay locked in the new process for ever.
    until(lambda: all(rests(thread) for thread in postmen()))
    sqlite.dispose()
    child = os.fork()
    if child == 0:
        # Whatever happens here, this is not to go on with the tests.
        try:
            write(sqlite)
            postman.nudge()
            postman.stop()
        finally:
            os._exit(0)
    until(lambda: os.waitpid(child, os.WNOHANG)[0])
    until(lambda: len(inbox.taken) == 2)
    assert len({taken.message["Message-ID"] for taken in inbox.taken}) == 2
    postman.stop()


def rests(thread: threading.Thread) -> bool:
    """Tell whether a postman is back from a round, and waits for the bell."""
    frame = sys._current_frames()[thread.ident or 0]  # noqa: SLF001 - the only way to see
    return frame.f_code.co_filename == threading.__file__


def test_a_round_that_fails_is_reported_without_words_and_not_the_last(
    tmp_path: Path, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path / 'desk@shelter.example.db'}"
    engine = open_engine(url)
    postman = Postman(engine, mailer(inbox.url))
    postman.nudge()
    until(lambda: caplog.records)
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(tmp_path), "AFTERCARE_DATABASE_URL": url}
    )
    make_tables(settings).dispose()
    write(engine)
    postman.nudge()
    until(lambda: kept(engine).sent_at)
    postman.stop()
    engine.dispose()
    assert "the postman: DatabaseUnavailableError" in caplog.text
    assert "desk@" not in caplog.text


def test_trouble_with_the_server_is_said_once_and_says_nothing_else(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with held_port() as port:
        postman = Postman(sqlite, mailer(f"smtp://me:hunter2@127.0.0.1:{port}"))
        for letters in (1, 0, 1):
            # The round in the middle has no letter, and so does not ask the server.
            for _ in range(letters):
                write(sqlite)
            postman.nudge()
            postman.stop()
    said = [r.getMessage() for r in caplog.records if r.name == "aftercare"]
    assert said == ["The mail server takes no letters: ConnectionRefusedError"]
    for secret in ("hunter2", SECRET, "shelter.example"):
        assert secret not in caplog.text


def test_a_site_has_one_that_knows_its_settings(
    tmp_path: Path, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    settings = load_settings(
        {
            "AFTERCARE_DATA_DIR": str(tmp_path),
            "AFTERCARE_MAIL_URL": inbox.url,
            "AFTERCARE_MAIL_FROM": "care@example.org",
            "AFTERCARE_SITE_URL": "https://care.example.org",
        }
    )
    make_tables(settings).dispose()
    site = site_of(create_app(settings))
    write(site.database, now=site.now())
    site.postman.nudge()
    until(lambda: inbox.taken)
    site.postman.stop()
    site.database.dispose()
    assert caplog.records == []


def test_a_served_site_sends_what_was_left_when_it_was_stopped(
    tmp_path: Path,
    migrated_file: Path,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copyfile(migrated_file, tmp_path / "aftercare.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'aftercare.db'}")
    # A directory that is not empty is not filled, which would take its time.
    save(engine, organization())
    write(engine, now=dt.datetime.now(dt.UTC))
    monkeypatch.setenv("AFTERCARE_MAIL_URL", inbox.url)
    monkeypatch.setenv("AFTERCARE_MAIL_FROM", "care@example.org")
    monkeypatch.setenv("AFTERCARE_SITE_URL", "https://care.example.org")
    with held_port() as port, serving(tmp_path, port):
        until(lambda: inbox.taken)
        until(lambda: kept(engine).sent_at)
    engine.dispose()
    assert len(inbox.taken) == 1
