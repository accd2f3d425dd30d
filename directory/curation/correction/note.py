"""The note beside a number, a language or a price: one short line."""

from directory.curation.correction.fault import Fault
from directory.curation.correction.main import checked
from directory.curation.correction.sheet import Sheet
from directory.curation.correction.typed import is_same, one_line
from directory.curation.records.cells import Cells

_LONGEST = 300


def read_note(sheet: Sheet, name: str, field: str, held: Cells) -> Cells:
    """Return `field` as it was typed into `name`; empty if it stays as it is `held`.

    A note that cannot be taken is refused on the sheet.
    """
    cell = held.get(field, "")
    typed = sheet.typed.one(name, cell)
    if is_same(typed, cell):
        return {}
    note = checked(one_line(typed), _LONGEST)
    if isinstance(note, Fault):
        sheet.refuse(name, note)
        return {}
    return {field: note}
