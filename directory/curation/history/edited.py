"""Records that were corrected on the site, which a file must not overwrite."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from directory.curation.history.event import Action, Event, EventDetail
from directory.curation.history.reverting import PUBLISHED
from directory.curation.records.cells import BY_NAME
from directory.curation.records.patch import RecordChange, from_json
from directory.errors import AftercareError
from directory.hsds import Visibility
from directory.interchange.load import Loaded

RecordKey = tuple[str, str]
"""The table and the id of a record."""


def edited_records(session: Session) -> frozenset[RecordKey]:
    """Return every record that was ever made, changed or removed on the site.

    What a merge moved or dropped is among them. Redacted details still tell which
    records they were about.
    """
    return frozenset(
        key
        for _action, detail in _published(session)
        for key in (*_touched(detail), *_moved(detail))
    )


def never_made_again(session: Session) -> frozenset[RecordKey]:
    """Return the records that no file may bring back, whatever it is to overwrite.

    Merging dropped them, or they are hidden places that were removed. What somebody has
    put back since is not among them.
    """
    gone = {
        key for action, detail in _published(session) for key in _lost(action, detail)
    }
    return frozenset(key for key in gone if not _is_there(session, key))


def unless_corrected(
    note: Callable[[Session, Loaded], None],
    what_stays: Callable[[Session], frozenset[RecordKey]],
    kept: frozenset[RecordKey],
) -> Callable[[Session, Loaded], None]:
    """Return what notes a load, and refuses one that somebody's correction crossed.

    `kept` is what `what_stays` told before the load had its turn to write. In its turn
    nobody else writes, so that what it tells then is the truth.
    """

    def noted(session: Session, loaded: Loaded) -> None:
        if what_stays(session) != kept:
            msg = "Somebody corrected a listing meanwhile. Nothing was changed."
            raise AftercareError(msg)
        note(session, loaded)

    return noted


def _published(session: Session) -> Iterator[tuple[Action, dict[str, Any]]]:
    """Yield what went into the tables, oldest first, with the detail as JSON."""
    query = (
        select(Event.action, EventDetail.text)
        .join(EventDetail, col(Event.seq) == col(EventDetail.seq))
        .where(col(Event.action).in_(PUBLISHED))
        .order_by(col(Event.seq))
    )
    for action, text in session.exec(query):
        yield Action(action), json.loads(text)


def _touched(detail: dict[str, Any]) -> Iterator[RecordKey]:
    for change in detail["patch"]:
        yield change["table"], change["id"]


def _moved(detail: dict[str, Any]) -> Iterator[RecordKey]:
    """Yield the records that a merge moved or took away beside its patch."""
    for one in detail["facts"].get("moved", ()):
        if one["table"] in BY_NAME:
            yield one["table"], one["key"]["id"]


def _lost(action: Action, detail: dict[str, Any]) -> Iterator[RecordKey]:
    """Yield what merging may have dropped, and hidden places that were removed."""
    is_merge = action is Action.MERGE
    if is_merge:
        yield from _moved(detail)
    for change in from_json(detail["patch"]):
        if change.after is None and (is_merge or _was_hidden(change)):
            yield change.table, change.id


def _was_hidden(change: RecordChange) -> bool:
    visibility = (change.before or {}).get("visibility", Visibility.PUBLIC)
    return change.table == "location" and visibility != Visibility.PUBLIC


def _is_there(session: Session, key: RecordKey) -> bool:
    table, identifier = key
    return session.get(BY_NAME[table].model, identifier) is not None
