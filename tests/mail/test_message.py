"""What a letter looks like on its way, and what is never put on it."""

import datetime as dt
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.mail import Letter, LetterKind
from directory.mail.message import UnsendableError, compose, mailbox
from tests.mail.outbox import NOON

CARE = "care@example.org"


def letter(
    *, to: str = "desk@shelter.example", subject: str = "Hello", text: str = "Hi.\n"
) -> Letter:
    return Letter(
        kind=LetterKind.NOTICE,
        to_address=to,
        language="es",
        subject=subject,
        text=text,
        made_at=NOON,
        expires_at=NOON,
    )


def test_a_letter_says_who_writes_to_whom_when_and_in_which_language() -> None:
    written = letter()
    message = compose(written, CARE, NOON)
    assert {name: str(text) for name, text in message.items()} == {
        "From": CARE,
        "To": "desk@shelter.example",
        "Subject": "Hello",
        "Date": "Wed, 25 Nov 2026 17:00:00 +0000",
        "Message-ID": f"<{written.id}@example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }


def test_the_date_is_that_of_the_moment_wherever_the_clock_stands() -> None:
    eastern = NOON.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    message = compose(letter(), CARE, eastern)
    assert parsedate_to_datetime(str(message["Date"])) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "¿Siguen siendo correctos estos datos? Sí, mañana también.\n",
        f"One long line: {'x' * 5000}\n",
        "https://care.example.org/portal/confirm/a=b=c?d=e\n",
        "A line that is only a dot:\n.\nand goes on\n",
        "From here on\n",
    ],
)
def test_a_text_arrives_in_seven_bits_and_short_lines(text: str) -> None:
    message = compose(letter(text=text), CARE, NOON)
    sent = message.as_bytes()
    assert sent.isascii()
    assert max(map(len, sent.splitlines())) <= 78
    assert message.get_content() == text


LINES = ["\n", "\r", "\r\n", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", LINES, ids=ascii)
def test_a_subject_or_address_of_two_lines_is_refused(end: str) -> None:
    for unsendable in (
        letter(subject=f"Hello{end}Bcc: all@bad.example"),
        letter(to=f"desk@shelter.example{end}Bcc: all@bad.example"),
        letter(to=f"desk@shelter.example{end}"),
    ):
        with pytest.raises(UnsendableError) as caught:
            compose(unsendable, CARE, NOON)
        assert "bad.example" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk",
        "@shelter.example",
        "desk@",
        "desk@a@b.example",
        "desk@a.example,all@b.example",
        "desk@a.example all@b.example",
        "Desk <desk@a.example>",
        "desk@a.example>",
        "desk:all@a.example;",
        '"desk"@a.example',
        "desk(us)@a.example",
        "desk@[127.0.0.1]",
        "desk@a..example",
        f"desk@{'a' * 64}.example",
        "señora@a.example",
        "\ud800@a.example",
    ],
)
def test_what_is_no_mailbox_is_refused(address: str) -> None:
    with pytest.raises(UnsendableError) as caught:
        mailbox(address)
    assert not address or address not in str(caught.value)


def test_a_domain_of_any_letters_is_written_in_plain_ones() -> None:
    assert mailbox("mesa@niños.example") == "mesa@xn--nios-hqa.example"


@given(st.text(max_size=40), st.text(max_size=80))
def test_no_text_makes_a_header_of_its_own(name: str, subject: str) -> None:
    written = letter(to=f"{name}@shelter.example", subject=subject)
    assert headers(written) in (set(), headers(letter()))


def headers(written: Letter) -> set[str]:
    """Return the names of all headers, as a server reads them; none if refused."""
    try:
        message: EmailMessage = compose(written, CARE, NOON)
    except UnsendableError:
        return set()
    head, _, _ = message.as_bytes().partition(b"\n\n")
    starts = [line for line in head.splitlines() if not line.startswith((b" ", b"\t"))]
    assert all(b": " in line or line == b"Subject:" for line in starts)
    assert len(starts) == len(message.keys())
    return {line.partition(b":")[0].decode() for line in starts}
