"""Many claims to one organization: false ones do not keep out the true one unsaid."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.actor import Actor, ActorKind
from directory.curation.claims import (
    MOST_A_DAY,
    MOST_OPEN,
    MOST_TO_ONE,
    Claim,
    Claimant,
    ClaimNotKeptError,
    ClaimNotReadyError,
    ClaimState,
    claim,
    forget_networks,
    in_waiting,
    refuse,
    refuse_all,
)
from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, entries
from directory.curation.proposals.review import AnsweredError
from directory.database import reading, writing
from directory.mail import Letter
from tests.builders import rows
from tests.builders.rows import NOON

STAFF = Actor(kind=ActorKind.STAFF, id="first")
SITE = "https://aftercare.example"
DAY = dt.timedelta(days=1)


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """Return a database with some organizations that have a mail address."""
    names = ("o", *(f"o{n}" for n in range(MOST_A_DAY)))
    found = (rows.organization(id=n, email=f"info@{n}.example.org") for n in names)
    rows.save(engine, *found)
    return engine


def ask(
    engine: Engine,
    who: str,
    *,
    of: str = "o",
    network: str = "",
    now: dt.datetime = NOON,
) -> str:
    """Claim an organization, by default from a network of its own."""
    claimant = Claimant(
        name=who.title(),
        email=f"{who}@example.org",
        part="Director",
        network=network or f"network of {who}",
    )
    with writing(engine) as session:
        made = claim(session, of, claimant, site_url=SITE, now=now)
        return "" if made is None else made.id


def kept(engine: Engine, of: str = "o") -> list[str]:
    """Return the addresses of those whose claims wait, the oldest first."""
    with reading(engine) as session:
        return [c.email for c in in_waiting(session) if c.organization_id == of]


def test_of_one_network_two_wait_and_who_is_elsewhere_gets_in(listed: Engine) -> None:
    for n in range(MOST_TO_ONE):
        ask(listed, f"thief{n}", network="n")
    with pytest.raises(ClaimNotKeptError):
        ask(listed, "thief9", network="n")
    assert len(kept(listed)) == MOST_TO_ONE
    ask(listed, "anna")
    assert "anna@example.org" in kept(listed)


def test_of_one_network_few_are_kept_a_day(listed: Engine) -> None:
    for n in range(MOST_A_DAY):
        ask(listed, "thief", of=f"o{n}", network="n")
    with pytest.raises(ClaimNotKeptError):
        ask(listed, "thief", network="n")
    # What was kept is still there for who asks again.
    assert ask(listed, "thief", of="o0", network="n")
    assert ask(listed, "thief", network="n", now=NOON + DAY)


def test_what_is_not_kept_is_said_and_what_waits_stays(listed: Engine) -> None:
    for n in range(MOST_OPEN):
        ask(listed, f"a{n}")
    before = kept(listed)
    with pytest.raises(ClaimNotKeptError) as refused:
        ask(listed, "anna")
    assert "did not keep" in str(refused.value)
    assert kept(listed) == before
    assert len(before) == MOST_OPEN


def test_a_network_is_known_for_one_day(listed: Engine) -> None:
    ask(listed, "anna", network="secret mark")
    ask(listed, "bea", now=NOON + DAY, network="another mark")
    with reading(listed) as session:
        assert {c.network for c in session.exec(select(Claim))} == {
            None,
            "another mark",
        }
    with writing(listed) as session:
        forget_networks(session, NOON + 2 * DAY)
        assert {c.network for c in session.exec(select(Claim))} == {None}


def test_who_is_answered_is_forgotten_whole(listed: Engine) -> None:
    anna = ask(listed, "anna")
    with writing(listed) as session:
        made = session.get_one(Claim, anna)
        refuse(session, made, by=STAFF, reason="Unknown there.", now=NOON)
        assert (made.network, made.email) == (None, "")


@pytest.mark.parametrize("reason", ["", " "])
def test_a_no_says_why(listed: Engine, reason: str) -> None:
    anna = ask(listed, "anna")
    with writing(listed) as session:
        made = session.get_one(Claim, anna)
        with pytest.raises(ClaimNotReadyError):
            refuse(session, made, by=STAFF, reason=reason, now=NOON)
        with pytest.raises(ClaimNotReadyError):
            refuse_all(session, "o", by=STAFF, reason=reason, now=NOON)
        assert made.state is ClaimState.WAITING


def test_all_that_wait_of_one_organization_are_refused_at_once(
    listed: Engine,
) -> None:
    for n in range(5):
        ask(listed, f"thief{n}")
    other = ask(listed, "bea", of="o1")
    with writing(listed) as session:
        assert refuse_all(session, "o", by=STAFF, reason="Flood.", now=NOON) == 5
        assert refuse_all(session, "o", by=STAFF, reason="Again.", now=NOON) == 0
    assert kept(listed) == []
    assert kept(listed, "o1") == ["bea@example.org"]
    with reading(listed) as session:
        told = entries(session, Asked(actions=(Action.REFUSE,)))
        assert [e.told.why for e in told] == ["Flood."] * 5
        assert session.get_one(Claim, other).state is ClaimState.WAITING
        assert first_broken(session) is None


def test_an_answered_one_is_said_to_be_answered_first(listed: Engine) -> None:
    anna = ask(listed, "anna")
    with writing(listed) as session:
        made = session.get_one(Claim, anna)
        refuse(session, made, by=STAFF, reason="No.", now=NOON)
        with pytest.raises(AnsweredError):
            refuse(session, made, by=STAFF, reason="", now=NOON)


def test_the_contact_is_asked_about_three_and_each_says_so(listed: Engine) -> None:
    for n in range(4):
        ask(listed, f"a{n}")
    with reading(listed) as session:
        asked = {c.email: c.asked for c in in_waiting(session)}
        assert asked == {f"a{n}@example.org": n < 3 for n in range(4)}
        assert len(session.exec(select(Letter)).all()) == 3
