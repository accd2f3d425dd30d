"""Anybody can say that a listing is wrong; one alone changes nothing that is shown."""

import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from directory.curation.reports import Report
from directory.database import reading, writing
from directory.hsds import Doubt, DoubtKind
from directory.hsds.change import Change
from directory.projection import Listing
from directory.settings import load_settings
from directory.web.app import create_app
from directory.web.report.reporters import Reporters
from directory.web.site import site_of
from tests.builders import rows
from tests.safety.sites import NOON, stopped
from tests.safety.world import HIDDEN_SERVICE, build

A, B = "198.51.100.1", "203.0.113.1"
SHELTER = "+19195550007"
HARBOR = "+19198287740"
ABSENT = "not-there"
_tests = count(1)
FLAG = "We were told 2 times that"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a small site that hides something, at noon."""
    return stopped(build(tmp_path_factory.mktemp("small"), 1))


@pytest.fixture
def site(small: Flask) -> Generator[Flask]:
    """Return the small site, of which nobody has told anything, today either."""
    database = site_of(small).database
    database.dispose()
    file = site_of(small).settings.data_dir / "aftercare.db"
    before = file.with_name("before.db")
    shutil.copyfile(file, before)
    with writing(database) as session:
        for row in (*session.exec(select(Report)), *session.exec(select(Doubt))):
            session.delete(row)
        # What was read of another test's database must not be taken for this one.
        session.add(_change(next(_tests)))
    yield small
    database.dispose()
    shutil.move(before, file)


def _change(number: int) -> Change:
    return Change(
        seq=number * 10_000, at=NOON, entity="doubt", record_id="x", action="delete"
    )


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    """Return somebody without cookies."""
    return site.test_client()


def tell(
    visitor: FlaskClient,
    who: str,
    kind: str = "closed",
    number: str = "",
    *,
    of: str = "shelter",
    headers: Mapping[str, str] | None = None,
) -> TestResponse:
    """Report something from an address."""
    return visitor.post(
        f"/services/{of}/report",
        data={"kind": kind, "number": number},
        headers=dict(headers or {}),
        environ_base={"REMOTE_ADDR": who},
    )


def kept(site: Flask) -> list[Report]:
    """Return the reports that were kept."""
    with reading(site_of(site).database) as session:
        return list(session.exec(select(Report)))


def listing(site: Flask, service_id: str = "shelter") -> Listing:
    """Return a listing as everybody sees it."""
    return site_of(site).snapshot().listings[service_id]


def main_of(answer: TestResponse) -> str:
    """Return what stands on a page between its head and its foot."""
    return answer.text.partition("<main")[2].partition("</main>")[0]


def test_the_world_is_as_these_tests_take_it(site: Flask) -> None:
    assert [line.number for line in listing(site).lines] == [SHELTER, HARBOR]


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_listing_leads_to_the_page_that_asks_what_is_wrong(
    visitor: FlaskClient, prefix: str
) -> None:
    page = visitor.get(f"{prefix}/services/shelter")
    assert f'href="{prefix}/services/shelter/report"' in page.text
    form = visitor.get(f"{prefix}/services/shelter/report")
    assert form.status_code == 200
    assert f'action="{prefix}/services/shelter/report" method="post"' in form.text
    answers = re.findall(r'name="(\w+)" value="([^"]+)"', main_of(form))
    assert answers == [
        *(("kind", k) for k in ("wrong_number", "no_answer", "closed", "refuses")),
        ("number", SHELTER),
        ("number", HARBOR),
    ]
    assert "textarea" not in form.text
    assert 'type="text"' not in form.text


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_who_reports_is_thanked_at_once_and_gets_no_cookie(
    site: Flask, visitor: FlaskClient, prefix: str
) -> None:
    answer = visitor.post(f"{prefix}/services/shelter/report", data={"kind": "closed"})
    assert answer.status_code == 200
    assert prefix or "Thank you" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert answer.headers["Cache-Control"] == "no-store"
    title = answer.text.partition("<title>")[2].partition("</title>")[0]
    assert "wrong" not in title.lower()
    [report] = kept(site)
    assert (report.service_id, report.kind, report.number) == (
        "shelter",
        "closed",
        None,
    )
    assert report.reported_on == NOON.date()


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "problem-kind"),
        ({"kind": "zanzibar"}, "problem-kind"),
        ({"kind": "silence"}, "problem-kind"),
        ({"kind": "wrong_number"}, "problem-number"),
        ({"kind": "no_answer", "number": "+19195550199"}, "problem-number"),
        ({"kind": "no_answer", "number": "911"}, "problem-number"),
    ],
)
def test_what_was_not_answered_is_asked_again(
    site: Flask, visitor: FlaskClient, sent: dict[str, str], problem: str
) -> None:
    answer = visitor.post("/services/shelter/report", data=sent)
    assert answer.status_code == 422
    assert f'id="{problem}"' in answer.text
    assert kept(site) == []


def test_where_there_is_one_number_it_is_the_one(
    site: Flask, visitor: FlaskClient
) -> None:
    # The county's own number is a short code: nobody can have 911 doubted.
    form = visitor.get("/services/children/report")
    assert 'name="number"' not in form.text
    assert tell(visitor, A, "no_answer", of="children").status_code == 200
    [report] = kept(site)
    assert report.number == "+19195550008"


def test_two_addresses_put_a_flag_on_the_listing_and_one_does_not(
    visitor: FlaskClient,
) -> None:
    for _ in range(3):
        tell(visitor, A, "wrong_number", SHELTER)
    assert FLAG not in visitor.get("/services/shelter").text
    tell(visitor, B, "wrong_number", SHELTER)
    page = visitor.get("/services/shelter").text
    said = f"{FLAG} 919-555-0007 is wrong or does not work (November 2026)."
    assert f"{said} Call another number first." in page
    # The number stays, and nobody is named.
    assert f'href="tel:{SHELTER}"' in page
    assert A not in page
    assert "25" not in page.partition(FLAG)[2].partition("</p>")[0]


def test_where_no_other_number_is_left_211_is(visitor: FlaskClient) -> None:
    for who in (A, B):
        tell(visitor, who, "no_answer", SHELTER)
        tell(visitor, who, "no_answer", HARBOR)
    page = visitor.get("/services/shelter").text
    assert page.count("If it does not work, dial 211.") == 2
    assert "Call another number first." not in page


@pytest.mark.parametrize("kind", ["closed", "refuses"])
def test_a_flag_is_wherever_the_listing_is(visitor: FlaskClient, kind: str) -> None:
    for who in (A, B):
        tell(visitor, who, kind)
    match = visitor.post("/match", data={"need": "emergency_shelter", "place": "Wake"})
    found = [
        visitor.get("/services/shelter"),
        visitor.get("/es/services/shelter"),
        visitor.get("/search?q=shelter+harbor"),
        match,
    ]
    counts = [page.text.count("November 2026") for page in found]
    assert counts[0] >= 1
    assert FLAG in found[2].text
    assert FLAG in match.text
    assert "noviembre de 2026" in found[1].text


def test_the_plan_and_the_json_say_it_too(visitor: FlaskClient) -> None:
    sent = {"needs": [{"code": "transitional_housing"}], "county": "Wake"}
    before = visitor.post("/api/match", json=sent).get_json()["options"][0]
    for who in (A, B):
        tell(visitor, who, "wrong_number", SHELTER)
        tell(visitor, who, "wrong_number", HARBOR)
    after = visitor.post("/api/match", json=sent).get_json()["options"][0]
    assert after["service_id"] == before["service_id"] == "shelter"
    assert after["score"] < before["score"]
    assert "doubtful_line" in {said["code"] for said in after["cautions"]}
    page = visitor.post(
        "/match", data={"need": "transitional_housing", "place": "Wake"}
    )
    plan = page.text.partition('id="plan"')[2].partition("</section>")[0]
    assert "We were told more than once" in plan


def test_an_organization_says_what_is_doubted_of_its_numbers(
    visitor: FlaskClient,
) -> None:
    for who in (A, B):
        tell(visitor, who, "no_answer", HARBOR)
    page = visitor.get("/organizations/harbor").text
    assert f"{FLAG} nobody answers at 919-828-7740" in page
    # The refuge shows the same number.
    assert FLAG in visitor.get("/services/refuge").text


@pytest.mark.parametrize(
    ("count", "shown"), [(1, False), (2, False), (3, True), (4, True)]
)
def test_silence_is_shown_from_the_third_letter_on(
    site: Flask,
    visitor: FlaskClient,
    count: int,
    shown: bool,  # noqa: FBT001 - a column of the table
) -> None:
    day = NOON.date().replace(month=9)
    silence = Doubt(
        organization_id="harbor",
        kind=DoubtKind.SILENCE,
        count=count,
        since=day,
        last=NOON.date(),
    )
    rows.save(site_of(site).database, silence)
    said = f"has not answered our last {count} emails (September 2026 – November"
    assert (said in visitor.get("/services/shelter").text) is shown


def test_mail_that_does_not_arrive_is_said_at_once_without_the_address(
    site: Flask, visitor: FlaskClient
) -> None:
    day = NOON.date()
    bounce = Doubt(
        organization_id="harbor", kind=DoubtKind.BOUNCE, count=1, since=day, last=day
    )
    rows.save(site_of(site).database, bounce)
    page = visitor.get("/services/shelter").text
    assert "Our email to it does not arrive (November 2026)." in page
    assert "@" not in page.partition("Our mail")[2].partition("</p>")[0]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_what_is_hidden_and_what_is_not_there_are_answered_alike(
    site: Flask, visitor: FlaskClient, method: str, prefix: str
) -> None:
    answers = [
        visitor.open(
            f"{prefix}/services/{name}/report", method=method, data={"kind": "closed"}
        )
        for name in (HIDDEN_SERVICE, ABSENT, "gone", "asleep")
    ]
    assert {answer.status_code for answer in answers} == {404}
    hidden, absent = (answer.text for answer in answers[:2])
    assert hidden.replace(HIDDEN_SERVICE, "x") == absent.replace(ABSENT, "x")
    assert kept(site) == []


OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "nonsense"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://localhost@evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://[localhost"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("of", ["shelter", HIDDEN_SERVICE])
def test_what_another_site_sends_is_refused_and_changes_nothing(
    site: Flask, visitor: FlaskClient, headers: dict[str, str], of: str
) -> None:
    assert tell(visitor, A, headers=headers, of=of).status_code == 403
    assert kept(site) == []


@pytest.mark.parametrize(
    "headers", [{}, OWN, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}]
)
def test_what_this_site_sends_or_nobody_says_is_taken(
    visitor: FlaskClient, headers: dict[str, str]
) -> None:
    assert tell(visitor, A, headers=headers).status_code == 200


def test_a_thousand_reports_from_one_address_flag_nothing(
    site: Flask, visitor: FlaskClient
) -> None:
    names = ["shelter", "refuge", "line", "legal", "clinic", "pantry"]
    kinds = ["closed", "refuses", "no_answer", "wrong_number"]
    statuses = [
        tell(visitor, A, kinds[n % 4], of=names[n % 6]).status_code for n in range(1000)
    ]
    assert set(statuses) <= {200, 422, 429}
    assert len(kept(site)) <= 10
    with reading(site_of(site).database) as session:
        assert session.exec(select(Doubt)).all() == []


def test_the_eleventh_report_of_a_day_is_not_kept_and_says_so(
    site: Flask, visitor: FlaskClient
) -> None:
    names = ["shelter", "refuge", "line", "legal", "clinic", "pantry"]
    answers = [
        tell(visitor, A, kind, of=name)
        for name in names
        for kind in ("closed", "refuses")
    ]
    assert [a.status_code for a in answers] == [200] * 10 + [429] * 2
    assert "We did not keep this one." in answers[-1].text
    assert len(kept(site)) == 10
    assert tell(visitor, B, of="pantry").status_code == 200


@pytest.mark.usefixtures("one_moment")
def test_one_address_may_send_only_so_much(tmp_path: Path) -> None:
    build(tmp_path, 0)
    app = create_app(load_settings({"AFTERCARE_DATA_DIR": str(tmp_path)}))
    statuses = [tell(app.test_client(), A).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert tell(app.test_client(), B).status_code == 200


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("127.0.0.21", "127.0.0.22", "127.0.1.21"),
        ("198.51.100.1", "198.51.100.254", "198.51.101.1"),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::2", "2001:db8:2:2::1"),
        ("::ffff:198.51.100.1", "198.51.100.2", "::ffff:198.51.101.1"),
        ("", "nonsense", "::1"),
    ],
)
def test_a_network_is_one_reporter_and_no_address_is_kept(
    site: Flask, visitor: FlaskClient, one: str, same: str, other: str
) -> None:
    """Who has one address of a network can have the others as well."""
    tell(visitor, one)
    tell(visitor, same)
    [report] = kept(site)
    assert re.fullmatch(r"[0-9a-f]{64}", report.reporter or "")
    tell(visitor, other)
    assert len({report.reporter for report in kept(site)}) == 2
    [doubt] = listing(site).doubts
    assert doubt.count == 2


def test_one_who_reports_has_another_name_where_they_claim() -> None:
    reporters, today = Reporters(), NOON.date()
    assert reporters.name(A, today) != reporters.name(A, today, doing="claim")


FORKED = """
import datetime as dt, os
from directory.web.report.reporters import Reporters

reporters = Reporters()
today = dt.date(2026, 11, 25)
days = [today, today + dt.timedelta(1), today]

def child(write):
    names = [reporters.name("198.51.100.1", day) for day in days[:1]]
    os.write(write, names[0].encode())
    os._exit(0)

def asked(day):
    days[0] = day
    read, write = os.pipe()
    if not os.fork():
        child(write)
    os.wait()
    return os.read(read, 64).decode()

first, second = asked(today), asked(today)
tomorrow = asked(today + dt.timedelta(1))
here = reporters.name("198.51.100.1", today + dt.timedelta(1))
again = asked(today)
other = Reporters().name("198.51.100.1", today)
print(len(first), first == second, tomorrow == here)
print(len({first, tomorrow, again, other}))
"""


def test_forked_processes_name_a_reporter_alike_and_another_day_otherwise(
    checkout: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    )
    # The key of a day that is over is gone: even the same day has another then.
    assert done.stdout.split() == ["64", "True", "True", "4"]
