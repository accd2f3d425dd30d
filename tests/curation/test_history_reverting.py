"""What was published is taken back, once, and never so that a place shows more."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.history.reverting import NotRevertibleError, revert
from directory.curation.proposals.review import approve, refuse
from directory.curation.records.patch import PatchConflictError, made, removed
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading, writing
from directory.hsds import Phone, Service, Visibility
from tests.builders import changes, rows
from tests.builders.changes import AUTHORIZATION, COORDINATOR, PROVIDER, SECOND
from tests.builders.rows import NOON
from tests.builders.scenes import stage

ABOUT = service_subject("s")


def last(engine: Engine, *actions: Action) -> Entry:
    with reading(engine) as session:
        return entries(session, Asked(actions=actions, limit=1))[0]


def take_back(engine: Engine, what: Entry) -> None:
    with writing(engine) as session:
        revert(session, what, by=COORDINATOR, why="It was wrong.", now=NOON)


def test_what_was_published_is_put_back_as_it_was(engine: Engine) -> None:
    stage(engine, Visibility.PUBLIC)
    before = changes.dossier(engine, ABOUT)
    cells = {"description": "Two beds.", "hours_note": "Ring."}
    changes.ask_for(engine, "service", "s", cells)
    assert changes.dossier(engine, ABOUT).version != before.version
    take_back(engine, last(engine, Action.PUBLISH))
    assert changes.dossier(engine, ABOUT) == before
    done = last(engine, Action.REVERT)
    assert done.told.facts == {"event": 1}
    assert done.told.why == "It was wrong."
    with reading(engine) as session:
        assert first_broken(session) is None


def test_records_that_were_made_go_and_those_that_went_come_back(
    sqlite: Engine,
) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.schedule(scene.service, id="h"))
    held = changes.dossier(sqlite, ABOUT)
    gone = removed("schedule", "h", held.of("schedule")["h"])
    new = made(
        "schedule",
        {"service_id": "s", "byday": "FR", "opens_at": "10:00", "closes_at": "12:00"},
    )
    changes.ask(sqlite, (gone, new))
    assert list(changes.dossier(sqlite, ABOUT).of("schedule")) == [new.id]
    take_back(sqlite, last(sqlite, Action.PUBLISH))
    assert changes.dossier(sqlite, ABOUT) == held


def test_an_approved_number_is_taken_back_and_the_way_back_as_well(
    engine: Engine,
) -> None:
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.phone(scene.service, id="p"))
    asked = changes.ask_for(engine, "phone", "p", {"number": "+19198341234"})
    with writing(engine) as session:
        approve(session, session.merge(asked), by=COORDINATOR, now=NOON)
    take_back(engine, last(engine, Action.APPROVE))
    assert number(engine) == "+19198287740"
    take_back(engine, last(engine, Action.REVERT))
    assert number(engine) == "+19198341234"


def number(engine: Engine) -> str:
    with reading(engine) as session:
        return session.exec(select(Phone.number)).one()


def test_nothing_is_taken_back_twice(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    changes.ask_for(sqlite, "service", "s", {"description": "Two beds."})
    what = last(sqlite, Action.PUBLISH)
    take_back(sqlite, what)
    with pytest.raises(NotRevertibleError, match="before"):
        take_back(sqlite, what)


def test_a_field_that_was_changed_again_stands_in_the_way(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    changes.ask_for(sqlite, "service", "s", {"description": "Two beds."})
    first = last(sqlite, Action.PUBLISH)
    changes.ask_for(sqlite, "service", "s", {"description": "Three beds."})
    with pytest.raises(PatchConflictError) as refused:
        take_back(sqlite, first)
    (clash,) = refused.value.clashes
    assert (clash.before, clash.now, clash.after) == (
        "Two beds.",
        "Three beds.",
        "A place to sleep.",
    )
    with reading(sqlite) as session:
        assert session.get_one(Service, "s").description == "Three beds."


def test_what_was_only_asked_for_changed_nothing(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    held = changes.dossier(sqlite, organization_subject("s-organization"))
    patch = changes.patch_of(held, "organization", "s-organization", name="Other")
    asked = changes.ask(sqlite, patch, subject=held.subject)
    with pytest.raises(NotRevertibleError, match="changed no listing"):
        take_back(sqlite, last(sqlite, Action.PROPOSE))
    with writing(sqlite) as session:
        refuse(session, session.merge(asked), by=SECOND, reason="No.", now=NOON)
    with pytest.raises(NotRevertibleError, match="changed no listing"):
        take_back(sqlite, last(sqlite, Action.REFUSE))


def test_hiding_cannot_be_taken_back(engine: Engine) -> None:
    """Neither with whereabouts that are known no longer, nor without any."""
    scene = stage(engine, Visibility.PUBLIC, Visibility.COUNTY)
    rows.save(engine, rows.address(scene.places[0], id="a"))
    for place, visibility in (("s-0", "county"), ("s-1", "network")):
        held = changes.dossier(engine, ABOUT)
        changes.ask(engine, changes.hiding(held, place, visibility), by=PROVIDER)
        with pytest.raises(NotRevertibleError):
            take_back(engine, last(engine, Action.PUBLISH))
    shown = {
        identifier: cells["visibility"]
        for identifier, cells in changes.dossier(engine, ABOUT).of("location").items()
    }
    assert shown == {"s-0": "county", "s-1": "network"}


def test_to_hide_again_what_was_shown_takes_its_own_page(sqlite: Engine) -> None:
    """A revert would leave the street in the history; hiding takes it out."""
    stage(sqlite, Visibility.COUNTY)
    held = changes.dossier(sqlite, ABOUT)
    patch = changes.showing(held, "s-0", "12 Canary Row")
    asked = changes.ask(sqlite, patch, by=COORDINATOR, authorization=AUTHORIZATION)
    with writing(sqlite) as session:
        approve(session, session.merge(asked), by=SECOND, now=NOON)
    with pytest.raises(NotRevertibleError, match="page of its place"):
        take_back(sqlite, last(sqlite, Action.APPROVE))
