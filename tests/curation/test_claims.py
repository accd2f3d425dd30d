"""Claims: the contact on record first, three days, and two of the staff."""

import datetime as dt
import re

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from directory.accounts import Person
from directory.curation.actor import Actor, ActorKind
from directory.curation.claims import (
    HOLD,
    Claim,
    Claimant,
    ClaimNotReadyError,
    ClaimState,
    ContactAnswer,
    agree,
    claim,
    contact_says,
    refuse,
)
from directory.curation.proposals.review import AnsweredError, SecondPersonError
from directory.database import reading, writing
from directory.mail import Letter
from tests.builders import rows

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
LATER = NOW + HOLD
ANNA = Claimant(name="Anna", email="anna@example.org", part="Director")
FIRST = Actor(kind=ActorKind.STAFF, id="first")
SECOND = Actor(kind=ActorKind.STAFF, id="second")
SITE = "https://aftercare.example"


@pytest.fixture
def claimed(engine: Engine) -> str:
    """Return the id of a claim to an organization with a mail address."""
    rows.save(engine, rows.organization(id="o", email="info@harbor.example.org"))
    return ask(engine, ANNA)


def ask(engine: Engine, claimant: Claimant, of: str = "o") -> str:
    with writing(engine) as session:
        made = claim(session, of, claimant, site_url=SITE, now=NOW)
        return "" if made is None else made.id


def state(session: Session, made: Claim) -> ClaimState:
    session.refresh(made)
    return made.state


def letters(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        found = session.exec(select(Letter)).all()
        return [(letter.to_address, letter.text) for letter in found]


def test_the_contact_on_record_is_asked_and_not_the_claimant(
    engine: Engine, claimed: str
) -> None:
    [(address, text)] = letters(engine)
    assert claimed
    assert address == "info@harbor.example.org"
    assert f"{SITE}/portal/claim/" in text
    assert f"{SITE}/es/portal/claim/" in text
    # The key of the link is drawn by lot, and may hold any few letters.
    assert "anna" not in re.sub(r"/portal/claim/\S+", "", text).casefold()


def test_asking_again_writes_no_second_letter(engine: Engine, claimed: str) -> None:
    assert ask(engine, ANNA) == claimed
    assert len(letters(engine)) == 1


def test_a_contact_is_not_buried_in_letters(engine: Engine, claimed: str) -> None:
    for number in range(5):
        ask(engine, Claimant(name="B", email=f"b{number}@example.org", part="x"))
    assert claimed
    assert len(letters(engine)) == 3


def test_there_is_no_claim_to_nothing(engine: Engine) -> None:
    assert ask(engine, ANNA, of="nothing") == ""


def test_nobody_can_agree_within_three_days(engine: Engine, claimed: str) -> None:
    with writing(engine) as session:
        made = session.get_one(Claim, claimed)
        moment = LATER - dt.timedelta(seconds=1)
        with pytest.raises(ClaimNotReadyError):
            agree(session, made, by=FIRST, checked="Called them.", now=moment)


def test_the_yes_of_the_contact_shortens_nothing(engine: Engine, claimed: str) -> None:
    with writing(engine) as session:
        made = session.get_one(Claim, claimed)
        contact_says(session, made, ContactAnswer.YES, now=NOW)
        with pytest.raises(ClaimNotReadyError):
            agree(session, made, by=FIRST, checked="Called.", now=NOW)


def test_the_first_yes_says_how_it_was_made_sure(engine: Engine, claimed: str) -> None:
    with writing(engine) as session, pytest.raises(ClaimNotReadyError):
        agree(
            session, session.get_one(Claim, claimed), by=FIRST, checked=" ", now=LATER
        )


def test_it_takes_two_of_the_staff(engine: Engine, claimed: str) -> None:
    with writing(engine) as session:
        made = session.get_one(Claim, claimed)
        assert not agree(session, made, by=FIRST, checked="Called them.", now=LATER)
        with pytest.raises(SecondPersonError):
            agree(session, made, by=FIRST, checked="", now=LATER)
        assert state(session, made) is ClaimState.WAITING
        assert agree(session, made, by=SECOND, checked="", now=LATER)
        assert state(session, made) is ClaimState.AGREED
        with pytest.raises(AnsweredError):
            refuse(session, made, by=SECOND, reason="", now=LATER)


def test_a_no_of_the_contact_ends_it_and_forgets_who_asked(
    engine: Engine, claimed: str
) -> None:
    with writing(engine) as session:
        contact_says(
            session, session.get_one(Claim, claimed), ContactAnswer.NO, now=NOW
        )
    with writing(engine) as session:
        made = session.get_one(Claim, claimed)
        assert (made.state, made.name, made.email) == (ClaimState.REFUSED, "", "")
        with pytest.raises(AnsweredError):
            agree(session, made, by=FIRST, checked="Called.", now=LATER)


def test_a_claim_gives_nobody_an_account(engine: Engine, claimed: str) -> None:
    with reading(engine) as session:
        assert claimed
        assert session.exec(select(Person)).all() == []
