"""Letters in an outbox, and mailers for them, as tests need them."""

import datetime as dt
import time
from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import select

from directory.database import reading, writing
from directory.mail import Delivered, Letter, LetterKind, Mailer, deliver, post
from directory.mail.mailer import open_mailer
from directory.settings import load_settings
from tests.mail.server import Inbox

NOON = dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
SOON = dt.timedelta(minutes=1)
"""More than a round takes, and less than any pause between two tries."""
SECRET = "https://care.example.org/portal/confirm/sesame"


def mailer(url: str) -> Mailer:
    """Return a mailer for the server at `url`."""
    found = open_mailer(
        load_settings(
            {
                "AFTERCARE_SECRET_KEY": "k" * 32,
                "AFTERCARE_MAIL_URL": url,
                "AFTERCARE_MAIL_FROM": "care@example.org",
                "AFTERCARE_SITE_URL": "https://care.example.org",
            }
        )
    )
    assert found
    return found


def write(
    engine: Engine,
    to: str = "desk@shelter.example",
    *,
    subject: str = "Is your listing right?",
    text: str = f"Please open {SECRET} and tell us.\n",
    language: str = "en",
    now: dt.datetime = NOON,
) -> Letter:
    """Put a letter into the outbox."""
    with writing(engine) as session:
        letter = post(
            session,
            LetterKind.VERIFICATION,
            to,
            subject=subject,
            text=text,
            language=language,
            now=now,
        )
        session.flush()
        session.expunge(letter)
    return letter


def go_round(engine: Engine, inbox: Inbox, now: dt.datetime = NOON) -> Delivered:
    """Deliver what is due."""
    return deliver(engine, mailer(inbox.url), now)


def kept(engine: Engine) -> Letter:
    """Return the only letter, as it is now."""
    with reading(engine) as session:
        letter = session.exec(select(Letter)).one()
        session.expunge(letter)
    return letter


def until(condition: Callable[[], object], *, seconds: float = 120) -> None:
    """Wait until `condition` holds; a test must fail, not hang."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
