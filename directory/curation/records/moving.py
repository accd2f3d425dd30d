"""Moves rows of tables that no patch knows, and remembers how to put them back.

What is remembered are JSON values: `table`, the `key` of the row, and `before` and
`after`: the fields that changed, or, where the row was taken away, all of it and
nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from directory.hsds.row import Row

Move = dict[str, Any]


def models() -> Mapping[str, type[Row]]:
    """Return every table that this process knows, by its name."""
    return {str(m.__tablename__): m for m in _below(Row) if hasattr(m, "__table__")}


def move(session: Session, row: Row, **fields: str) -> Move:
    """Set `fields` of `row`; return how to put them back."""
    key = _key(row)
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    name = str(row.__tablename__)
    return {"table": name, "key": key, "before": before, "after": fields}


def take_away(session: Session, row: Row) -> Move:
    """Delete `row`; return how to put it back."""
    before = row.model_dump(mode="json")
    name = str(row.__tablename__)
    taken: Move = {"table": name, "key": _key(row), "before": before, "after": None}
    session.delete(row)
    session.flush()
    return taken


def put_back(session: Session, moves: Iterable[Move]) -> None:
    """Undo `moves`, the last first.

    A row that somebody has moved or deleted since is left as it is: it is newer.
    """
    for one in reversed([*moves]):
        model = models()[one["table"]]
        after, before = one["after"], one["before"]
        if after is None:
            _make_again(session, model, before)
        else:
            row = session.get(model, {**one["key"], **_moved(one)})
            if row is not None and all(getattr(row, f) == v for f, v in after.items()):
                for field, value in before.items():
                    setattr(row, field, value)
        session.flush()


def _make_again(session: Session, model: type[Row], values: Mapping[str, Any]) -> None:
    try:
        with session.begin_nested():
            session.add(model.model_validate(values))
            session.flush()
    except IntegrityError:
        # Another one stands in its place by now.
        return


def _moved(one: Move) -> dict[str, str]:
    """Return the parts of the key that the move itself has changed."""
    return {field: one["after"][field] for field in one["key"] if field in one["after"]}


def _key(row: Row) -> dict[str, str]:
    return {column.name: getattr(row, column.name) for column in _keys(type(row))}


def _keys(model: type[Row]) -> Iterable[Any]:
    table: Table = model.metadata.tables[str(model.__tablename__)]
    return table.primary_key.columns


def _below(model: type[Row]) -> Iterator[type[Row]]:
    for below in model.__subclasses__():
        yield below
        yield from _below(below)
