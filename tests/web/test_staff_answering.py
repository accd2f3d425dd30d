"""What a coordinator is told around an answer: whom to call, why, and what is next."""

import datetime as dt
import re

import pytest
from sqlmodel import select

from directory.curation.actor import Actor
from directory.curation.history import Action
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.proposals import Draft, Risk, propose
from directory.curation.records.patch import made
from directory.curation.records.subject import organization_subject
from directory.curation.reports import ReportKind
from directory.curation.reports.report import Report
from directory.curation.verification.doubts import add_doubt
from directory.curation.verification.reminder import Reminder
from directory.database import reading, writing
from directory.hsds import Doubt, DoubtKind, Fact, Phone, Service, Verification
from directory.mail import LetterKind, post
from directory.web.site import site_of
from tests.builders import changes, rows
from tests.builders.changes import CONTACT, COORDINATOR, PROVIDER, VISITOR
from tests.web.desk import Desk, words

NEW = "+19198341234"
CALLED = {"called": "yes"}
AUGUST = dt.datetime(2026, 8, 1, 16, tzinfo=dt.UTC)


def ask(desk: Desk, **more: object) -> str:
    """Ask for another number, and return the address of the change."""
    asked = changes.ask_for(desk.engine, "phone", "p", {"number": NEW}, **more)
    return f"/staff/proposals/{asked.id}"


def agree(desk: Desk, path: str) -> None:
    assert desk.ann.post(f"{path}/approve", **CALLED).status_code == 303


def confirmed(desk: Desk) -> dict[Fact, dt.date]:
    with reading(desk.engine) as session:
        held = session.exec(select(Verification)).all()
        return {row.fact: row.verified_on for row in held}


def confirmations(desk: Desk) -> list[Entry]:
    with reading(desk.engine) as session:
        return entries(session, Asked(actions=(Action.CONFIRM,)))


# --- the day that a provider spoke ---


@pytest.mark.parametrize("by", [CONTACT, PROVIDER])
def test_an_old_request_confirms_the_day_on_which_it_was_sent(
    desk: Desk, by: Actor
) -> None:
    path = ask(desk, by=by, now=AUGUST)
    agree(desk, path)
    assert confirmed(desk) == {Fact.RECORD: dt.date(2026, 8, 1)}
    public = words(desk.app.test_client().get("/services/s").text)
    assert "August 1, 2026" in public
    today = site_of(desk.app).now().date()
    assert f"Confirmed on {today:%B} {today.day}, {today.year}" not in public
    (event,) = confirmations(desk)
    assert event.actor == str(desk.ann.actor)
    assert event.told.facts["by"] == str(by)
    said = desk.bea.reads(f"/staff/history/{event.seq}")
    assert f"Who {desk.ann.person.name} (staff)" in said
    assert "The provider sent it on August 1, 2026" in said


@pytest.mark.parametrize("way", ["revert", "back"])
def test_what_is_undone_confirms_nothing_any_more(desk: Desk, way: str) -> None:
    agree(desk, ask(desk, by=CONTACT, now=AUGUST))
    assert confirmed(desk)
    with reading(desk.engine) as session:
        (event,) = entries(session, Asked(actions=(Action.APPROVE,)))
    path = f"/staff/history/{event.seq}/{way}"
    form = {"why": "It was not them."}
    if way == "back":
        shown = desk.ann.get(path).text
        form["seen"] = re.findall(r'name="seen" value="([0-9a-f]+)"', shown)[0]
    assert desk.ann.post(path, **form).status_code == 303
    assert confirmed(desk) == {}


def test_a_newer_confirmation_stays(desk: Desk) -> None:
    path = ask(desk, now=AUGUST)
    rows.save(
        desk.engine,
        Verification(
            service_id="s",
            fact=Fact.RECORD,
            verified_on=dt.date(2026, 9, 3),
            verified_by="staff by phone",
        ),
    )
    agree(desk, path)
    assert confirmed(desk) == {Fact.RECORD: dt.date(2026, 9, 3)}
    assert confirmations(desk) == []


def test_what_staff_ask_for_confirms_nothing(desk: Desk) -> None:
    path = ask(desk, by=COORDINATOR, now=AUGUST)
    agree(desk, path)
    assert confirmed(desk) == {}
    assert confirmations(desk) == []


def test_a_change_of_the_organization_confirms_no_service(desk: Desk) -> None:
    about = organization_subject("s-organization")
    held = changes.dossier(desk.engine, about)
    patch = changes.patch_of(held, "organization", about.id, website="https://a.org")
    asked = changes.ask(desk.engine, patch, subject=about, now=AUGUST)
    agree(desk, f"/staff/proposals/{asked.id}")
    assert confirmed(desk) == {}


def test_an_old_word_answers_nothing_that_came_after_it(desk: Desk) -> None:
    """Neither a letter, nor a report, nor what letters made doubtful."""
    today = site_of(desk.app).now().date()
    sent = site_of(desk.app).now() - dt.timedelta(days=20)
    path = ask(desk, now=sent)
    with writing(desk.engine) as session:
        for age in (30, 10):
            then = sent + dt.timedelta(days=20 - age)
            letter = post(
                session,
                LetterKind.VERIFICATION,
                "house@example.org",
                subject="?",
                text="?",
                now=then,
            )
            session.add(
                Reminder(
                    organization_id="s-organization",
                    letter_id=letter.id,
                    reasons=("record",),
                    written_at=then,
                )
            )
            session.add(
                Report(
                    service_id="s",
                    kind=ReportKind.CLOSED,
                    reported_on=today - dt.timedelta(days=age),
                )
            )
        add_doubt(session, "s-organization", DoubtKind.SILENCE, today)
    agree(desk, path)
    with reading(desk.engine) as session:
        reminders = session.exec(select(Reminder).order_by("written_at")).all()
        assert [r.answered_at is not None for r in reminders] == [True, False]
        reports = session.exec(select(Report).order_by("reported_on")).all()
        assert [r.settled_at is not None for r in reports] == [True, False]
        assert [d.kind for d in session.exec(select(Doubt))] == [DoubtKind.SILENCE]


# --- whom to call, and why it matters ---


def test_the_page_names_the_numbers_that_are_public_and_leads_to_the_page(
    desk: Desk,
) -> None:
    path = ask(desk)
    html = desk.ann.get(path).text
    said = words(html)
    assert "Shown by now as the number to call: 919-828-7740" in said
    assert 'href="/services/s"' in html
    assert "I called the number that is public now" in said
    # As it is now, and not as it was when somebody asked.
    with writing(desk.engine) as session:
        session.delete(session.get_one(Phone, "p"))
    said = desk.ann.reads(ask_for_website(desk))
    assert "No number is shown by now." in said
    assert "I called a number that I found elsewhere" in said


def ask_for_website(desk: Desk) -> str:
    asked = changes.ask_for(desk.engine, "service", "s", {"url": "https://a.org/x"})
    return f"/staff/proposals/{asked.id}"


def test_a_number_of_the_organization_is_named_with_a_change_of_it(desk: Desk) -> None:
    about = organization_subject("s-organization")
    rows.save(desk.engine, rows.phone(desk.scene.organization, number="+19198315555"))
    held = changes.dossier(desk.engine, about)
    patch = changes.patch_of(held, "organization", about.id, website="https://a.org")
    asked = changes.ask(desk.engine, patch, subject=about)
    html = desk.ann.get(f"/staff/proposals/{asked.id}").text
    assert "919-831-5555" in words(html)
    assert 'href="/organizations/s-organization"' in html


def test_it_is_said_why_a_change_is_grave(desk: Desk) -> None:
    cells = {"url": "https://a.org/x", "status": "defunct", "length_of_stay": "A day"}
    asked = changes.ask_for(desk.engine, "service", "s", cells)
    assert asked.risk is Risk.HIGH
    said = desk.ann.reads(f"/staff/proposals/{asked.id}")
    assert "It changes a web page that people open." in said
    assert "It changes whether the service is open at all." in said
    assert "It changes a number" not in said
    assert "A text names" not in said
    said = desk.ann.reads(ask(desk))
    assert "It changes a number that people call, or who answers it." in said


def test_a_text_that_leads_elsewhere_is_grave_and_says_so(desk: Desk) -> None:
    cells = {"description": "Call 919-834-1234 instead."}
    asked = changes.ask_for(desk.engine, "service", "s", cells)
    said = desk.ann.reads(f"/staff/proposals/{asked.id}")
    assert "A text names a number or an address" in said


def test_what_nobody_can_agree_to_has_no_button(desk: Desk) -> None:
    path = ask(desk)
    with writing(desk.engine) as session:
        session.get_one(Phone, "p").number = "+19198315555"
    html = desk.ann.get(path).text
    assert "You cannot agree to it as it is." in words(html)
    assert f'action="{path}/approve"' not in html
    assert 'name="called"' not in html
    assert f'action="{path}/refuse"' in html


def test_the_queue_says_what_each_change_is_about(desk: Desk) -> None:
    for cells, about in (
        ({"length_of_stay": "A week"}, "how long one can stay"),
        ({"capacity_note": "Few beds"}, "how many it takes"),
        ({"alert": "Ring twice."}, "what people must know first"),
        ({"hours_note": "Ring."}, "the hours"),
        ({"description": "A bed."}, "the description"),
        ({"access": "walk_in"}, "how one gets in"),
    ):
        changes.ask_for(desk.engine, "service", "s", cells, by=VISITOR)
        assert about in desk.ann.reads("/staff/queue"), cells
    assert "other details" not in desk.ann.reads("/staff/queue")


# --- what comes next ---


def following(desk: Desk, path: str) -> str:
    html = desk.ann.get(path).text
    found = re.search(r'href="([^"]+)">Next in the queue</a> ([^<]+)</p>', html)
    return " ".join(found.groups()) if found else ""


def test_after_an_answer_the_next_one_is_a_click_away(desk: Desk) -> None:
    now = site_of(desk.app).now().astimezone(dt.UTC)
    fields = ("url", "email", "status")
    texts = ("https://a.org/x", "a@a.org", "defunct")
    paths = []
    for n, (field, text) in enumerate(zip(fields, texts, strict=True)):
        then = now - dt.timedelta(hours=9 - n)
        asked = changes.ask_for(
            desk.engine, "service", "s", {field: text}, by=by(n), now=then
        )
        paths.append(f"/staff/proposals/{asked.id}")
    own = changes.ask_for(
        desk.engine, "phone", "p", {"number": NEW}, by=desk.ann.actor, now=now
    )
    assert following(desk, paths[1]) == ""
    desk.ann.post(f"{paths[1]}/refuse", reason="No.")
    assert following(desk, paths[1]) == f"{paths[2]} 2 are left."
    desk.ann.post(f"{paths[2]}/refuse", reason="No.")
    # Nothing came later, so it begins anew; what one has asked for oneself is skipped.
    assert following(desk, paths[2]) == f"{paths[0]} 1 is left."
    assert following(desk, f"/staff/proposals/{own.id}") == f"{paths[0]} 1 is left."
    desk.ann.post(f"{paths[0]}/refuse", reason="No.")
    assert "Nothing else waits for you." in desk.ann.reads(paths[0])


def by(n: int) -> Actor:
    return Actor(kind=PROVIDER.kind, id=f"provider-{n}")


def test_who_gave_the_first_yes_is_named(desk: Desk) -> None:
    with writing(desk.engine) as session:
        session.expire_on_commit = False
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
        draft = Draft(subject=about, actor=VISITOR, version="", patch=(new,))
        now = site_of(desk.app).now()
        asked = propose(session, draft, lint=changes.the_lint(), now=now)
    path = f"/staff/proposals/{asked.id}"
    assert "It makes a listing, or takes one away." in desk.bea.reads(path)
    agree(desk, path)
    said = desk.bea.reads(path)
    assert f"{desk.ann.person.name} (staff) agreed." in said
    assert desk.bea.post(f"{path}/approve", **CALLED).status_code == 303
    assert f"First to agree {desk.ann.person.name} (staff)" in desk.bea.reads(path)


def test_a_closed_service_is_not_confirmed(desk: Desk) -> None:
    asked = changes.ask_for(desk.engine, "service", "s", {"status": "defunct"})
    agree(desk, f"/staff/proposals/{asked.id}")
    with reading(desk.engine) as session:
        assert session.get_one(Service, "s").status.value == "defunct"
    assert confirmed(desk) == {}
