"""Sign-ins begin, are found, and end."""

import datetime as dt

import pytest
from sqlalchemy import Engine, text

from directory.accounts import Person, Role
from directory.accounts.device import device_name
from directory.accounts.sign_in import ABSOLUTE, IDLE
from directory.accounts.signing_in import begin, end, person_of, revoke, sign_ins
from tests.builders.people import FIREFOX, person

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def ann(sqlite: Engine) -> Person:
    return person(sqlite, Role.ADVOCATE)


def started(engine: Engine, who: Person) -> str:
    return begin(engine, who, user_agent=FIREFOX, now=NOW)


def test_only_the_digest_of_a_key_is_kept(engine: Engine) -> None:
    key = started(engine, person(engine, Role.ADVOCATE))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM sign_in")).all()
    assert key not in str(rows)
    assert "Firefox on Android" in str(rows)
    assert "Gecko" not in str(rows)


def test_a_sign_in_that_is_not_used_ends_after_half_an_hour(
    sqlite: Engine, ann: Person
) -> None:
    key = started(sqlite, ann)
    assert person_of(sqlite, key, now=NOW + IDLE + MINUTE) is None


def test_a_sign_in_that_is_used_goes_on_for_twelve_hours(
    sqlite: Engine, ann: Person
) -> None:
    key = started(sqlite, ann)
    moment = NOW
    while moment + IDLE <= NOW + ABSOLUTE:
        moment += IDLE
        assert person_of(sqlite, key, now=moment) is not None
    assert person_of(sqlite, key, now=NOW + ABSOLUTE + MINUTE) is None


def test_an_unknown_key_is_nobodys(sqlite: Engine, ann: Person) -> None:
    started(sqlite, ann)
    assert person_of(sqlite, "unknown", now=NOW) is None


def test_one_sign_in_ends_and_the_others_stay(sqlite: Engine, ann: Person) -> None:
    one, two = started(sqlite, ann), started(sqlite, ann)
    end(sqlite, one)
    assert person_of(sqlite, one, now=NOW) is None
    assert person_of(sqlite, two, now=NOW) is not None


def test_nobody_ends_the_sign_in_of_another(sqlite: Engine, ann: Person) -> None:
    key = started(sqlite, ann)
    [sign_in] = sign_ins(sqlite, ann, now=NOW)
    revoke(sqlite, person(sqlite, Role.ADMINISTRATOR), sign_in.id)
    assert person_of(sqlite, key, now=NOW) is not None
    revoke(sqlite, ann, sign_in.id)
    assert person_of(sqlite, key, now=NOW) is None
    assert sign_ins(sqlite, ann, now=NOW) == []


def test_what_is_over_is_not_kept(engine: Engine) -> None:
    ann = person(engine, Role.ADVOCATE)
    started(engine, ann)
    begin(engine, ann, user_agent="", now=NOW + ABSOLUTE + MINUTE)
    with engine.connect() as connection:
        [count] = connection.execute(text("SELECT count(*) FROM sign_in")).scalars()
    assert count == 1


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8.0", ""),
        ("<script>Firefox</script>", "Firefox"),
        ("", ""),
    ],
)
def test_a_browser_has_a_short_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
