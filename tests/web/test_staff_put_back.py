"""On the desk a listing is put back: first shown, then done, by whoever may."""

import re

from sqlmodel import select

from directory.accounts import Role
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.database import reading
from directory.hsds import Phone, Service
from tests.builders import changes
from tests.web.desk import Browser, Desk, browser, words

OLD, NEW, NEWER = "+19198287740", "+19198341234", "+19198341235"
CALLED = {"called": "yes"}


def note(desk: Desk, words: str) -> None:
    changes.ask_for(desk.engine, "service", "s", {"length_of_stay": words})


def call(desk: Desk, number: str) -> None:
    asked = changes.ask_for(desk.engine, "phone", "p", {"number": number})
    done = desk.bea.post(f"/staff/proposals/{asked.id}/approve", **CALLED)
    assert done.status_code == 303


def events(desk: Desk, *actions: Action) -> list[int]:
    with reading(desk.engine) as session:
        found = entries(session, Asked(actions=actions, limit=200))
    return [entry.seq for entry in reversed(found)]


def put_back(who: Browser, seq: int, **form: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - a test response
    """Look at what would change, and send the form of that page."""
    path = f"/staff/history/{seq}/back"
    seen = re.search(r'name="seen" value="(\w+)"', who.get(path).text)
    sent = {"seen": seen.group(1) if seen else "", "why": "Stolen.", **form}
    return who.post(path, **sent)


def stay(desk: Desk) -> str | None:
    with reading(desk.engine) as session:
        return session.get_one(Service, "s").length_of_stay


def number(desk: Desk) -> str:
    with reading(desk.engine) as session:
        return session.exec(select(Phone.number)).one()


def test_a_hijack_of_many_changes_is_undone_in_one_go(desk: Desk) -> None:
    for n in range(26):
        note(desk, f"{n} nights")
    first = events(desk, Action.PUBLISH)[0]
    html = desk.ann.get(f"/staff/history/{first}").text
    assert "It was changed 25 more times since." in words(html)
    assert f'href="/staff/history/{first}/back"' in html
    said = desk.ann.reads(f"/staff/history/{first}/back")
    assert "Now: 25 nights Then: not recorded" in said
    assert "26 changes are undone" in said
    assert stay(desk) == "25 nights"
    answer = put_back(desk.ann, first)
    assert answer.status_code == 303
    assert stay(desk) is None
    said = desk.bea.reads(answer.location)
    assert "Undid a change" in said
    assert "Stolen." in said
    assert "Changes undone 26" in said
    assert len(events(desk, Action.REVERT)) == 1
    again = put_back(desk.ann, first)
    assert again.status_code == 409
    assert "the listing is as it was before this" in words(again.text)


def test_the_newest_change_is_simply_undone(desk: Desk) -> None:
    note(desk, "A week")
    (only,) = events(desk, Action.PUBLISH)
    assert (
        f"/staff/history/{only}/back" not in desk.ann.get(f"/staff/history/{only}").text
    )


def test_it_takes_a_reason(desk: Desk) -> None:
    note(desk, "A week")
    note(desk, "A day")
    first = events(desk, Action.PUBLISH)[0]
    answer = put_back(desk.ann, first, why=" ")
    assert answer.status_code == 422
    assert "Say why you undo it." in words(answer.text)
    assert stay(desk) == "A day"


def test_a_number_takes_a_fresh_sign_in(desk: Desk) -> None:
    call(desk, NEW)
    call(desk, NEWER)
    first = events(desk, Action.APPROVE)[0]
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = put_back(tired, first)
    assert answer.status_code == 401
    assert 'value="Stolen."' in answer.text
    assert number(desk) == NEWER
    assert put_back(desk.ann, first).status_code == 303
    assert number(desk) == OLD


def test_what_was_changed_since_one_looked_is_shown_anew(desk: Desk) -> None:
    note(desk, "A week")
    note(desk, "A day")
    first = events(desk, Action.PUBLISH)[0]
    path = f"/staff/history/{first}/back"
    seen = re.findall(r'name="seen" value="(\w+)"', desk.ann.get(path).text)
    note(desk, "An hour")
    answer = desk.ann.post(path, seen=seen[0], why="Stolen.")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "This was changed since you opened it." in said
    assert "Now: An hour Then: not recorded" in said
    assert 'value="Stolen."' in answer.text
    assert stay(desk) == "An hour"


def test_one_person_brings_no_number_back_that_was_taken_away(desk: Desk) -> None:
    call(desk, NEW)
    note(desk, "A week")
    stolen = events(desk, Action.APPROVE)[0]
    between = events(desk, Action.PUBLISH)[0]
    desk.ann.post(f"/staff/history/{stolen}/revert", why="A thief.")
    assert number(desk) == OLD
    answer = put_back(desk.ann, between)
    assert answer.status_code == 409
    assert "To make it public again takes two people" in words(answer.text)
    assert (number(desk), stay(desk)) == (OLD, "A week")


def test_what_changed_nothing_leads_nowhere(desk: Desk) -> None:
    changes.ask_for(desk.engine, "phone", "p", {"number": NEW})
    (asked,) = events(desk, Action.PROPOSE)
    assert "changed no listing" in desk.ann.reads(f"/staff/history/{asked}/back")
    assert desk.ann.get("/staff/history/999/back").status_code == 404
    assert put_back(desk.ann, asked).status_code == 409
