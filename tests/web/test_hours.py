"""What pages, search and matcher say of a day: open, closed, by appointment, ask."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from directory.curation.correction.hours import DAYS
from directory.database import writing
from directory.hsds import Schedule
from directory.interchange.table import TABLES
from tests.builders import rows
from tests.builders.forms import correct
from tests.builders.portal import harbor, letter
from tests.builders.site import served_on


@pytest.fixture
def app(sqlite: Engine, tmp_path: Path) -> Generator[Flask]:
    """Serve one organization that keeps its listing."""
    harbor(sqlite)
    with served_on(sqlite, tmp_path, limits=False) as served:
        yield served


def day_on(page: str, name: str) -> str:
    """Return what a page says of a day of the week."""
    found = re.search(rf">{name}</th><td>([^<]*)</td>", page)
    assert found, name
    return found[1].replace("\u202f", " ")


def test_a_day_says_its_spans_in_order(app: Flask, sqlite: Engine) -> None:
    offer = rows.service(rows.organization(id="o-s"), id="s")
    rows.save(
        sqlite,
        # The later one comes first where nobody puts them in order.
        rows.schedule(
            offer, id="a", byday=("FR",), opens_at="13:00", closes_at="16:30"
        ),
        rows.schedule(
            offer, id="b", byday=("FR",), opens_at="08:30", closes_at="12:00"
        ),
    )
    client = app.test_client()
    for path in ("/services/s", letter(sqlite)):
        page = client.get(path).text
        assert day_on(page, "Friday") == "8:30 AM to 12:00 PM, 1:00 PM to 4:30 PM"


def test_what_nobody_said_of_a_day_is_to_be_asked(app: Flask, sqlite: Engine) -> None:
    page = app.test_client().get("/services/s").text
    assert day_on(page, "Monday") == "9:00 AM to 5:00 PM"
    assert day_on(page, "Saturday") == "not recorded: ask"
    path = f"{letter(sqlite)}/services/s"
    given = {"hours__SA__answer": "by_appointment", "hours__SU__answer": "closed"}
    assert correct(app.test_client(), path, **given).status_code == 303
    page = app.test_client().get("/services/s").text
    assert day_on(page, "Saturday") == "by appointment"
    assert day_on(page, "Sunday") == "closed"
    assert day_on(page, "Wednesday") == "not recorded: ask"


def test_a_form_that_leaves_a_day_empty_asks_what_that_means(
    app: Flask, sqlite: Engine
) -> None:
    path = f"{letter(sqlite)}/services/s"
    given = {"hours__MO__1__opens": "", "hours__MO__1__closes": ""}
    answer = correct(app.test_client(), path, **given)
    assert answer.status_code == 422
    assert "Open from when to when? Or choose another answer." in answer.text
    assert day_on(app.test_client().get("/services/s").text, "Monday")[0] == "9"


def test_what_was_sent_of_a_day_is_told_in_words(app: Flask, sqlite: Engine) -> None:
    client = app.test_client()
    path = f"{letter(sqlite)}/services/s"
    given = {"hours__SA__answer": "by_appointment", "hours__SU__answer": "closed"}
    told = client.get(correct(client, path, **given).location).text
    assert "Saturday: by appointment" in told
    assert "Sunday: closed" in told
    # That it is not closed needs no line of its own.
    assert "<dt>Closed</dt><dd><ins>No" not in re.sub(r"\s*\n\s*", "", told)


def test_the_package_holds_what_is_said_of_a_day() -> None:
    [schedules] = [table for table in TABLES if table.file == "schedules.csv"]
    assert "by_appointment" in schedules.header


def test_search_and_matcher_tell_a_day_that_is_not_known(
    app: Flask, sqlite: Engine
) -> None:
    """What is open at the moment is asked, not said to be closed."""
    no_times = {"opens_at": None, "closes_at": None}
    for name, of_a_day in (
        ("ask", {"by_appointment": True, **no_times}),
        ("shut", {"closed": True, **no_times}),
        ("all", {"opens_at": "00:00", "closes_at": "24:00"}),
    ):
        harbor(sqlite, name)
        with writing(sqlite) as session:
            row = session.get_one(Schedule, f"h-{name}")
            for field, value in {"byday": tuple(DAYS), **of_a_day}.items():
                setattr(row, field, value)
    client = app.test_client()
    asked = {"needs": [{"code": "food", "urgency": "now"}], "limit": 10}
    answer = client.post("/api/match", json=asked).get_json()
    said = {option["service_id"]: option["open_now"] for option in answer["options"]}
    assert (said["ask"], said["shut"], said["all"]) == (None, False, True)
    assert "Closed now" not in client.get("/services/ask").text
    found = client.get("/search?q=food&open=1").text
    assert "/services/all" in found
    assert "/services/shut" not in found
    assert "/services/ask" not in found
