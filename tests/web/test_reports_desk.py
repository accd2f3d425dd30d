"""Many listings told to be wrong on one day, as the desk sees it."""

from sqlmodel import select

from directory.curation.reports import (
    ALARMED_FROM,
    MOST_PUBLIC_A_DAY,
    NewReport,
    ReportKind,
    take,
)
from directory.database import reading, writing
from directory.hsds import Organization
from directory.web.site import site_of
from tests.builders import rows
from tests.web.desk import Desk

HELD = "The listing does not show it, since very many listings were told to be wrong"
ALERT = "Many listings were told to be wrong on one day"


def doubt(desk: Desk, count: int) -> None:
    """Let two tell of so many services that they are closed."""
    with reading(desk.engine) as session:
        owner = session.exec(select(Organization)).one()
    names = [f"many{n}" for n in range(count)]
    rows.save(desk.engine, *(rows.service(owner, id=n, name=n) for n in names))
    now = site_of(desk.app).now()
    with writing(desk.engine) as session:
        for n, name in enumerate(names):
            for who in (f"a{n // 9}", f"b{n // 9}"):
                told = NewReport(service_id=name, kind=ReportKind.CLOSED, reporter=who)
                take(session, told, now)


def test_the_desk_is_told_first_of_many_doubts(desk: Desk) -> None:
    doubt(desk, ALARMED_FROM)
    said = desk.ann.reads("/staff/")
    assert said.index(ALERT) < said.index("What to do, the first thing first")
    assert f"More than {ALARMED_FROM - 1} became doubted in public." in said
    answer = desk.ann.get("/staff/").text
    assert 'href="/staff/reports"' in answer
    path = answer.partition("/staff/alerts/")[2].partition('"')[0]
    assert desk.ann.post(f"/staff/alerts/{path}", why="Called.").status_code == 303
    assert ALERT not in desk.ann.reads("/staff/")


def test_what_waits_for_a_coordinator_is_shown_when_they_say_so(desk: Desk) -> None:
    doubt(desk, MOST_PUBLIC_A_DAY + 1)
    name = f"many{MOST_PUBLIC_A_DAY}"
    public = f"/services/{name}"
    visitor = desk.app.test_client()
    said = desk.ann.reads("/staff/reports")
    assert said.count(HELD) == 1
    assert said.count("The listing shows it.") == MOST_PUBLIC_A_DAY
    assert "We were told 2 times" not in visitor.get(public).text
    answer = desk.ann.post(
        f"/staff/reports/{name}", kind="closed", **{"as": "confirmed"}
    )
    assert answer.status_code == 303
    assert "We were told 2 times" in visitor.get(public).text
    assert HELD not in desk.ann.reads("/staff/reports")
