"""The data package: a folder of CSV files, read whole and written whole."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory.errors import InvalidDataError, Problem
from directory.hsds import Record
from directory.interchange.table import (
    TABLES,
    Column,
    Table,
    UnreadableError,
    Value,
    too_long,
    write_cell,
)
from directory.sentence import Sentence

_MAX_BYTES = 64 * 1024 * 1024
_MAX_CELL = 20_000
_PHONE = re.compile(r"\+[0-9]+")
# The last four are the wide forms, which spreadsheets heed as well.
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\0",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file: its number, counted from 1, and its values by field."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The rows of a data package, by table name, in the order of `TABLES`."""

    rows: Mapping[str, Sequence[Row]]

    def of(self, table: str) -> Sequence[Row]:
        """Return the rows of `table`, by its name in the database."""
        return self.rows[table]


def read_package(folder: Path) -> Package:
    """Read the data package in `folder`.

    Raises `InvalidDataError` that names every file, row and field that is wrong. Files
    that are not there are empty tables, except `organizations.csv`.
    """
    problems: list[Problem] = []
    rows: dict[str, list[Row]] = {}
    for table in TABLES:
        file = folder / table.file
        name = table_name(table)
        if file.is_file():
            rows[name] = _read_file(file, table, problems)
        else:
            rows[name] = []
            if table.file == "organizations.csv":
                message = "is not there: this is no data package"
                problems.append(_problem(file, 0, "", message))
    if not problems:
        problems.extend(_broken_links(rows))
        problems.extend(_circles(folder / "organizations.csv", rows["organization"]))
    if problems:
        raise InvalidDataError(problems)
    return Package(rows=rows)


def write_package(
    folder: Path,
    records: Callable[[type[Record]], Iterable[Record]],
) -> None:
    """Write the data package into `folder`, with rows in the order of their ids.

    `records` gives the records of a table. Existing files of the same names are
    replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = sorted(records(table.model), key=lambda record: record.id)
        (folder / table.file).write_text(
            _csv_text(table, rows), encoding="utf-8", newline=""
        )
    descriptor = {
        "name": "aftercare-nc",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table_name(table),
                "path": table.file,
                "schema": {"fields": [{"name": name} for name in table.header]},
            }
            for table in TABLES
        ],
    }
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def table_name(table: Table) -> str:
    """Return the name of `table` in the database."""
    return str(table.model.__tablename__)


def _csv_text(table: Table, rows: Iterable[Record]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    constants = [value for _, value in table.constants]
    for row in rows:
        cells = [_safe(getattr(row, c.field)) for c in table.columns]
        writer.writerow([*cells, *constants])
    return text.getvalue()


def _safe(value: object) -> str:
    """Return `value` as a cell that no spreadsheet takes for a formula.

    A number is a number, with its sign, and a phone number in E.164 begins with a plus:
    both are left as they are, for programs that read them.
    """
    cell = write_cell(value)
    harmless = not isinstance(value, str | tuple) or _PHONE.fullmatch(cell)
    return f"'{cell}" if not harmless and _is_formula(cell) else cell


def _unsafe(cell: str) -> str:
    """Return what `_safe` made `cell` of."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    """Tell whether `cell` begins a formula, guarded or not.

    A guarded one is guarded once more, so that what was written comes back.
    """
    return cell.lstrip("'").lstrip().startswith(_FORMULA)


def _read_file(file: Path, table: Table, problems: list[Problem]) -> list[Row]:
    text = _decoded(file, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    number = 0
    try:
        header = next(reader, [])
        wrong = _header_problems(file, table, header)
        problems.extend(wrong)
        if wrong:
            return []
        for number, cells in enumerate(reader, start=1):
            if not cells:
                continue
            values = _row_values(
                file, table, number, dict(zip(header, cells, strict=False)), problems
            )
            if len(cells) != len(header):
                message = f"has {len(cells)} cells where the header has {len(header)}"
                problems.append(_problem(file, number, "", message))
            rows.append(Row(number=number, values=values))
    except csv.Error as error:
        problems.append(_problem(file, number + 1, "", f"cannot be read: {error}"))
    problems.extend(_repeated_ids(file, rows))
    return rows


def _decoded(file: Path, problems: list[Problem]) -> str | None:
    if file.stat().st_size > _MAX_BYTES:
        problems.append(_problem(file, 0, "", f"is larger than {_MAX_BYTES} bytes"))
        return None
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} cannot be read"
        problems.append(_problem(file, 0, "", message))
        return None


def _header_problems(file: Path, table: Table, header: list[str]) -> list[Problem]:
    problems = [
        _problem(file, 0, name, "stands twice in the header")
        for name in sorted({n for n in header if header.count(n) > 1})
    ]
    problems.extend(
        _problem(file, 0, column.name, "is missing from the header")
        for column in table.columns
        if column.required and column.name not in header
    )
    problems.extend(
        _problem(file, 0, name, "is not a column of this file")
        for name in header
        if name not in table.header
    )
    return problems


def _row_values(
    file: Path,
    table: Table,
    number: int,
    cells: Mapping[str, str],
    problems: list[Problem],
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column in table.columns:
        try:
            values[column.field] = _cell_value(column, cells.get(column.name, ""))
        except UnreadableError as error:
            problems.append(_problem(file, number, column.name, error.sentence))
    return values


def _cell_value(column: Column, cell: str) -> Value:
    text = _unsafe(cell.strip())
    if len(text) > _MAX_CELL:
        raise too_long(_MAX_CELL)
    if text:
        return column.read(text)
    if column.required:
        raise UnreadableError(Sentence("is missing"))
    return column.empty


def _repeated_ids(file: Path, rows: Sequence[Row]) -> list[Problem]:
    seen: dict[Value, int] = {}
    problems: list[Problem] = []
    for row in rows:
        identifier = row.values.get("id")
        if identifier is None:
            continue
        if identifier in seen:
            message = f"is the same as in row {seen[identifier]}"
            problems.append(_problem(file, row.number, "id", message))
        seen.setdefault(identifier, row.number)
    return problems


def _broken_links(rows: Mapping[str, Sequence[Row]]) -> list[Problem]:
    """Return a problem for each pointer at a record that is not in the package."""
    ids = {name: {row.values["id"] for row in some} for name, some in rows.items()}
    problems: list[Problem] = []
    for table in TABLES:
        columns = table.model.metadata.tables[table_name(table)].columns
        for column in table.columns:
            targets = {
                key.column.table.name for key in columns[column.field].foreign_keys
            } & ids.keys()
            for target in targets:
                problems.extend(
                    Problem(
                        file=table.file,
                        row=row.number,
                        field=column.name,
                        message=f"{row.values[column.field]} is no {target} here",
                    )
                    for row in rows[table_name(table)]
                    if row.values[column.field] not in {None, *()}
                    and target in ids
                    and column.field.endswith("_id")
                    and row.values[column.field] not in ids[target]
                )
    return problems


def _circles(file: Path, organizations: Sequence[Row]) -> Iterator[Problem]:
    """Yield a problem for each organization that is, by and by, a part of itself."""
    parents = {
        r.values["id"]: r.values["parent_organization_id"] for r in organizations
    }
    for row in organizations:
        seen: set[Value] = set()
        above = parents[row.values["id"]]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if row.values["id"] in seen:
            message = "makes it a part of itself"
            yield _problem(file, row.number, "parent_organization_id", message)


def _problem(file: Path, row: int, field: str, message: str) -> Problem:
    return Problem(file=file.name, row=row, field=field, message=message)
