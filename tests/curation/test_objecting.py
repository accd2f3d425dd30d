"""Somebody else asked in the contact's name: one objection stops all of it."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from directory.accounts import SignIn
from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action
from directory.curation.history.alerts import OwnAlertError, open_alerts, put_away
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.letters.notice import send_notice
from directory.curation.links import Link, LinkClosedError, Purpose, issue, opened
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import approve, withdraw
from directory.curation.records.subject import service_subject
from directory.curation.verification import (
    Objection,
    confirm_services,
    note_silence,
    say_not_ours,
    what_objection_did,
)
from directory.curation.verification.reminder import Answer, Reminder
from directory.database import reading, writing
from directory.hsds import Organization, Verification
from directory.mail import Letter, LetterKind
from tests.builders import rows
from tests.builders.changes import (
    CONTACT,
    COORDINATOR,
    PROVIDER,
    SECOND,
    ask,
    dossier,
    patch_of,
)
from tests.builders.letters import SITE, provider, token_in, write_letters
from tests.builders.people import person
from tests.builders.rows import NOON

THIEF = PROVIDER
HOUR = dt.timedelta(hours=1)
LATER = NOON + HOUR


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """Return a database with two services of one body, and a third of another."""
    offer = provider(engine)
    rows.save(engine, rows.phone(offer, id="p", number="+19198340000"))
    with reading(engine) as session:
        owner = session.get_one(Organization, "s-organization")
    rows.save(engine, rows.service(owner, id="s2"))
    provider(engine, "t", email="desk@other.example")
    return engine


def change(
    engine: Engine,
    *,
    by: Actor = THIEF,
    of: str = "s",
    now: dt.datetime = NOON,
    **cells: str,
) -> Proposal:
    """Ask for other cells of a service, by default for its end."""
    about = service_subject(of)
    asked = cells or {"status": "defunct"}
    patch = patch_of(dossier(engine, about), "service", of, **asked)
    return ask(engine, patch, by=by, subject=about, now=now)


def publish(
    engine: Engine, said: str = "30 days", *, of: str = "s", now: dt.datetime = NOON
) -> None:
    """Change what is public at once."""
    change(engine, of=of, now=now, length_of_stay=said)


def letter_about(engine: Engine, proposal: Proposal) -> str:
    """Tell the contact of a change; return the token of the link that stops it."""
    with writing(engine) as session:
        send_notice(session, proposal, site_url=SITE, now=NOON)
    with reading(engine) as session:
        query = select(Letter).where(
            Letter.kind == LetterKind.NOTICE, Letter.about == proposal.id
        )
        return token_in(session.exec(query).one().text, "object")


def object_by(engine: Engine, token: str, now: dt.datetime = LATER) -> Objection:
    """Press the button of a notice."""
    with writing(engine) as session:
        link = opened(session, token, Purpose.OBJECT, now=now)
        done = say_not_ours(session, link, now=now)
    assert done is not None
    return done


def states(engine: Engine) -> list[tuple[str, State]]:
    with reading(engine) as session:
        found = session.exec(select(Proposal)).all()
        return sorted((p.actor, p.state) for p in found)


def alerts(engine: Engine) -> list[Entry]:
    with reading(engine) as session:
        assert first_broken(session) is None
        return list(open_alerts(session))


def test_one_objection_stops_all_that_the_same_one_asked_for(listed: Engine) -> None:
    first = change(listed)
    for of in ("s2", "s"):
        change(listed, of=of, name=f"Nobody {of}")
    change(listed, of="s2", out_of_county="no")
    own = change(listed, by=CONTACT, email="x@harbor.example")
    done = object_by(listed, letter_about(listed, first))
    assert (done.stopped, done.public) == (4, 0)
    assert [s for who, s in states(listed) if who == str(THIEF)] == [State.REFUSED] * 4
    with reading(listed) as session:
        assert session.get_one(Proposal, own.id).state is State.WAITING
        told = entries(session, Asked(actions=(Action.OBJECT,)))
    assert len(told) == 4
    assert {e.actor for e in told} == {str(CONTACT)}


def test_what_they_asked_for_elsewhere_and_others_here_still_waits(
    listed: Engine,
) -> None:
    first = change(listed)
    elsewhere = change(listed, of="t")
    by_staff = change(listed, of="s2", by=COORDINATOR)
    assert object_by(listed, letter_about(listed, first)).stopped == 1
    with reading(listed) as session:
        for left in (elsewhere, by_staff):
            assert session.get_one(Proposal, left.id).state is State.WAITING


def test_the_desk_is_told_who_what_was_stopped_and_what_is_public(
    listed: Engine,
) -> None:
    for days in range(20):
        publish(listed, f"{days} days", now=NOON - dt.timedelta(days))
    publish(listed, "A month", now=NOON - dt.timedelta(31))
    publish(listed, of="t")
    first = change(listed)
    done = object_by(listed, letter_about(listed, first))
    assert (done.stopped, done.public) == (1, 20)
    [alert] = alerts(listed)
    assert (alert.subject, alert.organization_id) == (
        "organization:s-organization",
        "s-organization",
    )
    assert alert.told.facts == {
        "proposal": first.id,
        "by": str(THIEF),
        "stopped": 1,
        "public": 20,
        "days": 30,
    }


def test_an_objection_to_what_was_agreed_to_is_an_alert_as_well(
    listed: Engine,
) -> None:
    first = change(listed)
    token = letter_about(listed, first)
    with writing(listed) as session:
        found = session.get_one(Proposal, first.id)
        approve(session, found, by=COORDINATOR, now=NOON)
    assert object_by(listed, token).public == 1
    [alert] = alerts(listed)
    assert alert.told.facts["stopped"] == 0


def test_a_change_that_was_taken_back_still_leads_to_the_rest(listed: Engine) -> None:
    first = change(listed)
    token = letter_about(listed, first)
    with writing(listed) as session:
        withdraw(session, session.get_one(Proposal, first.id), by=THIEF, now=NOON)
    change(listed)
    assert object_by(listed, token).stopped == 1


def test_where_nothing_is_left_of_it_nobody_is_alarmed(listed: Engine) -> None:
    first = change(listed)
    token = letter_about(listed, first)
    with writing(listed) as session:
        withdraw(session, session.get_one(Proposal, first.id), by=THIEF, now=NOON)
    done = object_by(listed, token)
    assert (done.stopped, done.public) == (0, 0)
    assert alerts(listed) == []


def test_what_the_same_hand_confirmed_is_forgotten(listed: Engine) -> None:
    with writing(listed) as session:
        confirm_services(session, ["s2"], by=THIEF, now=NOON - dt.timedelta(days=3))
        confirm_services(session, ["t"], by=THIEF, now=LATER)
    first = change(listed, by=THIEF)
    with writing(listed) as session:
        confirm_services(session, ["s"], by=THIEF, now=LATER)
    object_by(listed, letter_about(listed, first))
    with reading(listed) as session:
        assert {v.service_id for v in session.exec(select(Verification))} == {"s2", "t"}


def test_what_was_done_can_be_told_again(listed: Engine) -> None:
    publish(listed)
    first = change(listed)
    token = letter_about(listed, first)
    done = object_by(listed, token)
    change(listed, now=LATER)
    publish(listed, "Later", now=LATER + HOUR)
    with reading(listed) as session:
        link = _link_about(session, first)
        assert what_objection_did(session, link) == done


def _link_about(session: Session, proposal: Proposal) -> Link:
    return session.exec(select(Link).where(Link.about == proposal.id)).one()


def test_with_a_stolen_letter_nobody_goes_on(listed: Engine) -> None:
    """Not with that letter, and with no other to the same organization."""
    write_letters(listed, NOON)
    with writing(listed) as session:
        tokens = {
            of: issue(session, Purpose.CONFIRM, f"{of}-organization", now=NOON)
            for of in ("s", "t")
        }
        room = issue(session, Purpose.ROOM, "s-organization", now=NOON)
    first = change(listed, by=CONTACT)
    object_by(listed, letter_about(listed, first))
    with reading(listed) as session:
        for token, purpose in ((tokens["s"], Purpose.CONFIRM), (room, Purpose.ROOM)):
            with pytest.raises(LinkClosedError):
                opened(session, token, purpose, now=LATER)
        assert (
            opened(session, tokens["t"], Purpose.CONFIRM, now=LATER).closed_at is None
        )
        open_ = select(Link).where(
            Link.organization_id == "s-organization", Link.purpose != Purpose.OBJECT
        )
        assert all(link.expires_at <= LATER for link in session.exec(open_))
    # Who can answer no letter any more has not been silent, and has said nothing.
    with reading(listed) as session:
        mine = select(Reminder).where(Reminder.organization_id == "s-organization")
        assert {r.answer for r in session.exec(mine)} == {Answer.STOPPED}
    with writing(listed) as session:
        for letter in session.exec(select(Letter)):
            letter.sent_at = NOON
    assert note_silence(listed, NOON + dt.timedelta(22)) == 1, "the other body"


def test_an_account_that_was_taken_over_is_signed_out(listed: Engine) -> None:
    thief = person(listed, organization="s-organization")
    with writing(listed) as session:
        session.add(
            SignIn(
                key_digest="k",
                person_id=thief.id,
                device="a browser",
                made_at=NOON,
                seen_at=NOON,
            )
        )
    actor = Actor(kind=ActorKind.PROVIDER, id=thief.id)
    first = change(listed, by=actor)
    object_by(listed, letter_about(listed, first))
    with reading(listed) as session:
        assert session.exec(select(SignIn)).all() == []
        [done] = entries(session, Asked(actions=(Action.ACCOUNT,)))
    assert (done.actor, done.told.facts["did"]) == (str(CONTACT), "signed_out")


def test_of_staff_nobody_is_signed_out_and_none_puts_away_what_is_about_them(
    listed: Engine,
) -> None:
    first = change(listed, by=COORDINATOR)
    object_by(listed, letter_about(listed, first))
    [alert] = alerts(listed)
    with writing(listed) as session:
        with pytest.raises(OwnAlertError):
            put_away(session, alert, by=COORDINATOR, why="It was me.", now=LATER)
        put_away(session, alert, by=SECOND, why="Asked them.", now=LATER)
    with reading(listed) as session:
        assert entries(session, Asked(actions=(Action.ACCOUNT,))) == []


def test_an_objection_of_one_body_stops_nothing_of_another(listed: Engine) -> None:
    """A merge is told to both; who is to be merged speaks for themselves only."""
    merged = change(listed, by=COORDINATOR)
    other = change(listed, of="s2", by=COORDINATOR)
    with writing(listed) as session:
        send_notice(
            session,
            session.get_one(Proposal, merged.id),
            site_url=SITE,
            now=NOON,
            organization_id="t-organization",
        )
    with reading(listed) as session:
        [letter] = session.exec(select(Letter).where(Letter.about == merged.id))
        token = token_in(letter.text, "object")
    assert object_by(listed, token).stopped == 1
    with reading(listed) as session:
        assert session.get_one(Proposal, other.id).state is State.WAITING
    [alert] = alerts(listed)
    assert alert.organization_id == "t-organization"
