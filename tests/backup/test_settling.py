"""What ended after a backup was made does not come alive when it is put back."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directory.accounts import (
    HeldRole,
    Invitation,
    Membership,
    Person,
    Role,
    SignIn,
)
from directory.accounts.keeping import disable
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.curation.links import Link, Purpose
from directory.database import last_change, reading, writing
from directory.hsds import (
    Address,
    Location,
    Organization,
    ServiceAtLocation,
    Visibility,
)
from directory.mail import Letter, waiting
from directory.projection import take_snapshot
from tests.builders import changes, people, rows
from tests.builders.backups import (
    FAR,
    SECRET_TEXT,
    STREET,
    Site,
    count,
    everything,
    fill,
    fresh_site,
    house,
    inside,
    is_whole,
    site,
)
from tests.builders.rows import NOON
from tests.curation.test_proposals_hiding import agree, hide


@pytest.fixture
def here(engine: Engine, tmp_path: Path) -> Site:
    """Return an installation without anything in it, once of each kind."""
    return site(engine, tmp_path / "here")


@pytest.fixture
def on_sqlite(sqlite: Engine, tmp_path: Path) -> Site:
    """Return an installation without anything in it."""
    return site(sqlite, tmp_path / "here")


def told(engine: Engine) -> str:
    """Return all that is held, in one text."""
    return json.dumps(everything(engine), default=str)


def place(engine: Engine) -> tuple[str, str | None]:
    """Return what the public may see of the place of the service `s`."""
    (found,) = take_snapshot(engine).listings["s"].places
    return found.visibility, found.street


def test_what_was_hidden_since_stays_hidden(here: Site, tmp_path: Path) -> None:
    house(here.engine)
    asked = changes.ask_for(
        here.engine, "service", "s", {"description": f"Come to {STREET}."}, why="Street"
    )
    agree(here.engine, asked)
    here.done("backup", tmp_path / "b")
    assert STREET.encode() in inside(tmp_path / "b")
    changes.ask_for(here.engine, "service", "s", {"description": "Call first."})
    hide(here.engine)
    said = here.done("restore", tmp_path / "b", "--replace")
    assert "1 places were hidden since, and stay hidden." in said
    assert "ATTENTION" not in said
    assert place(here.engine) == ("county", None)
    listing = take_snapshot(here.engine).listings["s"]
    assert listing.description == "Call first."
    assert "Canary" not in told(here.engine)
    assert is_whole(here.engine)


def test_what_was_hidden_since_is_brought_back_if_that_is_wished(
    on_sqlite: Site, tmp_path: Path
) -> None:
    house(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    hide(on_sqlite.engine)
    said = on_sqlite.done("restore", tmp_path / "b", "--replace", "--bring-back-hidden")
    assert "ATTENTION: what was hidden after" in said
    assert place(on_sqlite.engine) == ("public", STREET)


def test_a_place_that_was_hidden_and_then_removed_stays_hidden(
    on_sqlite: Site, tmp_path: Path
) -> None:
    house(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    hide(on_sqlite.engine, "region")
    with writing(on_sqlite.engine) as session:
        for link in session.exec(select(ServiceAtLocation)).all():
            session.delete(link)
        session.flush()
        session.delete(session.get_one(Location, "s-0"))
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert place(on_sqlite.engine) == ("region", None)
    assert "Canary" not in told(on_sqlite.engine)


def test_a_place_that_goes_on_hidden_under_another_id_stays_hidden(
    on_sqlite: Site, tmp_path: Path
) -> None:
    house(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with writing(on_sqlite.engine) as session:
        owner = session.get_one(Organization, "s-organization")
        new = rows.location(owner, Visibility.STATEWIDE, id="other")
        session.add(new)
        session.flush()
        session.get_one(ServiceAtLocation, "at-s-0").location_id = "other"
        session.delete(session.get_one(Address, "a"))
        session.flush()
        session.delete(session.get_one(Location, "s-0"))
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert place(on_sqlite.engine) == ("statewide", None)
    assert "Canary" not in told(on_sqlite.engine)


def test_a_place_that_is_shown_as_before_or_wider_is_left_alone(
    on_sqlite: Site, tmp_path: Path
) -> None:
    house(on_sqlite.engine)
    hide(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with writing(on_sqlite.engine) as session:
        session.get_one(Location, "s-0").visibility = Visibility.PUBLIC
    said = on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert "hidden" not in said
    assert place(on_sqlite.engine) == ("county", None)


def test_an_account_stays_as_it_is_now(on_sqlite: Site, tmp_path: Path) -> None:
    who = fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with writing(on_sqlite.engine) as session:
        known = session.get_one(Person, who.id)
        disable(session, known)
        known.password, known.recovery_codes = "another", ()
        known.held = [h for h in known.held if h.role is not Role.COORDINATOR]
        known.memberships = []
    people.person(on_sqlite.engine, Role.ADVOCATE)
    said = on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert "1 accounts are newer than the backup: invite again." in said
    with reading(on_sqlite.engine) as session:
        now = session.get_one(Person, who.id)
        assert (now.active, now.password, now.recovery_codes) == (False, "another", ())
        assert now.roles == {Role.PROVIDER}
        assert count(on_sqlite.engine, Membership) == 0
        assert count(on_sqlite.engine, HeldRole) == 2
        assert now.fs_uniquifier != who.fs_uniquifier


def test_nobody_is_signed_in_afterwards(on_sqlite: Site, tmp_path: Path) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    assert count(on_sqlite.engine, SignIn) == 1
    said = on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert "2 people are signed out everywhere." in said
    assert count(on_sqlite.engine, SignIn) == 0


def test_a_code_on_paper_that_may_have_been_used_is_void(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with fresh_site(tmp_path) as fresh:
        assert "Recovery codes are void" in fresh.done("restore", tmp_path / "b")
        with reading(fresh.engine) as session:
            assert {p.recovery_codes for p in session.exec(select(Person))} == {()}


def letter(engine: Engine, about: str) -> Letter:
    with reading(engine) as session:
        found = session.exec(select(Letter).where(Letter.about == about)).one()
        session.expunge(found)
    return found


def send_what_waits(engine: Engine) -> None:
    with writing(engine) as session:
        still = select(Letter).where(col(Letter.next_try_at).is_not(None))
        for found in session.exec(still).all():
            found.sent_at, found.next_try_at, found.text = NOON, None, ""


def test_a_letter_that_was_sent_since_is_not_sent_again(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    send_what_waits(on_sqlite.engine)
    said = on_sqlite.done("restore", tmp_path / "b", "--replace")
    assert "not sent" not in said
    with reading(on_sqlite.engine) as session:
        assert waiting(session) == 0
    assert letter(on_sqlite.engine, "waits").sent_at == NOON


def test_a_letter_that_still_waits_goes_on_to_wait(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    found = letter(on_sqlite.engine, "waits")
    assert (found.text, found.next_try_at) == (SECRET_TEXT, NOON)


def test_where_nothing_is_known_no_letter_is_sent_and_no_link_opens(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with fresh_site(tmp_path) as fresh:
        said = fresh.done("restore", tmp_path / "b")
        assert "2 letters waited, and are not sent." in said
        assert " links in letters are closed." in said
        with reading(fresh.engine) as session:
            assert waiting(session) == 0
            links = session.exec(select(Link)).all()
            # It can only stop a change, which waits again.
            assert [x.purpose for x in links if x.expires_at > FAR] == [Purpose.OBJECT]
            assert not session.exec(select(Invitation)).one().is_open(FAR)


def test_a_link_that_nobody_has_answered_stays_open(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    with reading(on_sqlite.engine) as session:
        links = session.exec(select(Link).where(Link.expires_at > FAR)).all()
        assert {x.purpose for x in links} == {Purpose.OBJECT, Purpose.CONFIRM}
        assert session.exec(select(Invitation)).one().is_open(NOON)


def test_a_link_that_was_answered_since_does_not_open_again(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    with writing(on_sqlite.engine) as session:
        for link in session.exec(select(Link)).all():
            link.closed_at = NOON
        session.exec(select(Invitation)).one().used_at = NOON
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    with reading(on_sqlite.engine) as session:
        still = select(Link).where(col(Link.closed_at).is_(None))
        assert [x.purpose for x in session.exec(still)] == [Purpose.OBJECT]
        assert session.exec(select(Invitation)).one().used_at == NOON


def test_the_history_says_what_was_put_back_and_what_that_replaced(
    on_sqlite: Site, tmp_path: Path
) -> None:
    fill(on_sqlite.engine)
    on_sqlite.done("backup", tmp_path / "b")
    changes.ask_for(on_sqlite.engine, "service", "s", {"description": "A bed."})
    head = on_sqlite.done("history", "head").strip()
    with reading(on_sqlite.engine) as session:
        before = last_change(session)
    on_sqlite.done("restore", tmp_path / "b", "--replace")
    with reading(on_sqlite.engine) as session:
        (found,) = entries(session, Asked(actions=(Action.RESTORE,)))
        # Who follows the changes notices in any case.
        assert last_change(session) > before
    assert found.told.facts["replaced"] == head
    assert found.actor == "program:aftercare"
