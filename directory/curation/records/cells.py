"""The cells of records: their values as text, in the notation of the data package."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from directory.errors import FieldError, InvalidRequestError
from directory.hsds import Record, Redirect
from directory.interchange.package import table_name
from directory.interchange.table import (
    TABLES,
    Table,
    UnreadableError,
    Value,
    describe,
    write_cell,
)
from directory.sentence import Sentence

Cells = Mapping[str, str]
"""Texts by field; an empty one is a value that is not recorded."""

BY_NAME: Mapping[str, Table] = MappingProxyType(
    {
        table_name(table): table
        for table in (*TABLES, describe(Redirect, "redirects.csv"))
    }
)
"""Every table whose records can be edited, parents before children."""

ORDER: Mapping[str, int] = MappingProxyType(
    {name: place for place, name in enumerate(BY_NAME)}
)
"""The place of each table, parents first."""


def cells_of(record: Record) -> Cells:
    """Return all cells of `record` but its id."""
    table = BY_NAME[str(record.__tablename__)]
    return {
        column.field: write_cell(getattr(record, column.field))
        for column in table.columns
        if column.field != "id"
    }


def values_of(table: str, cells: Cells) -> dict[str, Value]:
    """Return the values that `cells` hold.

    Raises `InvalidRequestError`, which names each field that cannot be read as
    `table.field`.
    """
    columns = {column.field: column for column in BY_NAME[table].columns}
    values: dict[str, Value] = {}
    errors: list[FieldError] = []
    for field, cell in cells.items():
        column = columns[field]
        try:
            if cell.strip():
                values[field] = column.read(cell.strip())
            elif column.required:
                errors.append(_error(table, field, Sentence("is missing")))
            else:
                values[field] = column.empty
        except UnreadableError as error:
            errors.append(_error(table, field, error.sentence))
    if errors:
        raise InvalidRequestError(errors)
    return values


def canonical(table: str, cells: Cells) -> Cells:
    """Return `cells` as they come back from the database.

    Raises `InvalidRequestError` as `values_of` does.
    """
    return {f: write_cell(value) for f, value in values_of(table, cells).items()}


def whole(table: str, cells: Cells) -> Cells:
    """Return the canonical cells of a new record, with what is usual for the others."""
    columns = [c for c in BY_NAME[table].columns if c.field != "id"]
    usual = {c.field: write_cell(c.empty) for c in columns}
    return canonical(table, {**usual, **cells})


def _error(table: str, field: str, message: Sentence) -> FieldError:
    return FieldError(field=f"{table}.{field}", message=message)


@cache
def is_text(table: str, field: str) -> bool:
    """Tell whether a field holds what somebody typed, and not one of a few words.

    A street can be called County Road, and `county` is how much of a place is shown.
    """
    if field == "id" or field.endswith("_id"):
        return False
    info = BY_NAME[table].model.model_fields.get(field)
    annotation = None if info is None else info.annotation
    # A field that the table has no longer may have been anything.
    kinds = get_args(annotation) or (annotation,)
    return info is None or str in kinds or float in kinds
