"""Short texts of a service that stand one on a line: what to bring, ramps and signs."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from directory.curation.correction.fault import Fault
from directory.curation.correction.main import checked
from directory.curation.correction.sheet import Sheet
from directory.curation.correction.typed import one_line
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed

FIELDS = {
    "documents": ("required_document", "document"),
    "accessibility": ("accessibility", "description"),
}
"""Table and field that each box of lines stands for."""

_LONGEST = 300


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    for name, (table, field) in FIELDS.items():
        lines = [one_line(c[field]) for _i, c in _rows(dossier, table, field)]
        yield name, ("\n".join(lines),)


def _rows(dossier: Dossier, table: str, field: str) -> Sequence[tuple[str, Cells]]:
    return sorted(dossier.of(table).items(), key=lambda row: (row[1][field], row[0]))


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the lines."""
    patches = [_asked(sheet, name) for name in FIELDS if sheet.typed.has(name)]
    return tuple(change for patch in patches for change in patch)


def _asked(sheet: Sheet, name: str) -> Patch:
    """Keep the rows of lines that stay; those of others take what is new."""
    table, field = FIELDS[name]
    typed = [one_line(line) for line in sheet.typed.one(name).split("\n")]
    left = list(dict.fromkeys(line for line in typed if line))
    free: list[tuple[str, Cells]] = []
    for row, cells in _rows(sheet.dossier, table, field):
        if one_line(cells[field]) in left:
            left.remove(one_line(cells[field]))
        else:
            free.append((row, cells))
    patches = [
        _changed(sheet, name, row, line) for row, line in zip_longest(free, left)
    ]
    return tuple(change for patch in patches for change in patch)


def _changed(
    sheet: Sheet, name: str, row: tuple[str, Cells] | None, line: str | None
) -> Patch:
    table, field = FIELDS[name]
    if line is None:
        return () if row is None else (removed(table, *row),)
    text = checked(line, _LONGEST)
    if isinstance(text, Fault):
        sheet.refuse(name, text)
        return ()
    if row is not None:
        return sheet.change(table, row[0], {field: text})
    return (sheet.make(table, {"service_id": sheet.subject_id, field: text}),)
