"""Letters that go to a real server: once each, again after a failure, then no more."""

import datetime as dt
import socket
import sqlite3
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select

from directory.database import open_engine, reading, writing
from directory.errors import DatabaseUnavailableError
from directory.mail import Delivered, Letter, deliver, waiting, waiting_since
from directory.mail.delivery import PAUSES
from tests.builders.ports import held_port
from tests.mail.outbox import NOON, SECRET, SOON, go_round, kept, mailer, until, write
from tests.mail.server import Inbox, receiving

MINUTE = dt.timedelta(minutes=1)


def test_a_letter_arrives_once(engine: Engine, inbox: Inbox) -> None:
    letter = write(engine)
    assert go_round(engine, inbox) == Delivered(sent=1, refused=0, waiting=0)
    for later in (dt.timedelta(0), dt.timedelta(days=1), dt.timedelta(days=9)):
        assert go_round(engine, inbox, NOON + later).sent == 0
    (taken,) = inbox.taken
    assert (taken.sender, taken.recipients) == (
        "care@example.org",
        ("desk@shelter.example",),
    )
    assert taken.message["Message-ID"] == f"<{letter.id}@example.org>"
    assert SECRET in taken.text


def test_the_moment_of_sending_is_kept_and_the_text_is_not(
    engine: Engine, inbox: Inbox
) -> None:
    write(engine)
    go_round(engine, inbox)
    letter = kept(engine)
    assert (letter.text, letter.next_try_at, letter.failed_at) == ("", None, None)
    assert letter.sent_at
    assert NOON <= letter.sent_at < NOON + MINUTE


def test_a_letter_in_spanish_arrives_as_it_was_written(
    sqlite: Engine, inbox: Inbox
) -> None:
    subject = "¿Sigue siendo correcta la información del Albergue Ñandú?"
    text = "Sí, mañana también.\n\n.\nUn punto no termina la carta. “Gracias”\n"
    write(sqlite, subject=subject, text=text, language="es")
    go_round(sqlite, inbox)
    (taken,) = inbox.taken
    assert str(taken.message["Subject"]) == subject
    assert taken.message["Content-Language"] == "es"
    assert taken.text == text
    assert taken.content.isascii()


def test_the_machine_does_not_tell_its_name(sqlite: Engine, inbox: Inbox) -> None:
    write(sqlite)
    go_round(sqlite, inbox)
    assert inbox.callers == {"example.org"}


def test_the_oldest_goes_first(sqlite: Engine, inbox: Inbox) -> None:
    for minutes, name in ((2, "second"), (3, "third"), (1, "first")):
        write(sqlite, f"{name}@shelter.example", now=NOON - minutes * -MINUTE)
    go_round(sqlite, inbox, NOON + 9 * MINUTE)
    assert [taken.recipients[0].partition("@")[0] for taken in inbox.taken] == [
        "first",
        "second",
        "third",
    ]


def test_a_letter_is_not_sent_before_it_is_written(
    sqlite: Engine, inbox: Inbox
) -> None:
    write(sqlite, now=NOON + SOON)
    assert go_round(sqlite, inbox) == Delivered(sent=0, refused=0, waiting=1)
    assert go_round(sqlite, inbox, NOON + SOON).sent == 1


@pytest.mark.parametrize("step", ["to_recipient", "to_content"])
def test_a_letter_that_is_not_taken_now_is_tried_again_later(
    engine: Engine, inbox: Inbox, step: str
) -> None:
    getattr(inbox, step).append("451 4.7.1 Come back later")
    write(engine)
    assert go_round(engine, inbox) == Delivered(sent=0, refused=0, waiting=1)
    assert kept(engine).text
    assert go_round(engine, inbox, NOON + PAUSES[0] - SOON).sent == 0
    assert go_round(engine, inbox, NOON + PAUSES[0] + SOON).sent == 1
    assert (len(inbox.taken), kept(engine).tries) == (1, 2)


def test_the_others_go_out_when_one_is_not_taken(sqlite: Engine, inbox: Inbox) -> None:
    inbox.to_recipient.extend(["451 Later", "550 Never"])
    for _ in range(4):
        write(sqlite)
    assert go_round(sqlite, inbox) == Delivered(sent=2, refused=1, waiting=1)


def test_pauses_grow_and_then_it_is_given_up(sqlite: Engine, inbox: Inbox) -> None:
    assert [pause / MINUTE for pause in PAUSES] == [5, 30, 120, 360, 1440]
    inbox.to_recipient.extend(["450 4.2.0 Busy"] * 9)
    write(sqlite)
    now = NOON
    for pause in PAUSES:
        assert go_round(sqlite, inbox, now).waiting == 1
        assert go_round(sqlite, inbox, now + pause - SOON).waiting == 1
        now += pause + SOON
    assert kept(sqlite).tries == 5
    assert go_round(sqlite, inbox, now) == Delivered(sent=0, refused=1, waiting=0)
    letter = kept(sqlite)
    assert (letter.text, letter.failure, letter.tries) == ("", "450", 6)
    assert go_round(sqlite, inbox, now + dt.timedelta(days=9)).refused == 0
    assert inbox.taken == []


@pytest.mark.parametrize("step", ["to_recipient", "to_content"])
def test_a_letter_that_is_refused_is_not_tried_again(
    engine: Engine, inbox: Inbox, step: str
) -> None:
    getattr(inbox, step).append("550 5.1.1 <desk@shelter.example> is unknown here")
    write(engine)
    assert go_round(engine, inbox) == Delivered(sent=0, refused=1, waiting=0)
    assert go_round(engine, inbox, NOON + dt.timedelta(days=9)).sent == 0
    letter = kept(engine)
    # The code, and no word of the server: it may quote whom the letter was for.
    assert (letter.failure, letter.text, letter.sent_at) == ("550", "", None)
    assert letter.failed_at


def test_a_letter_that_cannot_be_written_is_refused(
    sqlite: Engine, inbox: Inbox
) -> None:
    write(sqlite, "desk@shelter.example\r\nRCPT TO:<all@bad.example>")
    write(sqlite, subject="Hello\r\nBcc: all@bad.example")
    write(sqlite, "nobody")
    write(sqlite)
    assert go_round(sqlite, inbox) == Delivered(sent=1, refused=3, waiting=0)
    assert len(inbox.taken) == 1
    assert inbox.taken[0].recipients == ("desk@shelter.example",)


def test_time_goes_on_while_a_round_goes_on(sqlite: Engine, inbox: Inbox) -> None:
    """Or a letter late in a long round would be taken by another process as well."""
    inbox.slowness = 0.2
    first, second = write(sqlite), write(sqlite, now=NOON + dt.timedelta(seconds=0.1))
    assert go_round(sqlite, inbox).sent == 2
    with reading(sqlite) as session:
        sent = [session.get_one(Letter, row.id).sent_at for row in (first, second)]
    assert sent[0]
    assert sent[1]
    assert sent[1] - sent[0] >= dt.timedelta(seconds=0.2)


def test_what_was_taken_is_sent_however_the_server_says_goodbye(
    sqlite: Engine, inbox: Inbox
) -> None:
    inbox.rude = True
    write(sqlite)
    assert go_round(sqlite, inbox) == Delivered(sent=1, refused=0, waiting=0)
    assert len(inbox.taken) == 1


AWAY = [
    ("to_sender", "450 4.7.1 Too many letters"),
    ("to_sender", "530 5.7.0 Sign in first"),
    ("to_sender", "550 5.7.1 We do not know you"),
    ("to_recipient", "530 5.7.0 Sign in first"),
    ("to_recipient", "421 4.3.2 Closing"),
    ("to_content", "421 4.3.2 Closing"),
]


@pytest.mark.parametrize(("step", "answer"), AWAY)
def test_a_server_that_takes_nothing_refuses_no_recipient(
    sqlite: Engine, inbox: Inbox, step: str, answer: str
) -> None:
    getattr(inbox, step).append(answer)
    for _ in range(3):
        write(sqlite)
    done = go_round(sqlite, inbox)
    assert done == Delivered(sent=0, refused=0, waiting=3, trouble=answer[:3])
    # Only one was tried; the others need not wait for another chance.
    assert go_round(sqlite, inbox, NOON + SOON).sent == 2
    assert go_round(sqlite, inbox, NOON + PAUSES[0] + SOON).sent == 1


def test_a_server_that_turns_everybody_away_is_away(sqlite: Engine) -> None:
    write(sqlite)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
        turning_away = threading.Thread(target=turn_away, args=(closed,))
        turning_away.start()
        done = deliver(sqlite, mailer(url), NOON)
        turning_away.join()
    assert (done.waiting, done.trouble) == (1, "554")


def turn_away(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"554 5.3.2 desk@shelter.example, go away\r\n")


def test_a_server_may_be_away_and_come_back(engine: Engine) -> None:
    write(engine)
    with held_port() as port:
        away = go_round(engine, Inbox(port=port))
        assert away == Delivered(
            sent=0, refused=0, waiting=1, trouble="ConnectionRefusedError"
        )
        with receiving(Inbox(port=port)) as back:
            assert go_round(engine, back, NOON + PAUSES[0] + SOON).sent == 1
            assert len(back.taken) == 1


def test_a_server_that_is_away_for_days_loses_letters_in_the_end(
    sqlite: Engine,
) -> None:
    write(sqlite)
    now = NOON
    with held_port() as port:
        for pause in (*PAUSES, SOON):
            go_round(sqlite, Inbox(port=port), now)
            now += pause + SOON
    letter = kept(sqlite)
    assert (letter.failure, letter.text) == ("ConnectionRefusedError", "")


def test_a_server_that_does_not_understand_is_away(
    sqlite: Engine, inbox: Inbox
) -> None:
    write(sqlite)
    done = deliver(sqlite, mailer(f"smtps://127.0.0.1:{inbox.port}"), NOON)
    assert (done.waiting, done.trouble) == (1, "SSLError")


@pytest.fixture
def under_way(engine: Engine, inbox: Inbox) -> Generator[threading.Thread]:
    """Return a deliverer who stands before the server with a letter, until let in."""
    write(engine)
    inbox.held = True
    deliverer = threading.Thread(target=go_round, args=(engine, inbox))
    deliverer.start()
    until(lambda: kept(engine).tries == 1)
    yield deliverer
    inbox.held = False
    deliverer.join()


def test_a_letter_that_is_under_way_is_nobody_elses(
    engine: Engine, inbox: Inbox, under_way: threading.Thread
) -> None:
    assert go_round(engine, inbox) == Delivered(sent=0, refused=0, waiting=1)
    inbox.held = False
    under_way.join()
    assert len(inbox.taken) == 1


def test_a_process_that_ends_in_the_midst_leaves_the_letter_for_later(
    engine: Engine, inbox: Inbox
) -> None:
    write(engine)
    go_round(engine, inbox)
    with writing(engine) as session:
        letter = session.exec(select(Letter)).one()
        # As it is between taking the letter and writing down that it was sent.
        letter.sent_at, letter.next_try_at = None, NOON + PAUSES[0]
        letter.text = "Once more"
    assert go_round(engine, inbox, NOON + PAUSES[0] + SOON).sent == 1
    ids = {taken.message["Message-ID"] for taken in inbox.taken}
    assert (len(inbox.taken), len(ids)) == (2, 1)


def test_two_deliverers_at_once_send_each_letter_once(
    engine: Engine, inbox: Inbox
) -> None:
    for number in range(50):
        write(engine, f"desk{number}@shelter.example")
    inbox.slowness = 0.002
    url = engine.url.render_as_string(hide_password=False)
    done: list[Delivered] = []
    start = threading.Barrier(2)

    def go() -> None:
        own = open_engine(url)
        start.wait()
        done.append(go_round(own, inbox))
        own.dispose()

    deliverers = [threading.Thread(target=go) for _ in range(2)]
    # Both have a part in it, or nothing is shown: each stands before the server.
    inbox.held = True
    for deliverer in deliverers:
        deliverer.start()
    try:
        until(lambda: tried(engine) == 2)
    finally:
        inbox.held = False
        for deliverer in deliverers:
            deliverer.join()
    counts = Counter(taken.recipients[0] for taken in inbox.taken)
    assert counts == {f"desk{number}@shelter.example": 1 for number in range(50)}
    assert sum(one.sent for one in done) == 50
    assert all(one.sent for one in done)


def tried(engine: Engine) -> int:
    """Return how many letters somebody has taken to the server."""
    with reading(engine) as session:
        return len(session.exec(select(Letter).where(col(Letter.tries) > 0)).all())


@pytest.mark.usefixtures("under_way")
def test_others_write_while_a_letter_is_under_way(engine: Engine, inbox: Inbox) -> None:
    write(engine, now=NOON + dt.timedelta(days=1))
    assert inbox.taken == []


def test_that_it_was_sent_is_written_down_however_long_another_writes(
    sqlite: Engine, inbox: Inbox
) -> None:
    write(sqlite)
    # One that waits for its turn as others do, but for less than five seconds.
    hasty = open_engine(sqlite.url.render_as_string(hide_password=False))
    event.listen(hasty, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=200"))
    refused: list[object] = []
    event.listen(hasty, "handle_error", refused.append)
    inbox.held = True
    sending = threading.Thread(target=go_round, args=(hasty, inbox))
    sending.start()
    until(lambda: kept(sqlite).tries == 1)
    # Another process would hold the file in this way.
    with closing(sqlite3.connect(str(sqlite.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        inbox.held = False
        until(lambda: len(refused) >= 2)
        assert inbox.taken
    sending.join()
    hasty.dispose()
    assert kept(sqlite).sent_at


def test_a_database_that_is_gone_is_said(tmp_path: Path, inbox: Inbox) -> None:
    gone = open_engine(f"sqlite:///{tmp_path / 'none.db'}", may_create=False)
    with pytest.raises(DatabaseUnavailableError):
        go_round(gone, inbox)


def test_the_desk_sees_how_many_wait_and_since_when(
    engine: Engine, inbox: Inbox
) -> None:
    assert desk(engine) == (0, None)
    inbox.to_recipient.extend(["451 Later", "550 Never"])
    for minutes in (3, 2, 1):
        write(engine, now=NOON - minutes * MINUTE)
    assert desk(engine) == (3, NOON - 3 * MINUTE)
    go_round(engine, inbox)
    assert desk(engine) == (1, NOON - 3 * MINUTE)


def desk(engine: Engine) -> tuple[int, dt.datetime | None]:
    with reading(engine) as session:
        return waiting(session), waiting_since(session)


def test_a_letter_shows_neither_its_text_nor_whom_it_is_for(sqlite: Engine) -> None:
    letter = write(sqlite, subject="About the Blue House")
    shown = f"{letter!r} {letter}"
    assert letter.id in shown
    for secret in (SECRET, "sesame", "desk@shelter.example", "Blue House"):
        assert secret not in shown
