"""`aftercare account`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Person, Role, keeping
from directory.cli.main import cli
from directory.curation.history.alerts import open_alerts
from directory.database import reading
from directory.errors import AftercareError
from directory.mail import Letter
from tests.builders.people import person
from tests.builders.ports import held_port
from tests.builders.site import ADDRESS, site_on
from tests.mail.server import Inbox, receiving

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite: Engine, tmp_path: Path) -> Run:
    """Return what runs a command on the database."""
    environ = {
        "AFTERCARE_DATA_DIR": str(tmp_path),
        "AFTERCARE_DATABASE_URL": str(sqlite.url),
        "AFTERCARE_SITE_URL": ADDRESS,
        "AFTERCARE_SECRET_KEY": "k" * 40,
    }

    def run_(*words: str, **more: str) -> Result:
        env = {**environ, **more}
        return CliRunner().invoke(cli, ["account", *words], env=env)

    return run_


ANN = ("ann@example.org", "--name", "Ann A", "--role", "administrator")


def test_the_first_administrator_is_invited_by_a_printed_link(
    sqlite: Engine, run: Run, tmp_path: Path
) -> None:
    done = run("invite", *ANN, "--role", "coordinator")
    assert done.exit_code == 0
    link = done.stdout.strip()
    assert re.fullmatch(rf"{ADDRESS}/account/join/[\w-]{{43}}", link)
    [ann] = keeping.everybody(sqlite)
    assert ann.roles == {Role.ADMINISTRATOR, Role.COORDINATOR}
    client = site_on(sqlite, tmp_path).test_client()
    assert client.get(link.removeprefix(ADDRESS)).status_code == 200
    with reading(sqlite) as session:
        assert session.exec(select(Letter)).all() == []


def test_coordinators_are_told_whom_a_command_let_in(sqlite: Engine, run: Run) -> None:
    run("invite", *ANN)
    with reading(sqlite) as session:
        assert open_alerts(session) == []
    bob = person(sqlite, Role.HOTLINE)
    run("invite", *ANN)
    run("disable", bob.email)
    run("enable", bob.email)
    with reading(sqlite) as session:
        told = [entry.told.facts for entry in open_alerts(session)]
    by = {"by": "program:aftercare"}
    assert told == [{**by, "gained": ["hotline"]}, {**by, "gained": ["administrator"]}]


def test_the_link_says_where_the_site_is_thought_to_be(run: Run) -> None:
    here = "http://127.0.0.1:8000"
    done = run("invite", *ANN, AFTERCARE_SITE_URL="")
    assert done.stdout.startswith(f"{here}/account/join/")
    said = f"If the site is not at {here}, set AFTERCARE_SITE_URL and invite again."
    assert said in done.stderr
    assert here not in run("invite", *ANN).stderr


def test_the_link_goes_by_mail_as_well(sqlite: Engine, run: Run) -> None:
    done = run("invite", *ANN, "--mail", "--language", "es")
    with reading(sqlite) as session:
        [letter] = session.exec(select(Letter)).all()
    key = done.stdout.strip().rpartition("/")[2]
    assert letter.to_address == "ann@example.org"
    assert f"{ADDRESS}/es/account/join/{key}\n" in letter.text
    assert "1 letters wait: set AFTERCARE_MAIL_URL" in done.stderr


def test_the_letter_is_sent_at_once(run: Run) -> None:
    with receiving(Inbox()) as inbox:
        done = run(
            *("invite", *ANN, "--mail"),
            AFTERCARE_MAIL_URL=inbox.url,
            AFTERCARE_MAIL_FROM="care@example.org",
        )
    assert done.exit_code == 0
    [arrived] = inbox.taken
    assert done.stdout.strip() in arrived.text
    assert "1 letters sent, 0 refused, 0 wait." in done.stderr


def test_the_link_is_told_where_the_mail_server_is_away(run: Run) -> None:
    with held_port() as port:
        done = run(
            *("invite", *ANN, "--mail"),
            AFTERCARE_MAIL_URL=f"smtp://127.0.0.1:{port}",
            AFTERCARE_MAIL_FROM="care@example.org",
        )
    assert done.stdout.startswith(f"{ADDRESS}/account/join/")
    assert isinstance(done.exception, AftercareError)


@pytest.mark.parametrize(
    ("address", "why"),
    [("x@staff.test", "special-use or reserved name"), ("x", "must have an @-sign")],
)
def test_it_is_said_what_is_wrong_with_an_address(
    run: Run, address: str, why: str
) -> None:
    failed = run("invite", address, "--name", "X", "--role", "hotline")
    assert isinstance(failed.exception, AftercareError)
    assert why in str(failed.exception)


def test_accounts_are_listed(sqlite: Engine, run: Run) -> None:
    person(sqlite, Role.HOTLINE, Role.ADVOCATE, email="bob@example.org")
    run("invite", *ANN)
    lines = run("list").stdout.splitlines()
    assert lines == [
        "ann@example.org\tAnn A\tinvited\tadministrator",
        "bob@example.org\tBob\topen\tadvocate,hotline",
    ]


def test_accounts_are_closed_opened_and_reset(sqlite: Engine, run: Run) -> None:
    bob = person(sqlite, Role.HOTLINE)

    def now() -> Person:
        found = keeping.one(sqlite, bob.id)
        assert found is not None
        return found

    assert run("disable", bob.email).exit_code == 0
    assert not now().active
    assert run("enable", bob.email.upper()).exit_code == 0
    assert now().active
    before = now().fs_uniquifier
    assert run("sign-out", bob.email).exit_code == 0
    assert now().fs_uniquifier != before
    assert run("reset-totp", bob.email).exit_code == 0
    assert not now().is_set_up


@pytest.mark.parametrize("command", ["disable", "enable", "sign-out", "reset-totp"])
def test_nobody_is_said_to_be_nobody(run: Run, command: str) -> None:
    failed = run(command, "nobody@example.org")
    assert isinstance(failed.exception, AftercareError)
    assert "nobody@example.org" in str(failed.exception)


def test_an_unknown_role_is_wrong_usage(run: Run) -> None:
    failed = run("invite", "a@example.org", "--name", "A", "--role", "king")
    assert failed.exit_code == 2
