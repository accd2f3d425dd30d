"""Proposals: what is published at once, what waits, for whom, and how it ends."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from directory.curation.actor import Actor, ActorKind
from directory.curation.desk.queue import queue
from directory.curation.history import Action, Event
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, entries
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.proposing import NoListingError, VersionConflictError
from directory.curation.proposals.review import (
    LATE,
    AnsweredError,
    SecondPersonError,
    approve,
    in_the_way,
    is_late,
    object_to,
    refuse,
    withdraw,
)
from directory.curation.records.patch import (
    Patch,
    PatchConflictError,
    RecordChange,
    made,
    removed,
)
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading, writing
from directory.errors import InvalidRequestError
from directory.hsds import (
    Language,
    LanguageBy,
    Organization,
    Phone,
    Schedule,
    Service,
    Visibility,
)
from tests.builders import changes, rows
from tests.builders.changes import CONTACT, COORDINATOR, PROVIDER, SECOND, VISITOR
from tests.builders.rows import NOON
from tests.builders.scenes import stage

ABOUT = service_subject("s")
NUMBER = {"number": "+19198341234"}


def set_up(engine: Engine) -> Engine:
    scene = stage(engine, Visibility.PUBLIC, url="https://example.org/house")
    rows.save(
        engine,
        rows.phone(scene.service, id="p"),
        rows.rule(scene.service, id="r"),
        rows.schedule(scene.service, id="h"),
    )
    return engine


@pytest.fixture
def staged(sqlite: Engine) -> Engine:
    """Return a service with a number, a rule and hours."""
    return set_up(sqlite)


@pytest.fixture
def both(engine: Engine) -> Engine:
    """Return the same, once in each kind of database."""
    return set_up(engine)


def kept(engine: Engine, asked: Proposal) -> Proposal:
    with reading(engine) as session:
        return session.get_one(Proposal, asked.id)


def number(engine: Engine) -> str:
    with reading(engine) as session:
        return session.get_one(Phone, "p").number


def actions(engine: Engine) -> list[Action]:
    with reading(engine) as session:
        assert first_broken(session) is None
        return [entry.action for entry in reversed(entries(session, Asked()))]


@pytest.mark.parametrize("who", [PROVIDER, CONTACT, COORDINATOR], ids=str)
def test_a_small_change_of_somebody_known_is_public_at_once(
    staged: Engine, who: Actor
) -> None:
    asked = changes.ask_for(staged, "service", "s", {"hours_note": "Ring."}, by=who)
    assert (asked.risk, asked.state) == (Risk.LOW, State.PUBLISHED)
    assert asked.decided_by == str(who)
    with reading(staged) as session:
        assert session.get_one(Service, "s").hours_note == "Ring."
    assert actions(staged) == [Action.PUBLISH]


def test_a_small_change_of_a_visitor_waits(staged: Engine) -> None:
    asked = changes.ask_for(staged, "service", "s", {"hours_note": "Ring."}, by=VISITOR)
    assert (asked.risk, asked.state) == (Risk.LOW, State.WAITING)
    with reading(staged) as session:
        assert session.get_one(Service, "s").hours_note is None
    assert actions(staged) == [Action.PROPOSE]


RISKS: tuple[tuple[str, str, dict[str, str], Risk], ...] = (
    ("service", "s", {"description": "A bed."}, Risk.LOW),
    ("service", "s", {"hours_note": "Closed on Monday."}, Risk.LOW),
    ("service", "s", {"alert": "Closed on Monday."}, Risk.REVIEW),
    ("service", "s", {"area_note": "Closed for good."}, Risk.HIGH),
    ("schedule", "h", {"opens_at": "08:00"}, Risk.LOW),
    ("schedule", "h", {"closes_at": "16:00"}, Risk.LOW),
    ("phone", "p", {"description": "Ask for Ann."}, Risk.REVIEW),
    ("service", "s", {"name": "House"}, Risk.REVIEW),
    ("service", "s", {"coverage": "statewide"}, Risk.REVIEW),
    ("eligibility_rule", "r", {"values": "man"}, Risk.REVIEW),
    ("service", "s", {"url": "https://example.org/new"}, Risk.HIGH),
    ("service", "s", {"email": "new@example.org"}, Risk.HIGH),
    ("service", "s", {"status": "defunct"}, Risk.HIGH),
    ("phone", "p", {"number": "+19198341234"}, Risk.HIGH),
    ("phone", "p", {"extension": "5"}, Risk.HIGH),
    ("phone", "p", {"answered_by": "police"}, Risk.HIGH),
    ("location", "s-0", {"county_fips": "37063"}, Risk.HIGH),
    # A number in a text is dialled as well.
    ("service", "s", {"alert": "Call 919-834-1234."}, Risk.HIGH),
    ("service", "s", {"description": "Call 919-834-1234."}, Risk.HIGH),
    ("phone", "p", {"description": "New number: 919-834-1234"}, Risk.HIGH),
    # The gravest change decides.
    ("service", "s", {"description": "A bed.", "status": "inactive"}, Risk.HIGH),
)


@pytest.mark.parametrize(("table", "identifier", "cells", "risk"), RISKS)
def test_the_risk_of_a_change_decides_who_must_agree(
    staged: Engine, table: str, identifier: str, cells: dict[str, str], risk: Risk
) -> None:
    asked = changes.ask_for(staged, table, identifier, cells)
    assert asked.risk is risk
    assert (asked.state is State.PUBLISHED) is (risk is Risk.LOW)


def test_a_number_that_comes_or_goes_is_as_grave_as_one_that_changes(
    staged: Engine,
) -> None:
    held = changes.dossier(staged, ABOUT)
    gone = removed("phone", "p", held.of("phone")["p"])
    assert changes.ask(staged, (gone,)).risk is Risk.HIGH
    new = made("phone", {**held.of("phone")["p"], "number": "+19198341234"})
    assert changes.ask(staged, (new,)).risk is Risk.HIGH


def test_a_number_is_public_when_a_second_person_agrees(both: Engine) -> None:
    asked = changes.ask_for(both, "phone", "p", NUMBER)
    assert number(both) == "+19198287740"
    with writing(both) as session:
        approve(session, session.get_one(Proposal, asked.id), by=SECOND, now=NOON)
    assert number(both) == "+19198341234"
    assert kept(both, asked).state is State.PUBLISHED
    assert kept(both, asked).decided_by == "staff:c2"
    assert actions(both) == [Action.PROPOSE, Action.APPROVE]


ALONE = [
    (COORDINATOR, COORDINATOR),
    # The same person, who has two parts.
    (Actor(kind=ActorKind.PROVIDER, id="c1"), COORDINATOR),
    # Only staff decide.
    (COORDINATOR, PROVIDER),
    (PROVIDER, CONTACT),
    (PROVIDER, VISITOR),
]


@pytest.mark.parametrize(("asks", "agrees"), ALONE)
def test_nobody_agrees_to_what_they_asked_for_themselves(
    staged: Engine, asks: Actor, agrees: Actor
) -> None:
    asked = changes.ask_for(staged, "phone", "p", NUMBER, by=asks)
    with pytest.raises(SecondPersonError), writing(staged) as session:
        approve(session, session.get_one(Proposal, asked.id), by=agrees, now=NOON)
    assert number(staged) == "+19198287740"
    assert kept(staged, asked).state is State.WAITING


def test_what_is_refused_withdrawn_or_objected_to_changes_nothing(
    both: Engine,
) -> None:
    one, two, three = (
        changes.ask_for(both, "phone", "p", NUMBER, by=who)
        for who in (COORDINATOR, PROVIDER, VISITOR)
    )
    with writing(both) as session:
        of = session.get_one
        refuse(session, of(Proposal, one.id), by=SECOND, reason="A fax.", now=NOON)
        withdraw(session, of(Proposal, two.id), by=PROVIDER, now=NOON)
        object_to(session, of(Proposal, three.id), by=CONTACT, now=NOON)
    assert number(both) == "+19198287740"
    states = [kept(both, x).state for x in (one, two, three)]
    assert states == [State.REFUSED, State.WITHDRAWN, State.REFUSED]
    assert kept(both, one).reason == "A fax."
    assert actions(both)[3:] == [Action.REFUSE, Action.WITHDRAW, Action.OBJECT]
    with reading(both) as session:
        assert not queue(session).proposals


def test_what_was_answered_stays_answered(staged: Engine) -> None:
    asked = changes.ask_for(staged, "phone", "p", NUMBER)
    with writing(staged) as session:
        proposal = session.get_one(Proposal, asked.id)
        refuse(session, proposal, by=SECOND, reason="No.", now=NOON)
        again: tuple[Callable[[], None], ...] = (
            lambda: approve(session, proposal, by=SECOND, now=NOON),
            lambda: refuse(session, proposal, by=SECOND, reason="", now=NOON),
            lambda: withdraw(session, proposal, by=PROVIDER, now=NOON),
            lambda: object_to(session, proposal, by=CONTACT, now=NOON),
        )
        for answer in again:
            with pytest.raises(AnsweredError) as said:
                answer()
            assert said.value.state is State.REFUSED
    assert number(staged) == "+19198287740"


def test_an_old_form_overwrites_nothing(both: Engine) -> None:
    opened = changes.dossier(both, ABOUT)
    changes.ask_for(both, "service", "s", {"hours_note": "First."})
    late = changes.patch_of(opened, "service", "s", hours_note="Second.")
    with pytest.raises(VersionConflictError) as refused:
        changes.ask(both, late, version=opened.version)
    assert refused.value.version == changes.dossier(both, ABOUT).version
    with reading(both) as session:
        assert session.get_one(Service, "s").hours_note == "First."
    assert actions(both) == [Action.PUBLISH]


def test_a_form_that_is_sent_twice_has_one_effect(both: Engine) -> None:
    held = changes.dossier(both, ABOUT)
    patch = changes.patch_of(held, "service", "s", hours_note="Once.")
    one, two = (
        changes.ask(both, patch, version=held.version, once="key") for _ in range(2)
    )
    assert one.id == two.id
    # The key of a form is that of its sender: nobody takes up another's.
    other = changes.ask_for(
        both, "service", "s", {"hours_note": "No."}, by=SECOND, once="key"
    )
    assert other.id != one.id
    assert actions(both) == [Action.PUBLISH, Action.PUBLISH]


def test_there_must_be_a_listing(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    with pytest.raises(AssertionError):
        changes.ask(sqlite, (), subject=service_subject("nobody"))
    gone = service_subject("nobody")
    with pytest.raises(NoListingError):
        changes.ask(sqlite, (), subject=gone, version="v")


REFUSED: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("service", "s", {"url": "javascript:alert(1)"}, "service.url"),
    ("phone", "p", {"number": "+1919"}, "phone.number"),
    ("service", "s", {"status": "perhaps"}, "service.status"),
    ("service", "s", {"name": ""}, "service.name"),
)


@pytest.mark.parametrize(("table", "identifier", "cells", "field"), REFUSED)
def test_what_a_check_would_refuse_is_not_even_kept(
    staged: Engine, table: str, identifier: str, cells: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        changes.ask_for(staged, table, identifier, cells)
    assert field in {error.field for error in refused.value.errors}
    assert actions(staged) == []
    with reading(staged) as session:
        assert session.exec(select(func.count()).select_from(Proposal)).one() == 0


def test_what_the_tables_refuse_is_a_sentence_and_no_failure(engine: Engine) -> None:
    """A number cannot go while languages of its line are on record."""
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.phone(scene.service, id="p"))
    rows.save(engine, Language(phone_id="p", code="es", by=LanguageBy.STAFF))
    held = changes.dossier(engine, ABOUT)
    with pytest.raises(InvalidRequestError, match="something else needs it"):
        changes.ask(engine, (removed("phone", "p", held.of("phone")["p"]),))
    assert number(engine) == "+19198287740"


def test_who_agrees_sees_what_has_changed_meanwhile(both: Engine) -> None:
    asked = changes.ask_for(both, "phone", "p", NUMBER)
    with writing(both) as session:
        session.get_one(Phone, "p").number = "+19198315555"
    with reading(both) as session:
        (clash,) = in_the_way(session, kept(both, asked))
    found = (clash.field, clash.before, clash.now, clash.after)
    assert found == ("number", "+19198287740", "+19198315555", "+19198341234")
    with pytest.raises(PatchConflictError), writing(both) as session:
        approve(session, session.get_one(Proposal, asked.id), by=SECOND, now=NOON)
    assert number(both) == "+19198315555"
    assert kept(both, asked).state is State.WAITING


def test_a_change_of_other_fields_does_not_stand_in_the_way(staged: Engine) -> None:
    asked = changes.ask_for(staged, "phone", "p", NUMBER)
    note = changes.ask_for(staged, "phone", "p", {"description": "Ask for Ann."})
    for waits in (note, asked):
        with writing(staged) as session:
            approve(session, session.get_one(Proposal, waits.id), by=SECOND, now=NOON)
    with reading(staged) as session:
        found = session.get_one(Phone, "p")
    assert (found.number, found.description) == ("+19198341234", "Ask for Ann.")


def test_a_listing_that_is_gone_stands_in_the_way(engine: Engine) -> None:
    stage(engine, Visibility.PUBLIC)
    alone = rows.organization(id="alone")
    rows.save(engine, alone)
    about = organization_subject("alone")
    held = changes.dossier(engine, about)
    patch = changes.patch_of(held, "organization", "alone", name="Other")
    asked = changes.ask(engine, patch, subject=about)
    with writing(engine) as session:
        session.delete(session.get_one(Organization, "alone"))
    with pytest.raises(PatchConflictError), writing(engine) as session:
        approve(session, session.get_one(Proposal, asked.id), by=SECOND, now=NOON)


def test_what_waits_is_answered_oldest_first_and_never_forgotten(
    both: Engine,
) -> None:
    asked = [
        changes.ask_for(
            both, "phone", "p", NUMBER, by=who, now=NOON - dt.timedelta(days=days)
        )
        for days, who in ((1, PROVIDER), (400, CONTACT), (6, COORDINATOR))
    ]
    with reading(both) as session:
        found = queue(session).proposals
    assert [p.id for p in found] == [asked[1].id, asked[2].id, asked[0].id]
    assert [is_late(p, NOON) for p in found] == [True, True, False]
    assert not is_late(found[2], found[2].made_at + LATE)


def test_a_patch_is_in_the_history_and_in_nothing_else(staged: Engine) -> None:
    changes.ask_for(staged, "schedule", "h", {"opens_at": "08:00"})
    with reading(staged) as session:
        (entry,) = entries(session, Asked())
        assert session.get_one(Schedule, "h").opens_at == "08:00"
        assert session.exec(select(func.count()).select_from(Event)).one() == 1
    expected: Patch = (
        RecordChange(
            table="schedule",
            id="h",
            before={"opens_at": "09:00"},
            after={"opens_at": "08:00"},
        ),
    )
    assert entry.told.patch == expected
    assert entry.organization_id == "s-organization"


def test_who_asks_anew_for_the_same_leaves_one_request(both: Engine) -> None:
    older, other = (
        changes.ask_for(both, "phone", "p", {"number": "+19198341234"}, by=who)
        for who in (PROVIDER, SECOND)
    )
    newer = changes.ask_for(both, "phone", "p", {"number": "+19198341235"})
    assert (kept(both, older).state, kept(both, older).reason) == (
        State.WITHDRAWN,
        "A newer request took its place.",
    )
    with reading(both) as session:
        # Another's request is their own.
        assert {p.id for p in queue(session).proposals} == {other.id, newer.id}
        [told] = entries(session, Asked(actions=(Action.WITHDRAW,)))
    assert told.actor == str(PROVIDER)
    assert told.told.facts == {
        "proposal": older.id,
        "by": str(PROVIDER),
        "newer": newer.id,
    }
    assert actions(both)[-2:] == [Action.WITHDRAW, Action.PROPOSE]


def test_a_new_number_that_is_asked_for_again_is_one_request(staged: Engine) -> None:
    held = changes.dossier(staged, ABOUT)
    cells = {**held.of("phone")["p"], "number": "+19198341234"}
    one, again = (changes.ask(staged, (made("phone", cells),)) for _ in range(2))
    more = changes.ask(staged, (made("phone", {**cells, "number": "+19198315555"}),))
    states = [kept(staged, x).state for x in (one, again, more)]
    assert states == [State.WITHDRAWN, State.WAITING, State.WAITING]


def test_what_else_was_asked_for_still_waits(staged: Engine) -> None:
    held = changes.dossier(staged, ABOUT)
    two = (
        *changes.patch_of(held, "phone", "p", number="+19198341234"),
        *changes.patch_of(held, "service", "s", url="https://example.org/new"),
    )
    older = changes.ask(staged, two)
    changes.ask_for(staged, "phone", "p", {"number": "+19198341235"})
    # Its web address is in no newer request.
    assert kept(staged, older).state is State.WAITING


def test_a_plain_note_takes_the_place_of_one_that_waits(staged: Engine) -> None:
    older = changes.ask_for(staged, "service", "s", {"hours_note": "Call 919-834-1234"})
    assert older.state is State.WAITING
    changes.ask_for(staged, "service", "s", {"hours_note": "Ring."})
    assert kept(staged, older).state is State.WITHDRAWN
