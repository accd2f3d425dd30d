"""Who lets somebody in is watched, and finds no second person in them for a while."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.accounts import Person, Role
from directory.curation.actor import PROGRAM, Actor, ActorKind
from directory.curation.claims import Claimant, agree, claim
from directory.curation.claims.claim import Claim, ClaimState
from directory.curation.history.accounts import note_account, note_gain
from directory.curation.history.alerts import (
    OwnAlertError,
    is_barred,
    open_alerts,
    put_away,
)
from directory.curation.history.reading import Entry
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import SecondPersonError, approve
from directory.curation.proposals.second import is_first_yes
from directory.database import reading, writing
from directory.hsds import Visibility
from tests.builders import changes, rows
from tests.builders.changes import COORDINATOR, PROVIDER, SECOND, VISITOR
from tests.builders.letters import SITE
from tests.builders.people import person
from tests.builders.rows import NOON
from tests.builders.scenes import stage

WEEK = dt.timedelta(days=7)
MINUTE = dt.timedelta(minutes=1)
NUMBER = {"number": "+19198341234"}


def set_up(engine: Engine) -> Engine:
    rows.save(engine, rows.phone(stage(engine, Visibility.PUBLIC).service, id="p"))
    return engine


@pytest.fixture
def staged(sqlite: Engine) -> Engine:
    """Return a service with a number."""
    return set_up(sqlite)


@pytest.fixture
def both(engine: Engine) -> Engine:
    """Return the same, once in each kind of database."""
    return set_up(engine)


def let_in(
    engine: Engine,
    whom: Actor,
    by: Actor = COORDINATOR,
    did: str = "invited",
    at: dt.datetime = NOON,
) -> None:
    with writing(engine) as session:
        note_account(session, whom.id, did, by=by, now=at)


def agreed(engine: Engine, asked: Proposal, by: Actor, at: dt.datetime) -> State:
    with writing(engine) as session:
        proposal = session.get_one(Proposal, asked.id)
        approve(session, proposal, by=by, now=at)
        return proposal.state


@pytest.mark.parametrize(
    ("asks", "agrees", "did"),
    [
        (COORDINATOR, SECOND, "invited"),
        (COORDINATOR, SECOND, "enabled"),
        (SECOND, COORDINATOR, "role_given"),
        (PROVIDER, COORDINATOR, "invited"),
    ],
)
def test_who_let_somebody_in_finds_no_second_person_in_them_for_a_week(
    staged: Engine, asks: Actor, agrees: Actor, did: str
) -> None:
    other = PROVIDER if PROVIDER in {asks, agrees} else SECOND
    let_in(staged, other, did=did)
    asked = changes.ask_for(staged, "phone", "p", NUMBER, by=asks)
    with pytest.raises(SecondPersonError, match="less than seven days ago"):
        agreed(staged, asked, agrees, NOON + WEEK - MINUTE)
    assert agreed(staged, asked, agrees, NOON + WEEK + MINUTE) is State.PUBLISHED


@pytest.mark.parametrize(
    ("whom", "by", "did"),
    [
        (SECOND, PROGRAM, "invited"),
        (SECOND, Actor(kind=ActorKind.STAFF, id="c3"), "invited"),
        (SECOND, COORDINATOR, "signed_out"),
        (PROVIDER, COORDINATOR, "invited"),
    ],
)
def test_everybody_else_is_a_second_person(
    staged: Engine, whom: Actor, by: Actor, did: str
) -> None:
    let_in(staged, whom, by, did)
    asked = changes.ask_for(staged, "phone", "p", NUMBER, by=COORDINATOR)
    assert agreed(staged, asked, SECOND, NOON + MINUTE) is State.PUBLISHED


def test_two_yeses_are_not_those_of_one_who_let_the_other_in(both: Engine) -> None:
    let_in(both, SECOND)
    asked = changes.ask_for(both, "phone", "p", NUMBER, by=VISITOR)
    with writing(both) as session:
        proposal = session.get_one(Proposal, asked.id)
        assert is_first_yes(session, proposal, by=COORDINATOR, now=NOON)
        with pytest.raises(SecondPersonError):
            is_first_yes(session, proposal, by=SECOND, now=NOON)
        assert not is_first_yes(session, proposal, by=SECOND, now=NOON + WEEK)


def test_two_yeses_to_a_claim_are_not_either(staged: Engine) -> None:
    let_in(staged, SECOND)
    cy = Claimant(name="Cy", email="cy@example.org", part="Director")
    with writing(staged) as session:
        claim(session, "s-organization", cy, site_url=SITE, now=NOON - WEEK)
        made = session.exec(select(Claim)).one()
        agree(session, made, by=COORDINATOR, checked="Called them.", now=NOON)
        with pytest.raises(SecondPersonError):
            agree(session, made, by=SECOND, checked="", now=NOON)
        assert made.state is ClaimState.WAITING


def alert_of(engine: Engine, whom: Person, by: Actor) -> Entry:
    """Let somebody in, and return the alert that tells of it."""
    with writing(engine) as session:
        note_gain(session, whom.id, whom.roles, by=by, now=NOON)
        [alert] = open_alerts(session)
    assert alert.told.facts == {"by": str(by), "gained": sorted(whom.roles)}
    return alert


def staff(who: Person) -> Actor:
    return Actor(kind=ActorKind.STAFF, id=who.id)


def test_another_coordinator_looks_at_who_was_let_in(engine: Engine) -> None:
    boss = person(engine, Role.ADMINISTRATOR, Role.COORDINATOR)
    new, other = (person(engine, Role.COORDINATOR) for _ in range(2))
    alert = alert_of(engine, new, staff(boss))
    with writing(engine) as session:
        for own in (boss, new):
            assert is_barred(session, alert, staff(own))
            with pytest.raises(OwnAlertError):
                put_away(session, alert, by=staff(own), why="It is me.", now=NOON)
        put_away(session, alert, by=staff(other), why="I know her.", now=NOON)
        assert open_alerts(session) == []


def test_who_is_alone_is_not_stuck(sqlite: Engine) -> None:
    boss = person(sqlite, Role.ADMINISTRATOR, Role.COORDINATOR)
    new = person(sqlite, Role.COORDINATOR)
    person(sqlite, Role.ADMINISTRATOR)
    gone = person(sqlite, Role.COORDINATOR)
    with writing(sqlite) as session:
        session.get_one(Person, gone.id).active = False
    alert = alert_of(sqlite, new, staff(boss))
    with writing(sqlite) as session:
        put_away(session, alert, by=staff(boss), why="My colleague.", now=NOON)
        assert open_alerts(session) == []


def test_the_very_first_is_told_to_nobody(sqlite: Engine) -> None:
    first = person(sqlite, Role.COORDINATOR)
    with writing(sqlite) as session:
        session.get_one(Person, first.id).active = False
        note_gain(session, first.id, first.roles, by=PROGRAM, now=NOON)
    with reading(sqlite) as session:
        assert open_alerts(session) == []
