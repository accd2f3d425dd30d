"""What comes back: only a failure for good, of a letter of ours, to its address."""

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from directory.mail import Letter, LetterKind, note_bounce, read_bounce
from directory.mail.bounce import Bounce
from directory.mail.message import compose
from tests.mail.outbox import NOON, go_round, kept, write
from tests.mail.server import Inbox

LATER = NOON + dt.timedelta(hours=3)
ID = "01234567-89ab-cdef-0123-456789abcdef"
DESK = "desk@shelter.example"


def dsn(
    *,
    letter_id: str = ID,
    action: str = "Action: failed\n",
    status: str = "Status: 5.1.1\n",
    recipient: str = f"Final-Recipient: rfc822; {DESK}\n",
    original: str = "Content-Type: message/rfc822\n",
    report: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """Return a report as servers write it."""
    return f"""\
From: MAILER-DAEMON@mx.shelter.example
To: care@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: {report};
\tboundary="here"

--here
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--here
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.shelter.example
Arrival-Date: Wed, 25 Nov 2026 17:00:00 +0000

{recipient}{action}{status}Diagnostic-Code: smtp; 550 5.1.1 unknown

--here
{original}
From: care@example.org
To: {DESK}
Subject: Is your listing right?
Message-ID: <{letter_id}@example.org>

Please open the link.

--here--
""".replace("\n", "\r\n").encode()


def test_a_failure_for_good_is_read() -> None:
    assert read_bounce(dsn()) == Bounce(
        letter_id=ID, addresses=frozenset({DESK}), reason="5.1.1"
    )


HEADERS_ONLY = "Content-Type: text/rfc822-headers\n"
ORIGINAL = f"Original-Recipient: rfc822; {DESK}\n"
FORWARDED = f"{ORIGINAL}Final-Recipient: rfc822; maria@home.example\n"

FAILURES = {
    "headers only": (dsn(original=HEADERS_ONLY), "5.1.1"),
    "no action": (dsn(action=""), "5.1.1"),
    "no status": (dsn(status=""), "bounced"),
    "a status that says nothing": (dsn(status="Status: broken\n"), "bounced"),
    "given up after days": (dsn(status="Status: 4.4.7\n"), "4.4.7"),
    "a comment": (dsn(status="Status: 5.7.509 (Not allowed)\n"), "5.7.509"),
    "capitals": (dsn(action="ACTION: Failed\n"), "5.1.1"),
    "brackets": (dsn(recipient=f"Final-Recipient: RFC822;<{DESK}>\n"), "5.1.1"),
    "forwarded": (dsn(recipient=FORWARDED), "5.1.1"),
    "no kind of report": (dsn(report="multipart/report"), "5.1.1"),
    "capital letters": (dsn(report="Multipart/Report"), "5.1.1"),
    "bare line ends": (dsn().replace(b"\r\n", b"\n"), "5.1.1"),
    "cut off in the quoted letter": (dsn()[: dsn().index(b"Please open")], "5.1.1"),
}


@pytest.mark.parametrize(("raw", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_read_as_every_server_writes_it(raw: bytes, reason: str) -> None:
    found = read_bounce(raw)
    assert found
    assert (found.letter_id, found.reason) == (ID, reason)
    assert DESK in found.addresses


def holiday() -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = DESK
    message["To"] = "care@example.org"
    message["Subject"] = "Out of office"
    message["Auto-Submitted"] = "auto-replied"
    message["In-Reply-To"] = f"<{ID}@example.org>"
    message.set_content("Status: 5.1.1\nAction: failed\nI am away until Monday.\n")
    return message.as_bytes()


DISPOSITION = "multipart/report; report-type=disposition-notification"
NO_FAILURES = {
    "nothing": b"",
    "noise": bytes(range(256)) * 9,
    "a delay": dsn(action="Action: delayed\n", status="Status: 4.4.1\n"),
    "a delay that says 5": dsn(action="Action: delayed\n"),
    "a delay without a word": dsn(action="", status="Status: 4.4.1\n"),
    "delivered": dsn(action="Action: delivered\n", status="Status: 2.0.0\n"),
    "relayed": dsn(action="Action: relayed\n", status="Status: 2.0.0\n"),
    "failed well": dsn(status="Status: 2.0.0\n"),
    "neither action nor status": dsn(action="", status=""),
    "out of office": holiday(),
    "an answer": dsn(report="multipart/mixed"),
    "no letter of ours": dsn(letter_id="CAF=1234"),
    "an id with more around it": dsn(letter_id=f"x{ID}"),
    "no quoted letter": dsn(original="Content-Type: text/plain\n"),
    "cut off early": dsn()[:300],
    "read": dsn(report=DISPOSITION).replace(
        b"message/delivery-status", b"message/disposition-notification"
    ),
    "a letter of ours that comes home": compose(
        Letter(
            id=ID,
            kind=LetterKind.NOTICE,
            to_address=DESK,
            language="en",
            subject="x",
            text="x",
            made_at=NOON,
            expires_at=NOON,
        ),
        "care@example.org",
        NOON,
    ).as_bytes(),
    "hundreds of messages in messages": b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "hundreds of parts in parts": b"".join(
        b'Content-Type: multipart/report; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(1500)
    ),
    "a character set that is none": (
        b"Content-Type: multipart/report; charset*=utf-8''x\r\n\r\n\xff"
    ),
    "a huge one": b"x" * 2_000_000,
}


@pytest.mark.parametrize("raw", NO_FAILURES.values(), ids=NO_FAILURES)
def test_anything_else_is_no_bounce(raw: bytes) -> None:
    assert read_bounce(raw) is None


PIECES = [
    *dsn().split(b"\r\n"),
    *(b"Content-Type: multipart/report; boundary=%s" % b for b in (b"here", b"", b'"')),
    b"Content-Type: message/rfc822",
    b"Content-Type: text/rfc822-headers; charset=nonesuch",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: uuencode",
    b"Content-Type: message/delivery-status; charset*=utf-8''%ff%00",
    b"Message-ID: =?utf-8?b?!!!?= =?nonesuch?q?x?=",
    b"Status: \xff\x00\x80",
    b"begin 666 x",
    b"--here",
    b"--here--",
    b"",
    b" folded",
    b":",
]


@given(st.binary(max_size=400))
def test_no_bytes_are_an_error(raw: bytes) -> None:
    assert read_bounce(raw) is None


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=60))
def test_no_pieces_of_a_report_are_an_error(lines: list[bytes]) -> None:
    read_bounce(b"\r\n".join(lines))


@given(st.data())
def test_no_damage_to_a_report_is_an_error(data: st.DataObject) -> None:
    raw = dsn(original=data.draw(st.sampled_from([HEADERS_ONLY, ""])))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    read_bounce(raw[:start] + data.draw(st.binary(max_size=30)) + raw[end:])


def sent(engine: Engine, inbox: Inbox, to: str = DESK) -> str:
    """Send a letter and return its id."""
    letter = write(engine, to)
    assert go_round(engine, inbox).sent == 1
    return letter.id


def test_a_letter_that_came_back_has_failed(engine: Engine, inbox: Inbox) -> None:
    letter_id = sent(engine, inbox)
    noted = note_bounce(engine, dsn(letter_id=letter_id), LATER)
    assert noted
    assert noted.id == letter_id
    letter = kept(engine)
    assert (letter.failed_at, letter.failure) == (LATER, "5.1.1")
    assert letter.sent_at


def test_it_counts_once(engine: Engine, inbox: Inbox) -> None:
    raw = dsn(letter_id=sent(engine, inbox))
    assert note_bounce(engine, raw, LATER)
    assert note_bounce(engine, raw, LATER + dt.timedelta(days=1)) is None
    assert kept(engine).failed_at == LATER


def test_a_letter_to_somebody_else_does_not_count(engine: Engine, inbox: Inbox) -> None:
    letter_id = sent(engine, inbox, "other@shelter.example")
    assert note_bounce(engine, dsn(letter_id=letter_id), LATER) is None
    assert note_bounce(engine, dsn(letter_id=letter_id, recipient=""), LATER) is None
    assert kept(engine).failed_at is None


def test_an_address_is_the_same_however_it_is_written(
    sqlite: Engine, inbox: Inbox
) -> None:
    letter_id = sent(sqlite, inbox, "Desk@NIÑOS.example")
    recipient = "Final-Recipient: rfc822; desk@xn--nios-hqa.example\n"
    raw = dsn(letter_id=letter_id, recipient=recipient)
    assert note_bounce(sqlite, raw, LATER)


def test_a_letter_that_was_not_sent_does_not_come_back(engine: Engine) -> None:
    letter = write(engine)
    assert note_bounce(engine, dsn(letter_id=letter.id), LATER) is None
    assert kept(engine).failed_at is None


def test_a_letter_that_nobody_wrote_does_not_come_back(engine: Engine) -> None:
    assert note_bounce(engine, dsn(), LATER) is None


def test_a_delay_is_not_noted(engine: Engine, inbox: Inbox) -> None:
    letter_id = sent(engine, inbox)
    raw = dsn(letter_id=letter_id, action="Action: delayed\n")
    assert note_bounce(engine, raw, LATER) is None
    assert kept(engine).failed_at is None
