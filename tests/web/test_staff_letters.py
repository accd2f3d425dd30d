"""The page of letters, for coordinators."""

import datetime as dt

import pytest
from sqlmodel import select

from directory.accounts import Role
from directory.database import writing
from directory.mail import Letter, LetterKind, post
from directory.web.site import site_of
from tests.web.desk import Desk, browser


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("expired", "(it waited until its links opened nothing any more, and was not"),
        ("elsewhere", "(it was written for another address of this site, and was not"),
        ("550", "(550)"),
    ],
)
def test_why_a_letter_did_not_arrive_is_said_in_words(
    desk: Desk, code: str, says: str
) -> None:
    now = site_of(desk.app).now()
    with writing(desk.engine) as session:
        post(
            session,
            LetterKind.NOTICE,
            "desk@shelter.example",
            subject="x",
            text="x",
            now=now - dt.timedelta(hours=1),
        )
    with writing(desk.engine) as session:
        letter = session.exec(select(Letter)).one()
        letter.next_try_at, letter.failed_at, letter.failure = None, now, code
    assert says in desk.ann.reads("/staff/letters")


def test_an_address_that_may_be_a_hidden_ones_is_for_who_may_know_of_it(
    desk: Desk,
) -> None:
    now = site_of(desk.app).now()
    with writing(desk.engine) as session:
        to, kind = "desk@shelter.example", LetterKind.VERIFICATION
        letter = post(session, kind, to, subject="x", text="x", now=now)
        letter.next_try_at, letter.failed_at, letter.failure = None, now, "550"
    assert "desk@shelter.example" in desk.ann.reads("/staff/letters")
    new = browser(desk.app, Role.COORDINATOR, days=1)
    assert "(550)" in new.reads("/staff/letters")
    assert "shelter.example" not in new.get("/staff/letters").text
