"""Places that are hidden and shown: at once, with two people, and without a trace."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.curation.actor import Actor
from directory.curation.history import Event, EventDetail
from directory.curation.history.chain import first_broken
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.proposing import AuthorizationMissingError
from directory.curation.proposals.review import (
    HiddenSinceError,
    approve,
    refuse,
    withdraw,
)
from directory.curation.records.patch import loads, made
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.errors import InvalidRequestError
from directory.hsds import Address, Location, Service, Visibility
from directory.projection import Audience, Place, take_snapshot
from tests.builders import changes, rows
from tests.builders.changes import (
    AUTHORIZATION,
    CONTACT,
    COORDINATOR,
    PROVIDER,
    SECOND,
    the_lint,
)
from tests.builders.rows import NOON
from tests.builders.scenes import scene, stage

ABOUT = service_subject("s")
STREET = "4711 Canary Street"
NUMBER = {"number": "+19198341234"}


def house(engine: Engine) -> None:
    """Stage a service with a public place on Canary Row, and one number."""
    staged = stage(engine, Visibility.PUBLIC)
    rows.save(
        engine,
        rows.address(staged.places[0], id="a", address_1=STREET),
        rows.phone(staged.service, id="p"),
    )


def hide(engine: Engine, visibility: str = "county", by: Actor = PROVIDER) -> Proposal:
    held = changes.dossier(engine, ABOUT)
    return changes.ask(engine, changes.hiding(held, "s-0", visibility), by=by)


def show(engine: Engine, street: str = "12 New Street", why: str = "") -> Proposal:
    held = changes.dossier(engine, ABOUT)
    patch = changes.showing(held, "s-0", street)
    return changes.ask(
        engine, patch, by=COORDINATOR, authorization=AUTHORIZATION, why=why
    )


def agree(engine: Engine, asked: Proposal) -> None:
    with writing(engine) as session:
        approve(session, session.get_one(Proposal, asked.id), by=SECOND, now=NOON)


DRAWN_BY_LOT = re.compile(
    r"[0-9a-f]{32,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
"""Digests, salts and ids: any five digits may stand in one of them."""


def everything_kept(engine: Engine) -> str:
    """Return all that the history and the proposals hold, and all that is recorded.

    But for what is drawn by lot, and so tells nothing.
    """
    with reading(engine) as session:
        held = [
            *(row.model_dump(mode="json") for row in session.exec(select(Event))),
            *(row.model_dump(mode="json") for row in session.exec(select(EventDetail))),
            *(row.model_dump(mode="json") for row in session.exec(select(Proposal))),
            *(row.model_dump(mode="json") for row in session.exec(select(Address))),
            *(row.model_dump(mode="json") for row in session.exec(select(Location))),
        ]
        assert first_broken(session) is None
    return DRAWN_BY_LOT.sub("", json.dumps(held))


def shown(engine: Engine) -> Place | None:
    """Return what everybody may see of the place."""
    listing = take_snapshot(engine, Audience.PUBLIC).listings.get("s")
    return listing.places[0] if listing else None


@pytest.mark.parametrize("visibility", ["county", "region", "statewide", "network"])
def test_a_place_is_hidden_at_once_on_one_word(sqlite: Engine, visibility: str) -> None:
    house(sqlite)
    asked = hide(sqlite, visibility, CONTACT)
    assert (asked.risk, asked.state) == (Risk.LOW, State.PUBLISHED)
    place = shown(sqlite)
    assert (place is None) is (visibility == "network")
    assert place is None or (place.visibility, place.street) == (visibility, None)


def test_what_is_hidden_is_gone_from_every_table(engine: Engine) -> None:
    house(engine)
    changes.ask_for(
        engine, "service", "s", {"description": f"Come to {STREET}."}, by=CONTACT
    )
    changes.ask_for(engine, "service", "s", {"description": "A bed."}, why=STREET)
    moved = changes.ask_for(engine, "address", "a", {"address_1": "8 Second Canary"})
    agree(engine, moved)
    assert STREET in everything_kept(engine)
    hide(engine)
    kept = everything_kept(engine)
    assert "Canary" not in kept
    assert "27601" not in kept
    assert "35.78" not in kept
    assert "[redacted]" in kept


@pytest.mark.parametrize("answer", [approve, refuse, None])
def test_a_text_that_told_of_it_does_not_come_back_when_it_is_mended(
    engine: Engine, answer: Callable[..., None] | None
) -> None:
    house(engine)
    hide(engine)
    with writing(engine) as session:
        # Nobody has rewritten it when the place was hidden.
        session.get_one(Service, "s").description = f"Come to {STREET}."
    cells = {"description": "Come in."}
    if answer is None:
        done = changes.ask_for(engine, "service", "s", cells, by=CONTACT)
        assert done.state is State.PUBLISHED
    else:
        also = {**cells, "name": "Harbor"}
        asked = changes.ask_for(engine, "service", "s", also, by=CONTACT)
        more = {"reason": "No."} if answer is refuse else {}
        with writing(engine) as session:
            answer(
                session,
                session.get_one(Proposal, asked.id),
                by=SECOND,
                now=NOON,
                **more,
            )
    assert "Canary" not in everything_kept(engine)


def test_an_event_that_was_redacted_and_then_rewritten_is_found(engine: Engine) -> None:
    house(engine)
    agree(engine, changes.ask_for(engine, "address", "a", {"address_1": "8 Street"}))
    hide(engine)
    everything_kept(engine)
    with writing(engine) as session:
        detail = session.get_one(EventDetail, 1)
        assert detail.redacted
        # The triggers let a redaction through; the chain does not.
        detail.text = detail.text.replace("redacted", "nothing")
    with reading(engine) as session:
        broken = first_broken(session)
    assert broken is not None
    assert broken.seq == 1
    assert "after it was redacted" in broken.says


def test_a_place_that_is_lent_is_hidden_in_both_histories(engine: Engine) -> None:
    house(engine)
    other = scene(name="t")
    rows.save(engine, *other.records)
    with reading(engine) as session:
        place = session.get_one(Location, "s-0")
        rows.save(engine, rows.given_at(other.service, place, id="lent"))
    about = service_subject("t")
    held = changes.dossier(engine, about)
    patch = changes.patch_of(held, "address", "a", address_1=f"{STREET} West")
    agree(engine, changes.ask(engine, patch, subject=about))
    assert f"{STREET} West" in everything_kept(engine)
    hide(engine)
    assert "Canary" not in everything_kept(engine)


def test_what_waits_and_tells_of_a_hidden_place_can_only_be_refused(
    engine: Engine,
) -> None:
    house(engine)
    note = changes.ask_for(
        engine, "phone", "p", {**NUMBER, "description": f"The door of {STREET}"}
    )
    held = changes.dossier(engine, ABOUT)
    new = made("phone", {**held.of("phone")["p"], **NUMBER, "description": STREET})
    line = changes.ask(engine, (new,))
    other = changes.ask_for(engine, "phone", "p", NUMBER)
    hide(engine)
    for asked in (note, line):
        with pytest.raises(HiddenSinceError):
            agree(engine, asked)
        with writing(engine) as session:
            proposal = session.get_one(Proposal, asked.id)
            refuse(session, proposal, by=SECOND, reason="Hidden.", now=NOON)
    # What does not tell of it is not touched.
    agree(engine, other)
    assert "Canary" not in everything_kept(engine)
    assert "redacted" not in str(take_snapshot(engine).listings["s"])


def test_to_show_more_takes_staff_an_authorization_and_a_second_person(
    engine: Engine,
) -> None:
    house(engine)
    hide(engine)
    held = changes.dossier(engine, ABOUT)
    patch = changes.showing(held, "s-0", "12 New Street")
    for who, authorization in ((PROVIDER, AUTHORIZATION), (COORDINATOR, "")):
        with pytest.raises(AuthorizationMissingError):
            changes.ask(engine, patch, by=who, authorization=authorization)
    asked = show(engine)
    assert (asked.risk, asked.state) == (Risk.HIGH, State.WAITING)
    place = shown(engine)
    assert place is not None
    assert (place.visibility, place.street) == ("county", None)
    agree(engine, asked)
    place = shown(engine)
    assert place is not None
    assert (place.visibility, place.street) == ("public", "12 New Street")
    # Who allowed it is in the history, not only in a table that can be changed.
    with reading(engine) as session:
        told = [detail.text for detail in session.exec(select(EventDetail))]
    assert sum(AUTHORIZATION in text for text in told) == 2


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_a_street_that_was_never_to_be_shown_is_not_kept(
    engine: Engine, end: str
) -> None:
    house(engine)
    hide(engine)
    asked = show(engine, street="9 Magpie Lane", why="9 Magpie Lane it is")
    with reading(engine) as session:
        told = [detail.text for detail in session.exec(select(EventDetail))]
    # It waits in the proposal, for somebody to agree; the history never held it.
    assert "Magpie" in loads_of(engine, asked)
    assert [text for text in told if "Magpie" in text] == []
    with writing(engine) as session:
        proposal = session.get_one(Proposal, asked.id)
        if end == "refused":
            refuse(session, proposal, by=SECOND, reason="9 Magpie Lane", now=NOON)
        else:
            withdraw(session, proposal, by=COORDINATOR, now=NOON)
    assert "Magpie" not in everything_kept(engine)


def loads_of(engine: Engine, asked: Proposal) -> str:
    with reading(engine) as session:
        return str(loads(session.get_one(Proposal, asked.id).patch))


def test_a_place_that_is_hidden_further_takes_a_waiting_street_along(
    sqlite: Engine,
) -> None:
    house(sqlite)
    hide(sqlite)
    asked = show(sqlite, street="9 Magpie Lane")
    hide(sqlite, "network", COORDINATOR)
    assert "Magpie" not in everything_kept(sqlite)
    with pytest.raises(HiddenSinceError):
        agree(sqlite, asked)
    assert shown(sqlite) is None


def test_hiding_is_no_door_past_the_checks(sqlite: Engine) -> None:
    house(sqlite)
    held = changes.dossier(sqlite, ABOUT)
    hiding = changes.hiding(held, "s-0", "county")
    bad = changes.patch_of(held, "service", "s", url="javascript:alert(1)")
    with pytest.raises(InvalidRequestError):
        changes.ask(sqlite, (*hiding, *bad))
    # With something else in it, it is as grave as that.
    asked = changes.ask(
        sqlite, (*hiding, *changes.patch_of(held, "phone", "p", **NUMBER))
    )
    assert (asked.risk, asked.state) == (Risk.HIGH, State.WAITING)


def test_a_text_that_still_tells_keeps_no_place_from_being_hidden(
    sqlite: Engine,
) -> None:
    house(sqlite)
    with writing(sqlite) as session:
        session.get_one(Service, "s").description = f"Come to {STREET}."
    assert hide(sqlite).state is State.PUBLISHED
    with reading(sqlite) as session:
        found = the_lint().telling(session, "s-organization")
    assert {(finding.file, finding.field) for finding in found} == {
        ("services.csv", "description")
    }


PARTS = [
    "417 Canarybird Ln again",
    "Sign says Canarybird House",
    "CANARYBIRD'S door",
    "behind the canarybird, left",
    "at 417 N. Canarybird",
]
"""What people write of 417 Canarybird Lane that is not just that."""


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_hidden_street_are_gone_as_well(sqlite: Engine, part: str) -> None:
    staged = stage(sqlite, Visibility.PUBLIC)
    street = rows.address(staged.places[0], id="a", address_1="417 Canarybird Lane")
    rows.save(sqlite, street, rows.phone(staged.service, id="p"))
    changes.ask_for(sqlite, "service", "s", {"description": part})
    changes.ask_for(sqlite, "service", "s", {"description": "A bed."}, why=part)
    waits = changes.ask_for(sqlite, "phone", "p", {**NUMBER, "description": part})
    refused = changes.ask_for(sqlite, "phone", "p", NUMBER, authorization=part)
    with writing(sqlite) as session:
        proposal = session.get_one(Proposal, refused.id)
        refuse(session, proposal, by=SECOND, reason=part, now=NOON)
    told = changes.ask_for(sqlite, "service", "s", {"description": "Beds at last."})
    if told.state is State.WAITING:
        agree(sqlite, told)
    held = changes.dossier(sqlite, ABOUT)
    changes.ask(
        sqlite,
        changes.hiding(held, "s-0", "county"),
        why=part,
        authorization=part,
    )
    kept = everything_kept(sqlite)
    assert "canarybird" not in kept.casefold()
    assert "Beds at last." in kept
    with pytest.raises(HiddenSinceError):
        agree(sqlite, waits)


SHORT = [
    ("9 Oak St", "at 9 oak, ring", True),
    ("9 Oak St", "at 9 West Oak", True),
    ("9 Oak St", "an oak door", False),
    ("9 Oak St", "19 oaks", False),
    ("12 5th Street", "come to 12 5th", True),
    ("417 Canarybird Lane", "down the lane", False),
    ("417 County Road", "county jail, other road", True),
    ("12 South Street Suite 200", "south of the suite, a street", False),
]


@pytest.mark.parametrize(("street", "text", "is_gone"), SHORT)
def test_of_a_street_its_name_tells_and_its_kind_does_not(
    sqlite: Engine, street: str, text: str, *, is_gone: bool
) -> None:
    staged = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.address(staged.places[0], id="a", address_1=street))
    changes.ask_for(sqlite, "service", "s", {"description": "A bed."}, why=text)
    changes.ask_for(sqlite, "service", "s", {"description": "Two beds."})
    hide(sqlite)
    kept = everything_kept(sqlite)
    assert (text not in kept) is is_gone
    # What is no text stays, though the street be called like it.
    assert '\\"visibility\\": \\"county\\"' in kept


def test_a_street_in_the_history_of_who_gives_services_there_is_gone(
    sqlite: Engine,
) -> None:
    staged, other = stage(sqlite, Visibility.PUBLIC), stage(sqlite, name="t")
    (place,) = staged.places
    rows.save(
        sqlite,
        rows.address(place, id="street-of-s", address_1=STREET),
        rows.given_at(other.service, place, id="lent"),
    )
    about = service_subject("t")
    for text in (f"At {STREET}.", "A bed."):
        held = changes.dossier(sqlite, about)
        patch = changes.patch_of(held, "service", "t", description=text)
        changes.ask(sqlite, patch, subject=about, why="Canary it was")
    assert "Canary" in everything_kept(sqlite)
    hide(sqlite)
    assert "Canary" not in everything_kept(sqlite)


def test_what_was_redacted_twice_still_checks(sqlite: Engine) -> None:
    """What the history says of its redactions is never redacted itself."""
    staged = stage(sqlite, Visibility.PUBLIC, Visibility.PUBLIC)
    first, second = staged.places
    # The letter that is the second id stands in the text of every event.
    rows.save(
        sqlite,
        rows.address(first, id="street", address_1="1 Elm St"),
        rows.address(second, id="a", address_1="2 Hidden Drive"),
    )
    changes.ask_for(sqlite, "service", "s", {"description": "A bed."}, why="1 Elm")
    for one in ("s-0", "s-1"):
        held = changes.dossier(sqlite, ABOUT)
        changes.ask(sqlite, changes.hiding(held, one, "county"), why="it is Hidden")
    kept = everything_kept(sqlite)
    assert "A place was hidden." in kept
    assert "1 Elm" not in kept
    assert "it is Hidden" not in kept


def files_holding(sqlite: Engine, text: bytes) -> list[str]:
    """Return which files of the database hold `text`, in whatever letters."""
    file = Path(str(sqlite.url.database))
    return [
        one.name
        for one in sorted(file.parent.glob(f"{file.name}*"))
        if text.lower() in one.read_bytes().lower()
    ]


def test_no_byte_of_a_hidden_street_is_left_on_the_disk(sqlite: Engine) -> None:
    house(sqlite)
    for text in (f"Come to {STREET}. " * 40, "Beds by the dozen."):
        changes.ask_for(sqlite, "service", "s", {"description": text}, why=STREET)
    assert files_holding(sqlite, b"canary")
    # Connections stay open: it is not their end that empties the log.
    hide(sqlite)
    assert files_holding(sqlite, b"canary") == []
    assert files_holding(sqlite, b"dozen") == ["test.db"]
    asked = show(sqlite, street="9 Magpie Lane")
    assert files_holding(sqlite, b"magpie")
    with writing(sqlite) as session:
        refuse(
            session,
            session.get_one(Proposal, asked.id),
            by=SECOND,
            reason="",
            now=NOON,
        )
    assert files_holding(sqlite, b"magpie") == []


def test_a_reader_puts_it_off_until_the_next_change(sqlite: Engine) -> None:
    house(sqlite)
    with reading(sqlite) as session:
        assert session.exec(select(Address.id)).all() == ["a"]
        assert hide(sqlite).state is State.PUBLISHED
        assert files_holding(sqlite, b"canary")
    changes.ask_for(sqlite, "service", "s", {"description": "Beds."})
    assert files_holding(sqlite, b"canary") == []


FLIPS = 200
WIDTHS = ("public", "county", "region", "statewide", "network")


def test_whatever_is_hidden_and_shown_the_old_street_never_comes_back(
    sqlite: Engine,
) -> None:
    """Two hundred steps at random: after the first hiding the canary is nowhere."""
    house(sqlite)
    chance = random.Random(7)  # noqa: S311 - the same steps each time
    hidden = False
    for step in range(FLIPS):
        before = width(sqlite)
        if before == "public" or chance.random() < 0.5:
            narrower = WIDTHS[WIDTHS.index(before) + 1 :]
            if narrower:
                hide(sqlite, chance.choice(narrower), chance.choice((PROVIDER, SECOND)))
                hidden = True
        else:
            asked = show(sqlite, street=f"{step + 100} Other Street")
            answer(sqlite, asked, agreed=chance.random() < 0.7)
        place = shown(sqlite)
        assert (place is None) is (width(sqlite) == "network")
        assert place is None or (place.street is None) is (place.visibility != "public")
        if hidden and step % 20 == 0:
            kept = everything_kept(sqlite)
            assert "Canary" not in kept
            if width(sqlite) != "public":
                assert "Other Street" not in kept


def width(engine: Engine) -> str:
    return changes.dossier(engine, ABOUT).of("location")["s-0"]["visibility"]


def answer(engine: Engine, asked: Proposal, *, agreed: bool) -> None:
    if agreed:
        agree(engine, asked)
        return
    with writing(engine) as session:
        proposal = session.get_one(Proposal, asked.id)
        refuse(session, proposal, by=SECOND, reason="Not now.", now=NOON)
