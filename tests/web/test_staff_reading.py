"""Looking at the desk changes nothing, and keeps nobody who writes waiting."""

import datetime as dt
from collections.abc import Iterable, Mapping

from flask import Flask
from sqlmodel import select
from werkzeug.routing import Rule

from directory.accounts import Role
from directory.accounts.sign_in import SignIn
from directory.curation.claims import Claimant, claim
from directory.curation.reports import NewReport, Report, ReportKind, take
from directory.database import last_change, reading, writing
from directory.hsds import Organization
from directory.web.site import site_of
from tests.builders import changes
from tests.builders.scenes import stage
from tests.web.desk import Browser, Desk, browser, words

MARK = "mark-of-a-reporter"


def pages(app: Flask) -> Iterable[Rule]:
    """Return the routes below `/staff` that can be looked at, in English."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/staff") and "GET" in (rule.methods or ()):
            yield rule


def furnish(desk: Desk) -> Mapping[str, str | int]:
    """Let there be one of everything; return what the addresses name them."""
    stage(desk.engine, name="t")
    asked = changes.ask_for(desk.engine, "phone", "p", {"number": "+19198341234"})
    now = site_of(desk.app).now()
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = "a@example.org"
        claimant = Claimant(name="Ann", email="b@example.org", part="Director")
        made = claim(session, "s-organization", claimant, site_url="", now=now)
        assert made is not None
        claim_id = made.id
    return {
        "service_id": "s",
        "organization_id": "s-organization",
        "left_id": "s-organization",
        "right_id": "t-organization",
        "proposal_id": asked.id,
        "claim_id": claim_id,
        "person_id": desk.ann.person.id,
        "seq": 1,
    }


def told_yesterday(desk: Desk) -> None:
    """Let two tell of the listing on a day whose marks are due to be erased."""
    before = site_of(desk.app).now() - dt.timedelta(days=1)
    with writing(desk.engine) as session:
        for n in (1, 2):
            told = NewReport(
                service_id="s", kind=ReportKind.CLOSED, reporter=f"{MARK}-{n}"
            )
            take(session, told, before)


def seen_just_now(desk: Desk, who: Browser) -> None:
    """Let it be known of a sign-in that it is used, however long the test takes."""
    later = site_of(desk.app).now() + dt.timedelta(hours=1)
    with writing(desk.engine) as session:
        for sign_in in session.exec(select(SignIn)):
            if sign_in.person_id == who.person.id:
                sign_in.seen_at = later


def test_every_page_of_the_desk_is_read_while_somebody_else_writes(desk: Desk) -> None:
    named = furnish(desk)
    told_yesterday(desk)
    who = browser(desk.app, Role.COORDINATOR, Role.ADMINISTRATOR)
    seen_just_now(desk, who)
    routes = desk.app.url_map.bind("localhost")
    # Who wants to write as long as this turn lasts waits for ten seconds, and is told
    # then that the database cannot be used.
    with writing(desk.engine) as session:
        # The turn begins with the first thing that is asked.
        last_change(session)
        for rule in pages(desk.app):
            values = {name: named[name] for name in rule.arguments}
            path = routes.build(rule.endpoint, values, method="GET")
            assert who.get(path).status_code == 200, path


def test_the_reports_are_shown_without_the_marks_that_are_due(desk: Desk) -> None:
    told_yesterday(desk)
    with reading(desk.engine) as session:
        before = last_change(session)
    answer = desk.ann.get("/staff/reports")
    assert "2 people told us" in words(answer.text)
    assert MARK not in answer.text
    with reading(desk.engine) as session:
        kept = session.exec(select(Report.reporter)).all()
        assert last_change(session) == before
    # To look erases nothing; to answer does, whatever is answered.
    assert sorted(filter(None, kept)) == [f"{MARK}-1", f"{MARK}-2"]
    desk.ann.post("/staff/reports/s", kind="refuses", **{"as": "dismissed"})
    with reading(desk.engine) as session:
        assert session.exec(select(Report.reporter)).all() == [None, None]


def test_the_history_says_once_that_users_made_a_doubt_public(desk: Desk) -> None:
    told_yesterday(desk)
    with writing(desk.engine) as session:
        told = NewReport(service_id="s", kind=ReportKind.CLOSED, reporter=f"{MARK}-3")
        take(session, told, site_of(desk.app).now())
    listed = desk.ann.get("/staff/history?action=report").text
    assert listed.count('<li class="listing">') == 1
    assert "Users reported: Shelter, Harbor House" in words(listed)
    event = desk.ann.get("/staff/history/1").text
    said = words(event)
    assert "the program" in said
    assert "What was reported It has closed" in said
    assert "Reports 2" in said
    assert MARK not in listed + event
