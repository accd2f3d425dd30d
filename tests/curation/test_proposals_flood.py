"""How much one may ask for within an hour."""

import datetime as dt

from sqlalchemy import Engine

from directory.curation.actor import Actor
from directory.curation.proposals.flood import MOST, WITHIN, has_asked_enough
from directory.database import reading
from directory.hsds import Visibility
from tests.builders import changes, rows
from tests.builders.changes import CONTACT, COORDINATOR, PROVIDER
from tests.builders.rows import NOON
from tests.builders.scenes import stage

OWNER = "s-organization"


def ask(engine: Engine, times: int, who: Actor = PROVIDER) -> None:
    """Ask for one number after the other."""
    for number in range(1000, 1000 + times):
        changes.ask_for(engine, "phone", "p", {"number": f"+1919834{number}"}, by=who)


def enough(
    engine: Engine,
    who: Actor = PROVIDER,
    owner: str = OWNER,
    now: dt.datetime = NOON,
) -> bool:
    with reading(engine) as session:
        return has_asked_enough(session, who, owner, now=now)


def test_one_can_ask_for_so_much_and_no_more(engine: Engine) -> None:
    scene = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.phone(scene.service, id="p"))
    ask(engine, MOST - 1)
    changes.ask_for(engine, "service", "s", {"hours_note": "Ring."})
    assert not enough(engine)
    ask(engine, 1)
    assert enough(engine)
    # It is theirs, and for this organization, and for an hour.
    assert not enough(engine, CONTACT)
    assert not enough(engine, owner="another")
    assert not enough(engine, now=NOON + WITHIN)
    assert enough(engine, now=NOON + WITHIN - dt.timedelta(seconds=1))


def test_staff_correct_as_much_as_they_must(sqlite: Engine) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.phone(scene.service, id="p"))
    ask(sqlite, MOST + 1, COORDINATOR)
    assert not enough(sqlite, COORDINATOR)
