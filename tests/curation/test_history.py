"""The history: only ever written, and whoever rewrites it all the same is found."""

import datetime as dt
import hashlib
import json

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from directory.curation.actor import PROGRAM, read_actor
from directory.curation.history import Action, Deed, Event, EventDetail, record
from directory.curation.history.chain import Broken, first_broken, head, holds_head
from directory.curation.history.reading import Asked, entries, entry
from directory.curation.records.patch import RecordChange
from directory.database import reading, writing
from tests.builders.changes import COORDINATOR, PROVIDER
from tests.builders.rows import NOON

CHANGE = RecordChange(
    table="service", id="s", before={"name": "Old"}, after={"name": "New"}
)


def write(engine: Engine, *whys: str, action: Action = Action.PUBLISH) -> None:
    for why in whys:
        deed = Deed(
            actor=PROVIDER,
            action=action,
            subject="service:s",
            organization_id="o",
            patch=(CHANGE,),
            why=why,
            facts={"risk": "low"},
        )
        with writing(engine) as session:
            record(session, deed, now=NOON)


def broken(engine: Engine) -> Broken | None:
    with reading(engine) as session:
        return first_broken(session)


def found_after(engine: Engine, *statements: str) -> Broken | None:
    """Return what a check finds after `statements`, which are then taken back.

    They do what somebody does who holds the database: off with the triggers, then on.
    """
    with Session(engine.execution_options(writes=True)) as session:
        for statement in (*OFF[engine.dialect.name], *statements):
            session.connection().exec_driver_sql(statement)
        found = first_broken(session)
        session.rollback()
    # The next connection must heed checks again.
    engine.dispose()
    return found


OFF = {
    "sqlite": (
        "PRAGMA ignore_check_constraints = ON",
        "DROP TRIGGER event_no_update",
        "DROP TRIGGER event_no_delete",
        "DROP TRIGGER event_detail_only_redacts",
        "DROP TRIGGER event_detail_no_delete",
    ),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}


def test_an_event_is_read_as_it_was_written(engine: Engine) -> None:
    write(engine, "The hours were wrong.")
    with reading(engine) as session:
        (found,) = entries(session, Asked())
    assert found.seq == 1
    assert found.at == NOON
    assert read_actor(found.actor) == PROVIDER
    assert found.told.why == "The hours were wrong."
    assert found.told.patch == (CHANGE,)
    assert found.told.facts == {"risk": "low"}
    assert not found.told.redacted


def test_an_empty_history_is_whole_and_has_no_head(engine: Engine) -> None:
    assert broken(engine) is None
    with reading(engine) as session:
        assert head(session) is None
        assert entry(session, 1) is None


def test_each_event_seals_the_one_before_it(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    with reading(engine) as session:
        events = session.exec(select(Event).order_by(text("seq"))).all()
    assert [event.seq for event in events] == [1, 2, 3]
    assert events[0].previous == "0" * 64
    assert [e.previous for e in events[1:]] == [e.hash for e in events[:-1]]
    assert broken(engine) is None


def test_an_event_goes_with_its_transaction(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as session:
            deed = Deed(actor=PROGRAM, action=Action.LOAD, subject="directory")
            record(session, deed, now=NOON)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    write(engine, "one")
    assert broken(engine) is None
    with reading(engine) as session:
        assert [e.seq for e in entries(session, Asked())] == [1]


FORBIDDEN = (
    "UPDATE event SET actor = 'staff:x' WHERE seq = 1",
    "UPDATE event SET seq = 9 WHERE seq = 3",
    "DELETE FROM event WHERE seq = 3",
    "DELETE FROM event",
    "DELETE FROM event_detail WHERE seq = 3",
    "UPDATE event_detail SET text = '{}' WHERE seq = 1",
    "UPDATE event_detail SET redacted = true WHERE seq = 1",
    "UPDATE event_detail SET seq = 9, salt = '', redacted = true WHERE seq = 3",
    "INSERT INTO event SELECT * FROM event WHERE seq = 1",
    "INSERT INTO event_detail SELECT * FROM event_detail WHERE seq = 1",
    "INSERT INTO event SELECT * FROM event WHERE seq = 1"
    " ON CONFLICT (seq) DO UPDATE SET actor = 'staff:x'",
)
BESIDES = {
    "sqlite": (
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
        "REPLACE INTO event_detail SELECT * FROM event_detail WHERE seq = 1",
        "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
        "UPDATE OR REPLACE event_detail SET seq = 1, salt = '', redacted = 1"
        " WHERE seq = 2",
    ),
    "postgresql": ("TRUNCATE event CASCADE", "TRUNCATE event_detail"),
}


def test_the_application_cannot_rewrite_the_history(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    for statement in (*FORBIDDEN, *BESIDES[engine.dialect.name]):
        with (
            pytest.raises(DatabaseError, match=r"only ever written|duplicate|UNIQUE"),
            engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)
    with reading(engine) as session:
        assert [e.told.why for e in entries(session, Asked())] == [*WHYS]
    assert broken(engine) is None


WHYS = ("three", "two", "one")
TAMPERED = (
    ("UPDATE event SET actor = 'staff:x' WHERE seq = 2", 2, "was changed"),
    ("UPDATE event SET at = '2020-01-01 00:00:00' WHERE seq = 2", 2, "was changed"),
    ("UPDATE event SET subject = 'service:t' WHERE seq = 1", 1, "was changed"),
    ("UPDATE event SET organization_id = NULL WHERE seq = 3", 3, "was changed"),
    ("UPDATE event SET previous = hash WHERE seq = 2", 2, "not chained"),
    ("UPDATE event SET hash = previous WHERE seq = 1", 1, "was changed"),
    ("UPDATE event_detail SET text = '{}' WHERE seq = 2", 2, "detail was changed"),
    ("UPDATE event_detail SET text = 'rubbish' WHERE seq = 2", 2, "detail was changed"),
    ("UPDATE event_detail SET salt = 'x' WHERE seq = 3", 3, "detail was changed"),
    ("DELETE FROM event_detail WHERE seq = 2", 2, "detail is missing"),
    (
        "UPDATE event_detail SET salt = '', redacted = true WHERE seq = 2",
        2,
        "nothing says so",
    ),
)


def test_a_check_names_the_first_row_that_was_tampered_with(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    for statement, seq, says in TAMPERED:
        found = found_after(engine, statement)
        assert found is not None, statement
        assert found.seq == seq, statement
        assert says in found.says, statement
    assert broken(engine) is None


def test_what_no_event_could_hold_is_named_and_not_stumbled_over(
    sqlite: Engine,
) -> None:
    write(sqlite, "one", "two", "three")
    rubbish = "UPDATE event SET action = 'dance', at = 'noon' WHERE seq = 2"
    assert found_after(sqlite, rubbish) == Broken(seq=2, says="it cannot be read")


def test_an_event_that_was_taken_out_of_the_middle_is_missed(engine: Engine) -> None:
    write(engine, "one", "two", "three")
    found = found_after(
        engine,
        "DELETE FROM event_detail WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
    )
    assert found is not None
    assert found.seq == 3
    assert "number 2 is missing" in found.says


END_WITHOUT_ITS_DETAIL = (
    # SQLite itself would refuse to leave the detail without its event.
    "CREATE TABLE kept AS SELECT * FROM event_detail",
    "DROP TABLE event_detail",
    "DELETE FROM event WHERE seq = 3",
    "ALTER TABLE kept RENAME TO event_detail",
)


def test_an_event_that_was_taken_from_the_end_leaves_its_detail(sqlite: Engine) -> None:
    write(sqlite, "one", "two", "three")
    found = found_after(sqlite, *END_WITHOUT_ITS_DETAIL)
    assert found == Broken(seq=3, says="it was taken away from the end")


def test_only_a_head_that_was_kept_tells_of_an_end_that_was_cut_off(
    sqlite: Engine,
) -> None:
    write(sqlite, "one", "two", "three")
    with reading(sqlite) as session:
        kept = head(session)
        assert kept is not None
        assert holds_head(session, kept.seq, kept.hash)
    with sqlite.begin() as connection:
        for statement in (*OFF["sqlite"], *CUT_OFF):
            connection.exec_driver_sql(statement)
    assert broken(sqlite) is None
    with reading(sqlite) as session:
        assert not holds_head(session, kept.seq, kept.hash)


CUT_OFF = (
    "DELETE FROM event_detail WHERE seq = 3",
    "DELETE FROM event WHERE seq = 3",
)


def test_a_made_up_redaction_is_not_believed(sqlite: Engine) -> None:
    """A detail that says of another that it was redacted must be sealed itself."""
    write(sqlite, "one", "two")
    write(sqlite, "three", action=Action.REDACT)
    digest = hashlib.sha256(b"{}").hexdigest()
    lie = json.dumps({"why": "", "facts": {"events": {"1": digest}}, "patch": []})
    found = found_after(
        sqlite,
        "UPDATE event_detail SET text = '{}', salt = '', redacted = true WHERE seq = 1",
        "UPDATE event_detail SET text = 'LIE' WHERE seq = 3".replace("LIE", lie),
    )
    assert found == Broken(seq=1, says="it was redacted and nothing says so")


def test_pages_of_the_history_go_back_in_time(engine: Engine) -> None:
    write(engine, *(str(n) for n in range(1, 8)))
    with reading(engine) as session:
        first = entries(session, Asked(limit=3))
        second = entries(session, Asked(limit=3, before=first[-1].seq))
    assert [e.seq for e in first] == [7, 6, 5]
    assert [e.seq for e in second] == [4, 3, 2]


ASKED: tuple[tuple[Asked, list[str]], ...] = (
    (Asked(subject="service:s"), ["b", "a"]),
    (Asked(organization_id="o"), ["b", "a"]),
    (Asked(actor=str(COORDINATOR)), ["c"]),
    (Asked(actions=(Action.CONFIRM, Action.ROOM)), ["c"]),
    (Asked(actor=str(COORDINATOR), organization_id="o"), []),
)


def test_the_history_is_asked_for_a_listing_a_person_or_a_deed(engine: Engine) -> None:
    write(engine, "a", "b")
    with writing(engine) as session:
        _confirm(session, "c")
    with reading(engine) as session:
        for asked, whys in ASKED:
            assert [e.told.why for e in entries(session, asked)] == whys


def _confirm(session: Session, why: str) -> None:
    deed = Deed(actor=COORDINATOR, action=Action.CONFIRM, subject="service:t", why=why)
    record(session, deed, now=NOON + dt.timedelta(hours=1))


def test_every_detail_has_a_salt_of_its_own(engine: Engine) -> None:
    write(engine, "the same", "the same")
    with reading(engine) as session:
        details = session.exec(select(EventDetail)).all()
        events = session.exec(select(Event)).all()
    assert len({detail.salt for detail in details}) == 2
    assert len({event.digest for event in events}) == 2
