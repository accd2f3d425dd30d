"""Organizations that get letters, and the letters that they got."""

import datetime as dt
import re
from collections.abc import Iterable

from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.verification import Reminder, RoundResult, ask, look
from directory.database import reading, writing
from directory.hsds import Fact, Organization, Service, Verification
from directory.mail import Letter, LetterKind
from tests.builders import rows
from tests.builders.rows import NOON

SITE = "https://care.example.org"
ADDRESS = "desk@harbor.example"


def provider(
    engine: Engine,
    name: str = "s",
    *,
    email: str | None = ADDRESS,
    confirmed: dt.date | None = None,
    **of_service: object,
) -> Service:
    """Write an organization with one service that was confirmed on a day, or never."""
    owner = rows.organization(id=f"{name}-organization", email=email)
    offer = rows.service(owner, id=name, **of_service)
    rows.save(engine, owner, offer)
    if confirmed is not None:
        confirm(engine, offer, confirmed)
    return offer


def confirm(engine: Engine, what: Service, day: dt.date, *facts: Fact) -> None:
    """Write that facts of a service were confirmed, by default the whole of it."""
    rows.save(
        engine,
        *(
            Verification(
                service_id=what.id, fact=fact, verified_on=day, verified_by="provider"
            )
            for fact in facts or (Fact.RECORD,)
        ),
    )


def write_letters(engine: Engine, now: dt.datetime = NOON) -> RoundResult:
    """Write to everybody who is due."""
    return ask(engine, look(engine, now), now, site_url=SITE)


def letters(engine: Engine, kind: LetterKind = LetterKind.VERIFICATION) -> list[Letter]:
    """Return the letters of a kind, oldest first."""
    with reading(engine) as session:
        found = session.exec(select(Letter).where(Letter.kind == kind)).all()
        session.expunge_all()
    return sorted(found, key=lambda letter: (letter.made_at, letter.id))


def reminders(engine: Engine) -> list[Reminder]:
    """Return what was asked, oldest first."""
    with reading(engine) as session:
        found = session.exec(select(Reminder)).all()
        session.expunge_all()
    return sorted(found, key=lambda reminder: (reminder.written_at, reminder.id))


def sent(engine: Engine, at: dt.datetime) -> None:
    """Let every letter that waits be one that was sent at `at`."""
    with writing(engine) as session:
        for letter in session.exec(select(Letter)).all():
            if letter.sent_at is None and letter.failed_at is None:
                letter.sent_at, letter.next_try_at, letter.text = at, None, ""


def path_in(text: str, page: str = "/portal/confirm/") -> str:
    """Return the path of the first link to `page` in a letter."""
    found = re.search(rf"{re.escape(SITE)}({re.escape(page)}\S+)", text)
    assert found, text
    return found[1]


def token_in(text: str, page: str = "confirm") -> str:
    """Return the token of the first such link in a letter."""
    return path_in(text, f"/portal/{page}/").split("/")[3]


def address_of(engine: Engine, name: str = "s") -> str | None:
    """Return the address on record of a provider."""
    with reading(engine) as session:
        return session.get_one(Organization, f"{name}-organization").email


def change_address(engine: Engine, address: str, name: str = "s") -> None:
    """Give a provider another address."""
    with writing(engine) as session:
        session.get_one(Organization, f"{name}-organization").email = address


def days(count: float) -> dt.timedelta:
    """Return so many days."""
    return dt.timedelta(days=count)


def names(found: Iterable[object]) -> list[str]:
    """Return which organizations are meant, by the names of their services."""
    return [
        str(getattr(due, "organization_id")).removesuffix("-organization")  # noqa: B009
        for due in found
    ]
