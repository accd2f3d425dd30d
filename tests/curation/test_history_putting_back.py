"""A listing is put back as it was before a change, with all that came after it."""

import pytest
from sqlalchemy import Engine

from directory.curation.actor import Actor
from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.putting_back import (
    ChangedSinceError,
    Return,
    brings_back,
    put_back,
    return_to,
)
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.history.reverting import NotRevertibleError, revert
from directory.curation.proposals import Proposal
from directory.curation.proposals.review import approve
from directory.curation.records.patch import made, removed
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading, writing
from directory.hsds import Phone, Service, Visibility
from tests.builders import changes, rows
from tests.builders.changes import AUTHORIZATION, CONTACT, COORDINATOR, SECOND
from tests.builders.rows import NOON
from tests.builders.scenes import stage
from tests.curation.twins import FAR, NEAR, merged, take_back, write_services

ABOUT = service_subject("s")
OWNER = organization_subject("s-organization")
OLD, NEW, NEWER = "+19198287740", "+19198341234", "+19198341235"


def say(engine: Engine, *, by: Actor = CONTACT, **cells: str) -> None:
    """Change fields of the service that do no harm."""
    changes.ask_for(engine, "service", "s", cells, by=by)


def agree(engine: Engine, asked: Proposal) -> None:
    with writing(engine) as session:
        approve(session, session.get_one(Proposal, asked.id), by=SECOND, now=NOON)


def call(engine: Engine, number: str) -> None:
    """Let the service have another number, which two people agree to."""
    asked = changes.ask_for(engine, "phone", "p", {"number": number})
    agree(engine, asked)


def event(engine: Engine, nth: int) -> Entry:
    """Return what was published as the nth, counted from one."""
    with reading(engine) as session:
        told = entries(session, Asked(limit=200))[::-1]
    actions = {Action.PUBLISH, Action.APPROVE, Action.REVERT}
    return [entry for entry in told if entry.action in actions][nth - 1]


def way(engine: Engine, nth: int) -> Return:
    with reading(engine) as session:
        return return_to(session, event(engine, nth))


def go_back(engine: Engine, nth: int) -> Entry:
    """Put the listing back as it was before the nth change."""
    with writing(engine) as session:
        what = event(engine, nth)
        seen = return_to(session, what).digest
        put_back(session, what, seen=seen, by=COORDINATOR, why="Stolen.", now=NOON)
    with reading(engine) as session:
        assert first_broken(session) is None
        return entries(session, Asked(limit=1))[0]


def numbers(engine: Engine) -> list[str]:
    held = changes.dossier(engine, ABOUT).of("phone").values()
    return [cells["number"] for cells in held]


def test_twenty_six_edits_of_one_field_are_undone_at_once(engine: Engine) -> None:
    stage(engine, Visibility.PUBLIC)
    before = changes.dossier(engine, ABOUT)
    for n in range(26):
        say(engine, length_of_stay=f"At most {n} nights")
    done = go_back(engine, 1)
    assert changes.dossier(engine, ABOUT) == before
    assert done.action is Action.REVERT
    assert (done.actor, done.told.why) == (str(COORDINATOR), "Stolen.")
    assert done.told.facts["undone"] == 26
    (change,) = done.told.patch
    assert change.before == {"length_of_stay": "At most 25 nights"}


def test_only_what_came_after_goes(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    say(sqlite, length_of_stay="A week")
    say(sqlite, capacity_note="Two beds")
    say(sqlite, length_of_stay="A day", hours_note="Ring.")
    go_back(sqlite, 2)
    main = changes.dossier(sqlite, ABOUT).main
    assert main["length_of_stay"] == "A week"
    assert (main["capacity_note"], main["hours_note"]) == ("", "")


def test_records_that_were_made_changed_and_taken_away_since(engine: Engine) -> None:
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(
        engine,
        rows.phone(scene.service, id="p"),
        rows.schedule(scene.service, id="h"),
        rows.schedule(scene.service, id="k", byday="TU"),
    )
    before = changes.dossier(engine, ABOUT)
    changes.ask_for(engine, "schedule", "h", {"opens_at": "10:00"}, by=CONTACT)
    held = changes.dossier(engine, ABOUT)
    changes.ask(
        engine,
        (
            removed("schedule", "h", held.of("schedule")["h"]),
            made(
                "schedule",
                {
                    "service_id": "s",
                    "byday": "FR",
                    "opens_at": "10:00",
                    "closes_at": "12:00",
                },
            ),
        ),
        by=CONTACT,
    )
    call(engine, NEW)
    call(engine, NEWER)
    go_back(engine, 1)
    assert changes.dossier(engine, ABOUT) == before
    assert numbers(engine) == [OLD]


def test_nothing_is_written_but_what_was_looked_at(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    say(sqlite, length_of_stay="A week")
    seen = way(sqlite, 1).digest
    say(sqlite, capacity_note="Two beds")
    held = changes.dossier(sqlite, ABOUT)
    what = event(sqlite, 1)
    with writing(sqlite) as session, pytest.raises(ChangedSinceError):
        put_back(session, what, seen=seen, by=COORDINATOR, why="x", now=NOON)
    assert changes.dossier(sqlite, ABOUT) == held


def test_a_listing_that_is_as_it_was_has_no_way_back(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    say(sqlite, length_of_stay="A week")
    go_back(sqlite, 1)
    with pytest.raises(NotRevertibleError, match="as it was"):
        way(sqlite, 1)
    with reading(sqlite) as session:
        refused = entries(session, Asked(actions=(Action.PROPOSE,)))
    assert refused == []


def test_what_was_only_asked_for_changed_nothing(sqlite: Engine) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.phone(scene.service, id="p"))
    changes.ask_for(sqlite, "phone", "p", {"number": NEW})
    with reading(sqlite) as session:
        (asked,) = entries(session, Asked())
        with pytest.raises(NotRevertibleError, match="changed no listing"):
            return_to(session, asked)


def test_a_way_back_is_undone_as_any_change(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC)
    say(sqlite, length_of_stay="A week")
    say(sqlite, length_of_stay="A day")
    done = go_back(sqlite, 1)
    with writing(sqlite) as session:
        revert(session, done, by=SECOND, why="It was them.", now=NOON)
    assert changes.dossier(sqlite, ABOUT).main["length_of_stay"] == "A day"


def test_what_the_organization_changed_of_the_listing_goes_too(sqlite: Engine) -> None:
    """That a service has closed is said by the whole organization."""
    stage(sqlite, Visibility.PUBLIC)
    say(sqlite, length_of_stay="A week")
    held = changes.dossier(sqlite, ABOUT)
    patch = changes.patch_of(held, "service", "s", status="defunct")
    agree(sqlite, changes.ask(sqlite, patch, subject=OWNER))
    go_back(sqlite, 1)
    main = changes.dossier(sqlite, ABOUT).main
    assert (main["status"], main["length_of_stay"]) == ("active", "")


def test_what_somebody_did_to_another_listing_stays(sqlite: Engine) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.service(scene.organization, id="t", name="Counsel"))
    say(sqlite, length_of_stay="A week")
    about = service_subject("t")
    held = changes.dossier(sqlite, about)
    patch = changes.patch_of(held, "service", "t", length_of_stay="An hour")
    changes.ask(sqlite, patch, subject=about)
    go_back(sqlite, 1)
    assert changes.dossier(sqlite, about).main["length_of_stay"] == "An hour"


# --- places ---


def test_a_place_that_was_hidden_since_stays_hidden(engine: Engine) -> None:
    scene = stage(engine, Visibility.PUBLIC, Visibility.PUBLIC)
    rows.save(
        engine,
        rows.address(scene.places[0], id="a", address_1="4711 Canary Row"),
        rows.address(scene.places[1], id="b"),
    )
    with writing(engine) as session:
        note = "Behind 4711 Canary Row."
        session.get_one(Service, "s").hours_note = note
    say(engine, length_of_stay="A week", hours_note="Ring.")
    moved = changes.ask_for(engine, "address", "a", {"city": "Apex"})
    agree(engine, moved)
    held = changes.dossier(engine, ABOUT)
    changes.ask(engine, changes.hiding(held, "s-0", "county"), by=CONTACT)
    assert way(engine, 1).is_partial
    done = go_back(engine, 1)
    after = changes.dossier(engine, ABOUT)
    assert after.main["length_of_stay"] == ""
    # What it was told the street; nobody knows it any more.
    assert after.main["hours_note"] == "Ring."
    assert after.of("location")["s-0"]["visibility"] == "county"
    assert [*after.of("address")] == ["b"]
    assert "Canary" not in str(done.told)
    assert not {c.table for c in done.told.patch} & {"location", "address"}


def test_a_place_that_is_shown_since_stays_shown(engine: Engine) -> None:
    stage(engine, Visibility.COUNTY)
    say(engine, length_of_stay="A week")
    held = changes.dossier(engine, ABOUT)
    patch = changes.showing(held, "s-0", "12 Canary Row")
    asked = changes.ask(engine, patch, by=COORDINATOR, authorization=AUTHORIZATION)
    agree(engine, asked)
    go_back(engine, 1)
    after = changes.dossier(engine, ABOUT)
    assert after.main["length_of_stay"] == ""
    assert after.of("location")["s-0"]["visibility"] == "public"
    assert len(after.of("address")) == 1


def test_the_street_of_a_public_place_goes_back(engine: Engine) -> None:
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.address(scene.places[0], id="a"))
    agree(engine, changes.ask_for(engine, "address", "a", {"address_1": "1 Elm St"}))
    agree(engine, changes.ask_for(engine, "address", "a", {"address_1": "2 Elm St"}))
    go_back(engine, 1)
    after = changes.dossier(engine, ABOUT)
    assert after.of("address")["a"]["address_1"] == "100 Main St"


# --- what was taken back stays taken back ---


def hijacked(engine: Engine) -> None:
    """Let a number be stolen (1), a note change (2), and the number go back (3)."""
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.phone(scene.service, id="p"))
    call(engine, NEW)
    say(engine, length_of_stay="A week")
    with writing(engine) as session:
        stolen = event(engine, 1)
        revert(session, stolen, by=COORDINATOR, why="A thief.", now=NOON)


def test_a_number_that_was_taken_back_is_told_apart(sqlite: Engine) -> None:
    hijacked(sqlite)
    (again,) = brings_back(way(sqlite, 2))
    assert again.table == "phone"
    assert brings_back(way(sqlite, 1)) == ()


def test_a_thief_who_came_again_is_undone_from_the_start(sqlite: Engine) -> None:
    hijacked(sqlite)
    call(sqlite, NEWER)
    assert brings_back(way(sqlite, 1)) == ()
    go_back(sqlite, 1)
    assert numbers(sqlite) == [OLD]


def test_a_number_that_was_added_and_taken_away_does_not_come_again(
    sqlite: Engine,
) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.phone(scene.service, id="p"))
    cells = {**changes.dossier(sqlite, ABOUT).of("phone")["p"], "number": NEW}
    agree(sqlite, changes.ask(sqlite, (made("phone", cells),)))
    say(sqlite, length_of_stay="A week")
    with writing(sqlite) as session:
        revert(session, event(sqlite, 1), by=COORDINATOR, why="A thief.", now=NOON)
    assert [c.table for c in brings_back(way(sqlite, 2))] == ["phone"]
    go_back(sqlite, 1)
    assert numbers(sqlite) == [OLD]


@pytest.mark.parametrize("parted", [False, True], ids=["merged", "parted"])
def test_what_was_merged_since_is_undone_one_by_one(
    sqlite: Engine, *, parted: bool
) -> None:
    write_services(sqlite)
    held = changes.dossier(sqlite, NEAR)
    patch = changes.patch_of(held, "service", "near", length_of_stay="A week")
    changes.ask(sqlite, patch, subject=NEAR)
    merged(sqlite, NEAR, FAR)
    if parted:
        take_back(sqlite)
    with pytest.raises(NotRevertibleError, match="one by one"):
        way(sqlite, 1)


def test_a_record_that_is_gone_untold_is_not_made_up(sqlite: Engine) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.phone(scene.service, id="p"))
    say(sqlite, length_of_stay="A week")
    call(sqlite, NEW)
    with writing(sqlite) as session:
        session.delete(session.get_one(Phone, "p"))
    assert way(sqlite, 1).is_partial
    go_back(sqlite, 1)
    assert numbers(sqlite) == []
    with reading(sqlite) as session:
        assert session.get_one(Service, "s").length_of_stay is None
