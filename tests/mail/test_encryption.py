"""Letters and the password go to a server that is what it says it is, or nowhere."""

import logging
import ssl
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from directory.mail import Delivered, deliver
from tests.mail.outbox import NOON, SECRET, kept, mailer, write
from tests.mail.server import Inbox, only, receiving


@pytest.fixture
def starttls(encryption: ssl.SSLContext) -> Iterator[Inbox]:
    """Run a server that can be told to encrypt, and lets in who has the password."""
    with receiving(
        Inbox(), tls_context=encryption, authenticator=only("me", "hunter2")
    ) as inbox:
        yield inbox


@pytest.fixture
def tls(encryption: ssl.SSLContext) -> Iterator[Inbox]:
    """Run a server that encrypts from the first byte."""
    with receiving(Inbox(), ssl_context=encryption) as inbox:
        yield inbox


def send(engine: Engine, url: str) -> Delivered:
    write(engine)
    return deliver(engine, mailer(url), NOON)


@pytest.mark.usefixtures("trusted")
def test_a_server_that_this_machine_trusts_gets_letters(
    sqlite: Engine, starttls: Inbox
) -> None:
    url = f"smtp://me:hunter2@127.0.0.1:{starttls.port}?starttls=yes"
    assert send(sqlite, url).sent == 1
    (taken,) = starttls.taken
    assert (taken.encrypted, taken.user) == (True, "me")


def test_a_server_that_signed_for_itself_gets_nothing(
    sqlite: Engine, starttls: Inbox
) -> None:
    url = f"smtp://me:hunter2@127.0.0.1:{starttls.port}?starttls=yes"
    done = send(sqlite, url)
    assert (done.waiting, done.trouble) == (1, "SSLCertVerificationError")
    assert starttls.taken == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_none(sqlite: Engine, starttls: Inbox) -> None:
    url = f"smtp://localhost:{starttls.port}?starttls=yes"
    assert send(sqlite, url).trouble == "SSLCertVerificationError"
    assert starttls.taken == []


def test_a_server_that_does_not_encrypt_gets_nothing(
    sqlite: Engine, inbox: Inbox
) -> None:
    done = send(sqlite, f"{inbox.url}?starttls=yes")
    assert (done.waiting, done.trouble) == (1, "SMTPNotSupportedError")
    assert inbox.taken == []


@pytest.mark.usefixtures("trusted")
def test_a_connection_may_be_encrypted_from_its_first_byte(
    sqlite: Engine, tls: Inbox
) -> None:
    assert send(sqlite, f"smtps://127.0.0.1:{tls.port}").sent == 1
    assert tls.taken[0].encrypted


def test_there_too_the_certificate_counts(sqlite: Engine, tls: Inbox) -> None:
    done = send(sqlite, f"smtps://127.0.0.1:{tls.port}")
    assert (done.waiting, done.trouble) == (1, "SSLCertVerificationError")
    assert tls.taken == []


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_said_and_not_shown(
    sqlite: Engine,
    starttls: Inbox,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    url = f"smtp://me:opensesame@127.0.0.1:{starttls.port}?starttls=yes"
    with caplog.at_level(logging.DEBUG):
        done = send(sqlite, url)
    # The letter is not at fault, and is kept until the password is put right.
    assert (done.waiting, done.trouble) == (1, "535")
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail")]
    shown = f"{mailer(url)!r} {done!r} {kept(sqlite)!r} {ours}"
    for secret in ("opensesame", SECRET, "desk@shelter.example"):
        assert secret not in shown
    assert capfd.readouterr() == ("", "")
