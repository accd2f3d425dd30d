"""The languages of a service."""

from collections.abc import Iterable, Sequence

from directory.curation.correction.fault import Fault
from directory.curation.correction.note import read_note
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, RecordChange, removed
from directory.hsds import LanguageBy

NEW = ("new1", "new2")
"""The rows of a form in which languages can be added."""

_WAYS = frozenset(way.value for way in LanguageBy)


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    for row, cells in in_order(dossier):
        yield f"language-{row}-by", (cells["by"],)
        yield f"language-{row}-note", (cells["note"],)
    for row in NEW:
        yield f"language-{row}-code", ("",)
        yield f"language-{row}-by", ("staff",)
        yield f"language-{row}-note", ("",)


def in_order(dossier: Dossier) -> Sequence[tuple[str, Cells]]:
    """Return the languages of the service itself, not those of its numbers."""
    own = [(i, c) for i, c in dossier.of("language").items() if c["service_id"]]
    return sorted(own, key=lambda row: (row[1]["code"], row[1]["by"], row[0]))


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the languages."""
    held = [_held(sheet, row, cells) for row, cells in in_order(sheet.dossier)]
    new = [_new(sheet, row) for row in NEW]
    return (
        *(change for patch in held for change in patch),
        *(change for change in new if change is not None),
    )


def _held(sheet: Sheet, row: str, cells: Cells) -> Patch:
    by = sheet.typed.one(f"language-{row}-by", cells["by"])
    if not by:
        return (removed("language", row, cells),)
    return sheet.change(
        "language",
        row,
        {
            "by": _way(sheet, row, by),
            **read_note(sheet, f"language-{row}-note", "note", cells),
        },
    )


def _new(sheet: Sheet, row: str) -> RecordChange | None:
    code = sheet.typed.one(f"language-{row}-code")
    if not code:
        if sheet.typed.one(f"language-{row}-note"):
            # What was typed must not vanish.
            sheet.refuse(f"language-{row}-code", Fault.CHOICE)
        return None
    by = _way(sheet, row, sheet.typed.one(f"language-{row}-by", "staff") or "staff")
    if code not in sheet.book.languages:
        sheet.refuse(f"language-{row}-code", Fault.CHOICE)
        return None
    if any(
        (cells["code"], cells["by"]) == (code, by)
        for _row, cells in in_order(sheet.dossier)
    ):
        return None
    cells = {"service_id": sheet.subject_id, "code": code, "by": by}
    return sheet.make(
        "language", {**cells, **read_note(sheet, f"language-{row}-note", "note", {})}
    )


def _way(sheet: Sheet, row: str, by: str) -> str:
    if by in _WAYS:
        return by
    sheet.refuse(f"language-{row}-by", Fault.CHOICE)
    return LanguageBy.STAFF.value
