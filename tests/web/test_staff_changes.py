"""Changes on the desk: looked at, agreed to, refused, undone."""

import datetime as dt

from directory.accounts import Role
from directory.curation.actor import Actor
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.curation.letters.notice import send_notice
from directory.curation.proposals import Draft, Proposal, State, propose
from directory.curation.proposals.review import object_to
from directory.curation.records.patch import made
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading, writing
from directory.hsds import Organization, Phone, Service
from directory.mail import Letter
from directory.web.site import site_of
from tests.builders import changes, rows
from tests.builders.changes import CONTACT, PROVIDER
from tests.builders.people import person
from tests.web.desk import Desk, browser, hidden_fields, words

NEW = "+19198341234"
GRAVE = {"number": NEW}
CALLED = {"called": "yes"}


def ask(desk: Desk, **more: object) -> str:
    """Ask for another number, and return the address of the change."""
    asked = changes.ask_for(desk.engine, "phone", "p", GRAVE, **more)
    return f"/staff/proposals/{asked.id}"


def number(desk: Desk) -> str:
    with reading(desk.engine) as session:
        return session.get_one(Phone, "p").number


def state(desk: Desk, path: str) -> State:
    with reading(desk.engine) as session:
        return session.get_one(Proposal, path.rsplit("/", 1)[1]).state


def actions(desk: Desk) -> list[Action]:
    with reading(desk.engine) as session:
        return [entry.action for entry in reversed(entries(session, Asked()))]


def public(desk: Desk) -> str:
    return words(desk.app.test_client().get("/services/s").text)


def test_a_change_is_shown_field_by_field_with_who_asked_and_why(desk: Desk) -> None:
    who = person(desk.engine, Role.PROVIDER, email="ruth@example.org")
    by = Actor(kind=PROVIDER.kind, id=who.id)
    path = ask(desk, by=by, why="The old line is dead.")
    line = desk.ann.reads("/staff/queue")
    assert "Shelter, Harbor House phone numbers Ruth (provider with an account)" in line
    said = desk.ann.reads(path)
    assert "Was: 919-828-7740 Asked for: 919-834-1234" in said
    assert "Ruth (provider with an account)" in said
    assert "The old line is dead." in said
    assert "there is no email address on record, so call them" in said
    assert "919-834-1234" not in public(desk)


def test_the_notice_to_the_old_contact_is_told_of(desk: Desk) -> None:
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = "house@example.org"
    path = ask(desk)
    with writing(desk.engine) as session:
        proposal = session.get_one(Proposal, path.rsplit("/", 1)[1])
        now = site_of(desk.app).now()
        letter = send_notice(session, proposal, site_url="http://x", now=now)
        assert letter is not None
        identifier = letter.id
    assert "waits to be sent" in desk.ann.reads(path)
    for field, expected in (("sent_at", "sent on"), ("failed_at", "did not arrive")):
        with writing(desk.engine) as session:
            setattr(session.get_one(Letter, identifier), field, now)
        assert expected in desk.ann.reads(path)


def told(desk: Desk, *, hours: float) -> str:
    """Ask for another number, with a notice to the old contact, some hours ago."""
    then = site_of(desk.app).now().astimezone(dt.UTC) - dt.timedelta(hours=hours)
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = "house@example.org"
    path = ask(desk, now=then)
    with writing(desk.engine) as session:
        proposal = session.get_one(Proposal, path.rsplit("/", 1)[1])
        letter = send_notice(session, proposal, site_url="http://x", now=then)
        assert letter is not None
        letter.sent_at = then
    return path


def test_the_old_contact_has_a_day_to_object(desk: Desk) -> None:
    path = told(desk, hours=23.9)
    assert "The contact on record can object until" in desk.ann.reads(path)
    answer = desk.ann.post(f"{path}/approve", reason="Not sure yet.")
    assert answer.status_code == 409
    assert "The contact on record still has time to object." in words(answer.text)
    assert 'value="Not sure yet."' in answer.text
    assert state(desk, path) is State.WAITING
    assert number(desk) != NEW
    assert actions(desk) == [Action.PROPOSE]
    path = told(desk, hours=24.1)
    assert "I called the number" not in desk.ann.reads(path)
    assert desk.ann.post(f"{path}/approve").status_code == 303
    assert number(desk) == NEW


def test_whoever_calls_need_not_wait_and_the_history_says_so(desk: Desk) -> None:
    path = told(desk, hours=0)
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = tired.post(f"{path}/approve", **CALLED)
    assert answer.status_code == 401
    assert 'name="called" value="yes" checked' in answer.text
    assert desk.ann.post(f"{path}/approve", **CALLED).status_code == 303
    said = desk.bea.reads(event(desk, Action.APPROVE))
    assert "Called the number that was public, and they agreed Yes" in said
    assert "Who asked somebody who has no account any more" in said


def test_where_nobody_could_be_told_somebody_calls(desk: Desk) -> None:
    path = ask(desk, now=site_of(desk.app).now() - dt.timedelta(days=9))
    assert "No email has told the contact on record" in desk.ann.reads(path)
    answer = desk.ann.post(f"{path}/approve")
    assert answer.status_code == 409
    assert "Call first." in words(answer.text)
    assert number(desk) != NEW


def test_a_second_person_makes_it_public(desk: Desk) -> None:
    path = ask(desk)
    answer = desk.ann.post(f"{path}/approve", **CALLED)
    assert answer.status_code == 303
    assert answer.location == path
    assert number(desk) == NEW
    assert "919-834-1234" in public(desk)
    # What the provider itself has just corrected counts as confirmed.
    assert "Not verified." not in public(desk)
    said = desk.bea.reads(path)
    assert f"{desk.ann.person.name} (staff) – agreed to a change" in said
    assert "Answer" not in said
    assert actions(desk) == [Action.PROPOSE, Action.APPROVE, Action.CONFIRM]


def test_who_asked_does_not_agree(desk: Desk) -> None:
    path = ask(desk, by=desk.ann.actor)
    assert "another coordinator has to agree" in desk.ann.reads(path)
    assert "Agree: make it public" not in desk.ann.reads(path)
    answer = desk.ann.post(f"{path}/approve")
    assert answer.status_code == 403
    assert "Somebody else must agree" in words(answer.text)
    assert number(desk) != NEW
    assert desk.bea.post(f"{path}/approve").status_code == 303
    assert number(desk) == NEW
    # It was staff who said so, and not the provider.
    assert Action.CONFIRM not in actions(desk)


def test_one_person_with_two_parts_is_still_one(desk: Desk) -> None:
    path = ask(desk, by=Actor(kind=PROVIDER.kind, id=desk.ann.person.id))
    assert desk.ann.post(f"{path}/approve").status_code == 403
    assert state(desk, path) is State.WAITING


def test_what_matters_much_takes_a_fresh_sign_in(desk: Desk) -> None:
    path = ask(desk)
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = tired.post(f"{path}/approve")
    assert answer.status_code == 401
    assert "Show who you are, in a new tab" in words(answer.text)
    assert 'href="/account/verify"' in answer.text
    assert state(desk, path) is State.WAITING
    # To refuse does no harm, and what is small needs no more than the role.
    small = changes.ask_for(
        desk.engine, "service", "s", {"alert": "Ring."}, by=changes.VISITOR
    )
    assert tired.post(f"/staff/proposals/{small.id}/approve").status_code == 303
    assert tired.post(f"{path}/refuse", reason="A fax.").status_code == 303
    assert state(desk, path) is State.REFUSED


def test_a_refusal_takes_a_reason(desk: Desk) -> None:
    path = ask(desk)
    answer = desk.ann.post(f"{path}/refuse", reason="  ")
    assert answer.status_code == 422
    assert "Say why" in words(answer.text)
    assert state(desk, path) is State.WAITING
    desk.ann.post(f"{path}/refuse", reason="It is a fax.")
    assert state(desk, path) is State.REFUSED
    assert "It is a fax." in desk.bea.reads(path)
    assert number(desk) != NEW


def test_whoever_comes_second_is_told_of_the_first(desk: Desk) -> None:
    path = ask(desk)
    desk.bea.post(f"{path}/approve", **CALLED)
    for late in ("approve", "refuse"):
        answer = desk.ann.post(f"{path}/{late}", reason="No.")
        assert answer.status_code == 409
        assert "Somebody else has answered this: Public." in words(answer.text)
    assert state(desk, path) is State.PUBLISHED


def test_a_conflict_shows_both_values_and_changes_nothing(desk: Desk) -> None:
    path = ask(desk)
    with writing(desk.engine) as session:
        session.get_one(Phone, "p").number = "+19198315555"
    assert "Somebody changed it since. Now: 919-831-5555" in desk.ann.reads(path)
    answer = desk.ann.post(f"{path}/approve")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Somebody else has changed this since. Nothing was done." in said
    assert "Asked for: 919-834-1234" in said
    assert "919-831-5555" in said
    assert number(desk) == "+19198315555"


def test_an_objection_is_seen_with_the_change(desk: Desk) -> None:
    path = ask(desk)
    with writing(desk.engine) as session:
        proposal = session.get_one(Proposal, path.rsplit("/", 1)[1])
        object_to(session, proposal, by=CONTACT, now=site_of(desk.app).now())
    said = desk.ann.reads(path)
    assert "the contact on record – said: this did not come from us" in said
    assert desk.ann.post(f"{path}/approve").status_code == 409


def test_the_queue_is_asked_for_what_is_grave(desk: Desk) -> None:
    ask(desk)
    changes.ask_for(desk.engine, "service", "s", {"name": "House"})
    assert "2 changes" in desk.ann.reads("/staff/queue")
    assert "1 change " in desk.ann.reads("/staff/queue?risk=high")
    assert "phone numbers" not in desk.ann.reads("/staff/queue?risk=review")
    assert "2 changes" in desk.ann.reads("/staff/queue?risk=nonsense&page=x")


def test_a_listing_that_asks_to_join_waits_for_two_of_the_staff(desk: Desk) -> None:
    new = made(
        "organization",
        {
            "name": "Newcomers",
            "description": "Helps.",
            "kind": "provider",
            "website": "https://example.org/new",
            "source": "https://example.org/new",
            "read_on": "2026-11-25",
            "evidence": "A",
        },
    )
    about = organization_subject(new.id)
    with writing(desk.engine) as session:
        session.expire_on_commit = False
        draft = Draft(subject=about, actor=changes.VISITOR, version="", patch=(new,))
        now = site_of(desk.app).now()
        asked = propose(session, draft, lint=changes.the_lint(), now=now)
    assert "a new listing" in desk.ann.reads("/staff/queue")
    assert "Newcomers" in desk.ann.reads(f"/staff/proposals/{asked.id}")
    assert "I called a number that I found elsewhere" in desk.ann.reads(
        f"/staff/proposals/{asked.id}"
    )
    yes, visitor = f"/staff/proposals/{asked.id}/approve", desk.app.test_client()
    assert desk.ann.post(yes).status_code == 409, "nobody was called"
    # A stranger is no first person of two.
    desk.ann.post(yes, **CALLED)
    assert desk.ann.post(yes, **CALLED).status_code == 403
    assert visitor.get(f"/organizations/{new.id}").status_code == 404
    assert "You agreed." in desk.ann.reads(f"/staff/proposals/{asked.id}")
    desk.bea.post(yes, **CALLED)
    assert visitor.get(f"/organizations/{new.id}").status_code == 200


def event(desk: Desk, action: Action) -> str:
    with reading(desk.engine) as session:
        (found,) = entries(session, Asked(actions=(action,), limit=1))
    return f"/staff/history/{found.seq}"


def describe(desk: Desk, words: str, **more: object) -> None:
    changes.ask_for(desk.engine, "service", "s", {"description": words}, **more)


def description(desk: Desk) -> str:
    with reading(desk.engine) as session:
        return session.get_one(Service, "s").description


def test_a_change_is_undone_with_a_reason(desk: Desk) -> None:
    describe(desk, "Two beds.")
    path = event(desk, Action.PUBLISH)
    assert "Was: A place to sleep. Asked for: Two beds." in desk.ann.reads(path)
    assert desk.ann.post(f"{path}/revert", why="").status_code == 422
    assert description(desk) == "Two beds."
    answer = desk.ann.post(f"{path}/revert", why="Not from them.")
    assert answer.status_code == 303
    assert description(desk) == "A place to sleep."
    said = desk.ann.reads(answer.location)
    assert "Undid a change" in said
    assert "Not from them." in said
    again = desk.ann.post(f"{path}/revert", why="Once more.")
    assert again.status_code == 409
    assert "This was taken back before." in words(again.text)


def test_a_number_is_undone_by_whoever_proved_lately_who_they_are(desk: Desk) -> None:
    desk.ann.post(f"{ask(desk)}/approve", **CALLED)
    path = event(desk, Action.APPROVE)
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = tired.post(f"{path}/revert", why="It is a fax.")
    assert answer.status_code == 401
    assert 'value="It is a fax."' in answer.text
    assert number(desk) == NEW
    assert desk.ann.post(f"{path}/revert", why="A fax.").status_code == 303
    assert number(desk) == "+19198287740"


def test_a_field_that_was_changed_since_is_not_run_over(desk: Desk) -> None:
    describe(desk, "Two beds.")
    path = event(desk, Action.PUBLISH)
    describe(desk, "Three beds.")
    answer = desk.ann.post(f"{path}/revert", why="Wrong.")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Somebody changed it since. Now: Three beds." in said
    assert description(desk) == "Three beds."


def test_what_changed_no_listing_offers_no_way_back(desk: Desk) -> None:
    ask(desk)
    path = event(desk, Action.PROPOSE)
    assert "Undo this" not in desk.ann.reads(path)
    answer = desk.ann.post(f"{path}/revert", why="Wrong.")
    assert answer.status_code == 409
    assert "changed no listing" in words(answer.text)


def test_the_history_is_read_by_listing_person_and_deed(desk: Desk) -> None:
    describe(desk, "Two beds.", why="one")
    desk.ann.post(f"{event(desk, Action.PUBLISH)}/revert", why="two")
    who = f"staff:{desk.ann.person.id}"
    for query, count in (
        ("", 2),
        ("?organization=s-organization", 2),
        ("?organization=harbor", 2),
        ("?organization=nobody", 0),
        (f"?person={who}", 1),
        ("?person=staff:nobody", 0),
        ("?action=revert", 1),
        ("?action=nonsense", 2),
        ("?before=2", 1),
        ("?before=x", 2),
    ):
        html = desk.ann.get(f"/staff/history{query}").text
        assert html.count('<li class="listing">') == count, query
    rows.save(desk.engine, rows.organization(id="o2", name="Harbor Light"))
    assert "Which of these?" in desk.ann.reads("/staff/history?organization=harbor")
    assert "no such organization" in desk.ann.reads("/staff/history?organization=zzz")


def test_the_history_goes_back_page_by_page(desk: Desk) -> None:
    for n in range(60):
        describe(desk, f"{n} beds.")
    first = desk.ann.get("/staff/history?organization=harbor").text
    assert first.count('<li class="listing">') == 50
    assert "before=11" in first
    last = desk.ann.get("/staff/history?organization=s-organization&before=11").text
    assert last.count('<li class="listing">') == 10
    assert "before=" not in last
    assert "Newest" in last


def test_a_coordinator_corrects_a_listing_and_another_agrees_to_a_number(
    desk: Desk,
) -> None:
    path = "/staff/services/s/edit"
    form = hidden_fields(desk.ann.get(path).text)
    answer = desk.ann.post(path, **form, hours_note="Ring twice.")
    assert answer.status_code == 303
    assert answer.location.startswith("/staff/proposals/")
    assert "Public" in desk.ann.reads(answer.location)
    with reading(desk.engine) as session:
        assert session.get_one(Service, "s").hours_note == "Ring twice."
    form = hidden_fields(desk.ann.get(path).text)
    answer = desk.ann.post(path, **form, email="house@example.org")
    assert "another coordinator has to agree" in desk.ann.reads(answer.location)
    assert desk.ann.post(f"{answer.location}/approve").status_code == 403
    assert desk.bea.post(f"{answer.location}/approve").status_code == 303
    assert "house@example.org" in desk.app.test_client().get("/services/s").text


def test_an_old_form_of_a_coordinator_overwrites_nothing(desk: Desk) -> None:
    path = "/staff/services/s/edit"
    form = hidden_fields(desk.ann.get(path).text)
    changes.ask_for(desk.engine, "service", "s", {"hours_note": "First."})
    answer = desk.ann.post(path, **form, hours_note="Second.")
    assert answer.status_code == 409
    assert "Second." in answer.text
    assert "First." in answer.text
    held = changes.dossier(desk.engine, service_subject("s"))
    assert held.main["hours_note"] == "First."


def test_the_age_of_what_waits_is_told(desk: Desk) -> None:
    now = site_of(desk.app).now().astimezone(dt.UTC)  # where each day has 24 hours
    for age, expected in (
        (dt.timedelta(minutes=5), "waits for less than an hour"),
        (dt.timedelta(hours=30), "waits for 30 h"),
        (dt.timedelta(days=5, minutes=5), "waits for 5 days For too long."),
    ):
        ask(desk, now=now - age)
        assert expected in desk.ann.reads("/staff/queue")
