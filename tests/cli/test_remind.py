"""The whole way of a letter, from the command to the public page, and back again."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from directory.cli.main import cli
from directory.cli.setup import make_tables
from directory.curation.verification import (
    AddressDoubt,
    Reminder,
    ask,
    doubtful_addresses,
    look,
)
from directory.database import reading, writing
from directory.errors import SettingsError
from directory.hsds import Doubt, Row
from directory.mail import Delivered, Letter, deliver
from directory.settings import Settings, load_settings
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders.letters import (
    SITE,
    days,
    path_in,
    provider,
    reminders,
    token_in,
)
from tests.cli.test_commands import run
from tests.mail.outbox import mailer
from tests.mail.server import Inbox, receiving

OWNER = "s-organization"


@pytest.fixture
def inbox() -> Generator[Inbox]:
    """Run a mail server for one test."""
    with receiving(Inbox()) as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path, inbox: Inbox) -> Settings:
    """Return an installation with one provider, who never confirmed anything."""
    made = load_settings({**environ(inbox), "AFTERCARE_DATA_DIR": str(tmp_path)})
    engine = make_tables(made)
    provider(engine)
    engine.dispose()
    return made


@pytest.fixture
def engine(settings: Settings) -> Generator[Engine]:
    found = make_tables(settings)
    yield found
    found.dispose()


def environ(inbox: Inbox) -> dict[str, str]:
    return {
        "AFTERCARE_MAIL_URL": inbox.url,
        "AFTERCARE_MAIL_FROM": "care@example.org",
        "AFTERCARE_SITE_URL": SITE,
        "AFTERCARE_LIMITS": "no",
    }


def remind(settings: Settings, inbox: Inbox, *words: str) -> str:
    """Give the command `aftercare remind`, which succeeds; return what it says."""
    said = command(settings, "remind", *words, more=environ(inbox))
    for arrived in inbox.taken:
        assert token_in(arrived.text) not in said
    return said


def command(
    settings: Settings,
    *words: str,
    given: bytes = b"",
    more: Mapping[str, str] | None = None,
) -> str:
    """Give a command in this process: to start another takes seconds."""
    env = {"AFTERCARE_DATA_DIR": str(settings.data_dir), **(more or {})}
    done = CliRunner().invoke(cli, words, env=env, input=given)
    assert done.exit_code == 0, done.output
    return done.stdout


def everything(engine: Engine) -> list[list[tuple[object, ...]]]:
    """Return all rows of all tables."""
    with engine.connect() as connection:
        return [
            [tuple(row) for row in connection.execute(table.select())]
            for table in Row.metadata.sorted_tables
        ]


@pytest.fixture
def visitor(settings: Settings) -> Generator[FlaskClient]:
    """Return a visitor of the site, whose postman goes home with the test."""
    app = create_app(settings)
    yield app.test_client()
    site_of(app).postman.stop()
    site_of(app).database.dispose()


def test_from_the_command_to_the_public_page(
    settings: Settings, inbox: Inbox, engine: Engine, visitor: FlaskClient
) -> None:
    assert "1 letters written.\n1 letters sent" in remind(settings, inbox)
    (arrived,) = inbox.taken
    assert arrived.recipients == ("desk@harbor.example",)
    assert "¿Sigue correcto?" in arrived.text
    path = path_in(arrived.text)
    before = everything(engine)
    assert token_in(arrived.text) not in repr(before)
    assert visitor.get(path).status_code == 200
    assert everything(engine) == before
    assert "Not verified." in visitor.get("/services/s").text
    assert visitor.post(path, data={"answer": "right"}).status_code == 200
    assert "Confirmed on " in visitor.get("/services/s").text
    assert "0 letters written." in remind(settings, inbox)
    assert len(inbox.taken) == 1


def test_a_dry_run_writes_nothing(
    settings: Settings, inbox: Inbox, engine: Engine
) -> None:
    provider(engine, "quiet", email=None)
    before = everything(engine)
    said = remind(settings, inbox, "--dry-run")
    assert said.splitlines() == [
        "Harbor House (new)",
        "1 letters would be written.",
        "call Harbor House: no address",
    ]
    assert everything(engine) == before


def test_a_limit_leaves_the_rest_for_later(
    settings: Settings, inbox: Inbox, engine: Engine
) -> None:
    for name in ("t", "u"):
        provider(engine, name, email=f"{name}@harbor.example")
    said = remind(settings, inbox, "--limit", "2")
    assert "2 letters written.\n1 more are due" in said
    assert "1 letters written." in remind(settings, inbox)
    assert len(inbox.taken) == 3


HERE = "http://127.0.0.1:8000"
"""How links begin until somebody says where the site is."""


@pytest.mark.parametrize(
    "unset",
    [
        {"AFTERCARE_MAIL_URL": ""},
        {"AFTERCARE_SITE_URL": ""},
        {"AFTERCARE_SITE_URL": HERE},
    ],
)
def test_no_letter_is_written_before_it_can_be_sent_and_its_links_lead_here(
    settings: Settings, inbox: Inbox, engine: Engine, unset: Mapping[str, str]
) -> None:
    remind(settings, inbox)
    long_ago(engine)
    env = {"AFTERCARE_DATA_DIR": str(settings.data_dir), **environ(inbox), **unset}
    said = CliRunner().invoke(cli, ["remind", "--dry-run"], env=env)
    assert "1 letters would be written." in said.stdout
    refused = CliRunner().invoke(cli, ["remind", "--limit", "2"], env=env)
    assert isinstance(refused.exception, SettingsError)
    assert "set AFTERCARE_" in str(refused.exception)
    # What became of earlier letters is noted all the same.
    assert refused.stdout == "1 letters were not answered in time.\n"
    assert len(reminders(engine)) == len(inbox.taken) == 1


def test_nothing_that_writes_letters_starts_with_links_that_lead_nowhere(
    settings: Settings, inbox: Inbox
) -> None:
    env = {**environ(inbox), "AFTERCARE_SITE_URL": ""}
    invite = ("account", "invite", "a@example.org", "--name", "A", "--mail")
    for words in (("serve",), (*invite, "--role", "hotline"), ("remind",)):
        refused = run(*words, data=settings.data_dir, **env)
        assert refused.returncode == 1
        assert refused.stderr.splitlines() == [
            f"Links in letters would lead to {HERE}, which is on this machine: set"
            " AFTERCARE_SITE_URL to where people reach the site."
        ]


@pytest.mark.parametrize(("site", "age"), [(HERE, 1), (SITE, 22)], ids=["moved", "old"])
def test_what_waited_until_its_links_died_is_not_sent_and_counts_for_nothing(
    settings: Settings, inbox: Inbox, engine: Engine, site: str, age: int
) -> None:
    now = dt.datetime.now(dt.UTC)
    then = now - days(age)
    ask(engine, look(engine, then), then, site_url=site)
    done = deliver(engine, mailer(inbox.url), now)
    assert done == Delivered(sent=0, refused=0, waiting=0, outdated=1)
    assert inbox.taken == []
    # Nobody was asked, so somebody is to be asked now.
    assert "1 letters written.\n1 letters sent" in remind(settings, inbox)
    for _ in range(2):
        long_ago(engine)
    with reading(engine) as session:
        assert doubtful_addresses(session) == []
    assert "did not arrive" not in remind(settings, inbox)
    with reading(engine) as session:
        (doubt,) = session.exec(select(Doubt)).all()
    assert (doubt.kind.value, doubt.count) == ("silence", 1)


def test_a_server_that_is_away_is_said_so(settings: Settings) -> None:
    gone = {**environ(Inbox(port=1)), "AFTERCARE_MAIL_URL": "smtp://127.0.0.1:1"}
    done = run("remind", data=settings.data_dir, **gone)
    assert done.returncode == 1
    assert "takes no letters now" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_processes_at_once_write_one_letter(
    settings: Settings, inbox: Inbox, engine: Engine
) -> None:
    words = [sys.executable, "-c", "from directory.cli import main; main()", "remind"]
    more = {**environ(inbox), "AFTERCARE_DATA_DIR": str(settings.data_dir)}
    started = [
        subprocess.Popen(words, env={**os.environ, **more}, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in started:
        process.communicate(timeout=180)
    assert [process.returncode for process in started] == [0, 0]
    assert len(inbox.taken) == 1
    assert len(reminders(engine)) == 1


def test_three_silences_are_told_to_everybody(
    settings: Settings, inbox: Inbox, engine: Engine, visitor: FlaskClient
) -> None:
    for _ in range(3):
        remind(settings, inbox)
        long_ago(engine)
    assert "1 letters were not answered in time." in remind(settings, inbox)
    with reading(engine) as session:
        (doubt,) = session.exec(select(Doubt)).all()
    assert (doubt.organization_id, doubt.kind.value, doubt.count) == (
        *(OWNER, "silence", 3),
    )
    page = visitor.get("/services/s").text
    assert "It has not answered our last 3 emails" in page
    assert len(inbox.taken) == 3


def long_ago(engine: Engine) -> None:
    """Let three weeks and a day pass since all that was done.

    Three weeks alone are an hour short where the clocks were set back meanwhile.
    """
    with writing(engine) as session:
        for letter in session.exec(select(Letter)).all():
            letter.made_at -= days(22)
            if letter.failed_at is None:
                letter.sent_at = letter.made_at
        for reminder in session.exec(select(Reminder)).all():
            reminder.written_at -= days(22)


def test_an_address_that_refuses_is_doubted_at_once(
    settings: Settings, inbox: Inbox, engine: Engine, visitor: FlaskClient
) -> None:
    inbox.to_recipient.append("550 No such user here")
    said = remind(settings, inbox)
    assert "0 letters sent, 1 refused, 0 wait." in said
    page = visitor.get("/services/s").text
    assert "Our email to it does not arrive" in page
    with reading(engine) as session:
        (doubtful,) = doubtful_addresses(session)
    assert doubtful.doubt is AddressDoubt.BOUNCED
    assert "1 are due and no letter reaches them" in remind(settings, inbox)
    assert inbox.taken == []


def bounce_of(arrived: EmailMessage, to: str = "desk@harbor.example") -> bytes:
    """Return what a server says that could not deliver a letter."""
    return (
        "From: MAILER-DAEMON@mx.example\r\n"
        "To: care@example.org\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status;"
        ' boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {arrived['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("way", ["file", "input"])
def test_a_bounce_that_comes_later_is_read(
    settings: Settings, inbox: Inbox, engine: Engine, tmp_path: Path, way: str
) -> None:
    remind(settings, inbox)
    raw = bounce_of(inbox.taken[0].message)
    said = bounce(settings, raw, tmp_path / "bounce.eml" if way == "file" else None)
    assert "did not arrive (5.1.1)" in said
    with reading(engine) as session:
        (doubt,) = session.exec(select(Doubt)).all()
    assert (doubt.kind.value, doubt.count) == ("bounce", 1)
    assert "speaks of no letter" in bounce(settings, raw)


JUNK = [b"", b"\xff\x00junk", b"Subject: On holiday\r\n\r\nBack on Monday."]


def test_a_mail_that_is_no_bounce_is_no_failure(
    settings: Settings, inbox: Inbox, engine: Engine
) -> None:
    remind(settings, inbox)
    other = bounce_of(inbox.taken[0].message, to="somebody@else.example")
    for raw in (*JUNK, other):
        assert "speaks of no letter" in bounce(settings, raw)
    with reading(engine) as session:
        assert session.exec(select(Doubt)).all() == []


def bounce(settings: Settings, raw: bytes, file: Path | None = None) -> str:
    """Give the command `aftercare bounce` a mail."""
    if file is None:
        return command(settings, "bounce", given=raw)
    file.write_bytes(raw)
    return command(settings, "bounce", str(file))
