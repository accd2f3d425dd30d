"""The phone numbers of a listing: corrected, added, taken away, put in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.curation.correction.fault import Fault
from directory.curation.correction.note import read_note
from directory.curation.correction.number import (
    belongs_to_everybody,
    read_number,
    written,
)
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed
from directory.hsds import AnsweredBy, PhoneType

NEW = ("new1", "new2")
"""The rows of a form in which numbers can be added."""

_EXTENSION_DIGITS = 6
_SHORT = 3
_LAST = 99
"""The place of a number of which nobody said any."""

_YES_NO = {"": "", "yes": "true", "no": "false"}
_ANSWERS = {cell: answer for answer, cell in _YES_NO.items()}
_TYPE_ORDER = ("crisis", "voice", "text", "tty", "fax")
_Row = tuple[str, Cells]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A number that is to be there: its row, its cells, and its place among them.

    `cells` are those that were typed; what cannot be read is left out and refused.
    `was` is the place that it had, 0 for a new one.
    """

    row: str
    cells: Cells
    place: int
    was: int

    @property
    def rank(self) -> tuple[int, int]:
        """Where it is to stand: who is moved to a place takes it from who was there."""
        up = not self.was or self.place < self.was
        return self.place, 0 if self.place == self.was else -1 if up else 1


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    for place, (row, cells) in enumerate(in_order(dossier), 1):
        yield from _shown(row, cells, str(place))
    for row in NEW:
        yield from _shown(row, {"type": "voice", "answered_by": "agency"}, "")


def _shown(row: str, cells: Cells, place: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    number = cells.get("number", "")
    yield f"phone-{row}-number", (written(number) if number else "",)
    for field in ("extension", "type", "answered_by", "description"):
        yield f"phone-{row}-{field}", (cells.get(field, ""),)
    yield f"phone-{row}-always_open", (_ANSWERS[cells.get("always_open", "")],)
    yield f"phone-{row}-place", (place,)


def in_order(dossier: Dossier) -> Sequence[_Row]:
    """Return the numbers in the order in which they are tried."""
    return sorted(
        dossier.of("phone").items(),
        key=lambda row: (
            int(row[1]["position"]),
            _TYPE_ORDER.index(row[1]["type"]),
            row[1]["number"],
        ),
    )


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the numbers."""
    rows = in_order(sheet.dossier)
    gone = [(row, cells) for row, cells in rows if _is_gone(sheet, row)]
    wanted = [
        _kept(sheet, row, cells, place)
        for place, (row, cells) in enumerate(rows, 1)
        if (row, cells) not in gone
    ]
    new = [_new(sheet, row) for row in NEW if _is_filled(sheet, row)]
    return (
        *(change for row, cells in gone for change in _taken_away(sheet, row, cells)),
        *_placed(sheet, wanted, new),
    )


def _is_gone(sheet: Sheet, row: str) -> bool:
    number = f"phone-{row}-number"
    return "yes" in sheet.typed.many(f"phone-{row}-gone") or (
        sheet.typed.has(number) and not sheet.typed.one(number)
    )


def _is_filled(sheet: Sheet, row: str) -> bool:
    fields = ("number", "extension", "description")
    return any(sheet.typed.one(f"phone-{row}-{field}") for field in fields)


def _taken_away(sheet: Sheet, row: str, cells: Cells) -> Patch:
    """Return the changes that take a number away, and what is said of it."""
    spoken = (
        removed("language", i, language)
        for i, language in sheet.dossier.of("language").items()
        if language["phone_id"] == row
    )
    return (*spoken, removed("phone", row, cells))


def _kept(sheet: Sheet, row: str, cells: Cells, place: int) -> _Wanted:
    after = _read(sheet, row, cells)
    return _Wanted(row=row, cells=after, place=_place(sheet, row, place), was=place)


def _new(sheet: Sheet, row: str) -> _Wanted:
    usual = {"type": "voice", "answered_by": "agency"}
    after = {**usual, **_read(sheet, row, {})}
    if not sheet.typed.one(f"phone-{row}-number"):
        sheet.refuse(f"phone-{row}-number", Fault.MISSING)
    return _Wanted(row=row, cells=after, place=_place(sheet, row, _LAST), was=0)


def _place(sheet: Sheet, row: str, usual: int) -> int:
    name = f"phone-{row}-place"
    typed = sheet.typed.one(name) or str(usual)
    if typed.isascii() and typed.isdigit() and len(typed) <= len(str(_LAST)):
        return int(typed)
    sheet.refuse(name, Fault.ORDER)
    return usual


def _read(sheet: Sheet, row: str, cells: Cells) -> Cells:
    """Return the cells that a row of the form asks for."""
    kind = _choice(sheet, f"phone-{row}-type", cells.get("type"), PhoneType)
    answered = _choice(
        sheet, f"phone-{row}-answered_by", cells.get("answered_by"), AnsweredBy
    )
    after = {
        **({"type": kind} if kind else {}),
        **({"answered_by": answered} if answered else {}),
        **_number(sheet, row, cells, kind or "voice"),
        **read_note(sheet, f"phone-{row}-description", "description", cells),
    }
    always = sheet.typed.one(
        f"phone-{row}-always_open", _ANSWERS[cells.get("always_open", "")]
    )
    if always in _YES_NO:
        return {**after, "always_open": _YES_NO[always]}
    sheet.refuse(f"phone-{row}-always_open", Fault.CHOICE)
    return after


def _choice(
    sheet: Sheet, name: str, cell: str | None, choices: type[PhoneType | AnsweredBy]
) -> str | None:
    typed = sheet.typed.one(name, cell or "")
    if not typed or typed in {choice.value for choice in choices}:
        return typed or None
    sheet.refuse(name, Fault.CHOICE)
    return cell


def _number(sheet: Sheet, row: str, cells: Cells, kind: str) -> Cells:
    """Return number and extension; an extension may stand with the number."""
    name, held = f"phone-{row}-number", cells.get("number", "")
    typed = sheet.typed.one(name)
    extension = sheet.typed.one(f"phone-{row}-extension", cells.get("extension", ""))
    if not typed or (held and typed == written(held)):
        return _extension(sheet, row, cells, extension)
    shared = belongs_to_everybody(typed, _names(sheet))
    found = read_number(typed, kind)
    if shared or found is None:
        sheet.refuse(name, Fault.SHARED if shared else Fault.NUMBER)
        return {}
    return {
        "number": found[0],
        **_extension(sheet, row, cells, extension or found[1]),
    }


def _names(sheet: Sheet) -> tuple[str, ...]:
    """Return the names of the listing, and the numbers that it has already."""
    held = (cells["number"] for cells in sheet.dossier.of("phone").values())
    main = sheet.dossier.main
    return (
        main["name"],
        main["alternate_name"],
        *(n for n in held if len(n) == _SHORT),
    )


def _extension(sheet: Sheet, row: str, cells: Cells, typed: str) -> Cells:
    if typed == cells.get("extension", ""):
        return {"extension": typed}
    digits = typed.casefold().removeprefix("ext").lstrip(". ").removeprefix("x")
    is_digits = digits.isascii() and digits.isdigit()
    only_zeros = len(digits) > 1 and not digits.strip("0")
    if typed and (not is_digits or len(digits) > _EXTENSION_DIGITS or only_zeros):
        sheet.refuse(f"phone-{row}-extension", Fault.EXTENSION)
        return {}
    return {"extension": digits}


def _placed(sheet: Sheet, kept: Sequence[_Wanted], new: Sequence[_Wanted]) -> Patch:
    """Return the changes of numbers that stay or come, with their places.

    Where the order stays, so do the places, and what is new comes last.
    """
    said = [*kept, *new]
    wished = sorted(said, key=lambda wanted: wanted.rank)
    places = [int(c["position"]) for c in sheet.dossier.of("phone").values()]
    first = 0 if wished != said else max(places, default=-1) + 1 - len(kept)
    patches = [
        _written(
            sheet,
            wanted,
            {}
            if wished == said and wanted in kept
            else {"position": str(first + index)},
        )
        for index, wanted in enumerate(wished)
    ]
    return tuple(change for patch in patches for change in patch)


def _written(sheet: Sheet, wanted: _Wanted, place: Cells) -> Patch:
    cells = {**wanted.cells, **place}
    if wanted.row in sheet.dossier.of("phone"):
        return sheet.change("phone", wanted.row, cells)
    if "number" not in cells:
        # It was refused already.
        return ()
    owner = f"{sheet.dossier.subject.kind.value}_id"
    return (sheet.make("phone", {owner: sheet.subject_id, **cells}),)
