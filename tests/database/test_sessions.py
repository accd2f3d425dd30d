"""What a session of ours promises: turns, whole writes, and changes that are noted."""

import threading
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from directory.database import last_change, reading, writing
from directory.hsds import Capacity, Change, Organization
from tests.builders.rows import NOON, capacity, organization, save, service

PRAGMAS = [
    ("journal_mode", "wal"),
    # 2 is FULL: a commit that returned outlives a power cut.
    ("synchronous", 2),
    ("foreign_keys", 1),
    ("busy_timeout", 5000),
]


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS)
def test_each_sqlite_connection_is_set_up(
    sqlite: Engine, pragma: str, value: object
) -> None:
    with sqlite.connect() as one, sqlite.connect() as two:
        found = [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, two)]
    assert found == [value, value]


def test_eight_threads_that_read_then_write_lose_nothing(engine: Engine) -> None:
    shared = organization(description="0")
    save(engine, shared)
    errors: list[Exception] = []

    def count() -> None:
        try:
            for _ in range(10):
                count_up(engine, shared.id)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is shown
            errors.append(error)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert description_of(engine, shared.id) == "80"


def count_up(engine: Engine, record_id: str) -> None:
    with writing(engine) as session:
        row = session.get_one(Organization, record_id)
        row.description = str(int(row.description) + 1)


def description_of(engine: Engine, record_id: str) -> str:
    with reading(engine) as session:
        return session.get_one(Organization, record_id).description


def test_a_reader_is_not_held_up_by_a_writer(engine: Engine) -> None:
    with writing(engine) as writer:
        writer.add(organization())
        writer.flush()
        with reading(engine) as reader:
            assert reader.exec(select(Organization)).all() == []


def test_an_error_takes_back_everything(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as session:
            session.add(organization())
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert changes(engine) == []
    with reading(engine) as session:
        assert session.exec(select(Organization)).all() == []


def test_writing_goes_on_after_an_error(engine: Engine) -> None:
    with pytest.raises(LookupError), writing(engine):
        raise LookupError
    save(engine, organization(id="o"))
    assert description_of(engine, "o")


def test_what_a_reader_does_is_not_kept(engine: Engine) -> None:
    with reading(engine) as session:
        session.add(organization())
        session.flush()
    assert changes(engine) == []


def changes(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        rows = session.exec(select(Change).order_by(text("seq"))).all()
        return [(row.action, row.entity, row.record_id) for row in rows]


def test_each_record_that_is_made_changed_or_deleted_is_noted(engine: Engine) -> None:
    row = organization(id="o")
    save(engine, row)
    with writing(engine) as session:
        session.get_one(Organization, "o").name = "Another"
    with writing(engine) as session:
        session.delete(session.get_one(Organization, "o"))
    expected = [(action, "organization", "o") for action in ACTIONS]
    assert changes(engine) == expected


ACTIONS = ("insert", "update", "delete")


def test_a_change_is_in_the_transaction_of_its_record(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(organization())
        session.flush()
        assert last_change(session) == 1
        with reading(engine) as other:
            assert last_change(other) == 0


def test_numbers_of_changes_grow(engine: Engine) -> None:
    seen = [newest(engine)]
    for _ in range(3):
        save(engine, organization())
        seen.append(newest(engine))
    assert seen == sorted(set(seen))


def newest(engine: Engine) -> int:
    with reading(engine) as session:
        return last_change(session)


def test_a_writer_waits_until_the_one_before_has_committed(engine: Engine) -> None:
    second = threading.Thread(target=save, args=(engine, organization(id="second")))
    with writing(engine) as session:
        session.add(organization(id="first"))
        session.flush()
        second.start()
        # Without turns the other would commit in this time, with a greater number.
        second.join(0.3)
        assert newest(engine) == 0
    second.join()
    assert [record for _, _, record in changes(engine)] == ["first", "second"]


def test_a_moment_comes_back_in_utc(engine: Engine) -> None:
    eastern = NOON.astimezone(ZoneInfo("America/New_York"))
    owner = organization()
    shelter = service(owner)
    save(engine, owner, shelter, capacity(shelter, as_of=eastern))
    with reading(engine) as session:
        found = session.exec(select(Capacity)).one().as_of
    assert (found.isoformat(), found.tzname()) == ("2026-11-25T17:00:00+00:00", "UTC")


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    owner = organization()
    shelter = service(owner)
    wrong = capacity(shelter, as_of=NOON.replace(tzinfo=None))
    with pytest.raises(Exception, match="a moment needs a zone"):
        save(engine, owner, shelter, wrong)
