"""What a service costs."""

from collections.abc import Iterable, Sequence

from directory.curation.correction.fault import Fault
from directory.curation.correction.note import read_note
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed
from directory.hsds import CostKind

_OPTIONS = frozenset(option.value for option in CostKind)


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them: the cost that everybody sees."""
    first = next((cells for _row, cells in _rows(dossier)), None)
    yield "cost", (first["option"] if first else "",)
    yield "cost_note", (first["amount_description"] if first else "",)


def _rows(dossier: Dossier) -> Sequence[tuple[str, Cells]]:
    return sorted(dossier.of("cost_option").items())


def asked(sheet: Sheet) -> Patch:
    """Return the change of the cost."""
    rows = _rows(sheet.dossier)
    held = rows[0][1] if rows else {"option": "", "amount_description": ""}
    option = sheet.typed.one("cost", held["option"])
    if not option:
        return tuple(removed("cost_option", row, cells) for row, cells in rows)
    if option not in _OPTIONS:
        sheet.refuse("cost", Fault.CHOICE)
        return ()
    after = {
        "option": option,
        **read_note(sheet, "cost_note", "amount_description", held),
    }
    if rows:
        return sheet.change("cost_option", rows[0][0], after)
    return (sheet.make("cost_option", {"service_id": sheet.subject_id, **after}),)
