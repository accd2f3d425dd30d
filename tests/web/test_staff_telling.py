"""Who asked for a change hears by mail what the staff answered."""

import pytest
from sqlmodel import select

from directory.accounts import Person, Role
from directory.curation.actor import Actor, ActorKind
from directory.curation.records.subject import organization_subject
from directory.curation.verification.doubtful_address import (
    AddressDoubt,
    doubt_address,
)
from directory.database import reading, writing
from directory.hsds import Organization
from directory.mail import Letter, LetterKind
from directory.web.site import site_of
from tests.builders import changes
from tests.builders.changes import CONTACT, COORDINATOR, VISITOR
from tests.builders.people import person
from tests.web.desk import Desk

MAIL = "house@example.org"
NUMBER = {"number": "+19198341234"}
CALLED = {"called": "yes"}


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Return a desk whose one organization has a mailbox on record."""
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = MAIL
    return desk


def asked(desk: Desk, by: Actor) -> str:
    """Ask for another number, and return the address of the change."""
    found = changes.ask_for(desk.engine, "phone", "p", NUMBER, by=by)
    return f"/staff/proposals/{found.id}"


def told(desk: Desk) -> list[Letter]:
    """Return the letters that tell of an answer."""
    with reading(desk.engine) as session:
        found = session.exec(
            select(Letter).where(Letter.about == "s-organization")
        ).all()
        session.expunge_all()
    assert {letter.kind for letter in found} <= {LetterKind.NOTICE}
    return list(found)


def provider(desk: Desk) -> Person:
    return person(
        desk.engine,
        Role.PROVIDER,
        organization="s-organization",
        email="ruth@example.org",
    )


def test_a_refusal_is_written_with_its_reason(known: Desk) -> None:
    path = asked(known, CONTACT)
    said = "We called: nobody there\nknows that number."
    assert known.ann.post(f"{path}/refuse", reason=said).status_code == 303
    [letter] = told(known)
    assert letter.to_address == MAIL
    for words in (
        "- phone numbers\n",
        "- números de teléfono\n",
        "It was not taken",
        "No se aceptó",
        "Why: We called: nobody there knows that number.\n",
        "El motivo, en inglés: We called:",
    ):
        assert words in letter.text
    # It tells what it is about, and never to what it was to change.
    assert "834" not in letter.text
    assert letter.next_try_at is not None


def test_a_yes_is_written_as_well(known: Desk) -> None:
    path = asked(known, CONTACT)
    assert known.ann.post(f"{path}/approve", **CALLED).status_code == 303
    [letter] = told(known)
    assert "It is public now." in letter.text
    assert "Ya es público." in letter.text
    assert "Why:" not in letter.text


def test_who_had_signed_in_is_written_to_their_own_mailbox(known: Desk) -> None:
    who = provider(known)
    path = asked(known, Actor(kind=ActorKind.PROVIDER, id=who.id))
    known.ann.post(f"{path}/refuse", reason="It rings elsewhere.")
    [letter] = told(known)
    assert letter.to_address == "ruth@example.org"


def test_nobody_is_written_to_whose_mailbox_is_not_theirs(known: Desk) -> None:
    who = provider(known)
    with writing(known.engine) as session:
        # Their account was closed since.
        session.get_one(Person, who.id).active = False
        now = site_of(known.app).now()
        doubt_address(session, "s-organization", MAIL, AddressDoubt.NOT_THEIRS, now=now)
    for by in (
        Actor(kind=ActorKind.PROVIDER, id=who.id),
        CONTACT,
        VISITOR,
        COORDINATOR,
    ):
        path = asked(known, by)
        assert known.ann.post(f"{path}/refuse", reason="No.").status_code == 303
    assert told(known) == []


def test_an_answer_that_could_not_be_given_is_not_told(known: Desk) -> None:
    path = asked(known, CONTACT)
    assert known.ann.post(f"{path}/refuse").status_code == 422
    assert known.ann.post(f"{path}/approve").status_code == 409
    assert told(known) == []
    for _ in range(2):
        known.ann.post(f"{path}/refuse", reason="No.")
    assert len(told(known)) == 1


def test_who_asks_for_another_mailbox_is_answered_at_the_old_one(known: Desk) -> None:
    about = organization_subject("s-organization")
    held = changes.dossier(known.engine, about)
    patch = changes.patch_of(
        held, "organization", "s-organization", email="thief@evil.example"
    )
    found = changes.ask(known.engine, patch, by=CONTACT, subject=about)
    path = f"/staff/proposals/{found.id}"
    assert known.ann.post(f"{path}/approve", **CALLED).status_code == 303
    [letter] = told(known)
    assert letter.to_address == MAIL
    assert "thief" not in letter.text


def test_the_page_promises_a_letter_only_to_whom_one_goes(known: Desk) -> None:
    promise = "Who asked will read it."
    assert promise in known.ann.reads(asked(known, CONTACT))
    assert promise not in known.ann.reads(asked(known, VISITOR))
