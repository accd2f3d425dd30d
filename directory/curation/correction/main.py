"""The fields of an organization or a service itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from directory.curation.correction.fault import Fault
from directory.curation.correction.link import read_link, read_mail
from directory.curation.correction.sheet import Sheet
from directory.curation.correction.typed import is_same, one_line
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch
from directory.curation.records.subject import SubjectKind
from directory.hsds import Coverage, OutOfCounty, ServiceStatus
from directory.interchange.table import read_text

DELIVERY = ("in_person", "phone", "online", "mobile")
"""How help can be given."""

ACCESS = (
    *("walk_in", "self_referral", "agency_referral", "dss_referral"),
    *("police_referral", "court_referral", "appointment", "application"),
    "through_211",
)
"""How one can get in."""

STATUSES = (
    ServiceStatus.ACTIVE.value,
    ServiceStatus.TEMPORARILY_CLOSED.value,
    ServiceStatus.DEFUNCT.value,
)
_Read = Callable[["Field", str, str], str | Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field with one text: how it is read, and what it may hold."""

    name: str
    read: _Read
    longest: int = 300
    required: bool = False
    choices: tuple[str, ...] = ()


def _line(_field: Field, typed: str, _cell: str) -> str:
    return one_line(typed)


def _text(_field: Field, typed: str, _cell: str) -> str:
    return typed


def _link(_field: Field, typed: str, _cell: str) -> str | Fault:
    return read_link(typed) or Fault.LINK


def _mail(_field: Field, typed: str, _cell: str) -> str | Fault:
    return read_mail(typed) or Fault.MAIL


def _choice(field: Field, typed: str, cell: str) -> str | Fault:
    return typed if typed in {*field.choices, cell} else Fault.CHOICE


def _yes(_field: Field, typed: str, cell: str) -> str | Fault:
    """Read a box: what was not known stays so where nobody ticks it."""
    if typed in {"yes", "no"}:
        return {"yes": "true", "no": "false" if cell else ""}[typed]
    return Fault.CHOICE


_NAMES = (
    Field(name="name", read=_line, longest=200, required=True),
    Field(name="alternate_name", read=_line, longest=400),
    Field(name="description", read=_text, longest=2000, required=True),
)
_TEXTS: Mapping[SubjectKind, tuple[Field, ...]] = {
    SubjectKind.ORGANIZATION: (
        *_NAMES,
        Field(name="website", read=_link, longest=500),
        Field(name="email", read=_mail, longest=254),
    ),
    SubjectKind.SERVICE: (
        *_NAMES,
        Field(name="url", read=_link, longest=500),
        Field(name="email", read=_mail, longest=254),
        Field(name="status", read=_choice, required=True, choices=STATUSES),
        Field(
            name="coverage",
            read=_choice,
            required=True,
            choices=tuple(c.value for c in Coverage if c is not Coverage.SITE_ONLY),
        ),
        Field(
            name="out_of_county",
            read=_choice,
            choices=tuple(answer.value for answer in OutOfCounty),
        ),
        Field(name="area_note", read=_line, longest=500),
        Field(name="always_open", read=_yes),
        Field(name="hours_note", read=_line, longest=500),
        Field(name="length_of_stay", read=_line),
        Field(name="capacity_note", read=_line),
        Field(name="alert", read=_line, longest=1000),
    ),
}
_WORDS: Mapping[SubjectKind, Mapping[str, tuple[str, ...]]] = {
    SubjectKind.ORGANIZATION: {},
    SubjectKind.SERVICE: {"delivery": DELIVERY, "access": ACCESS},
}


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    kind, main = dossier.subject.kind, dossier.main
    for field in _TEXTS[kind]:
        cell = main[field.name]
        if field.read is _yes:
            cell = "yes" if cell == "true" else "no"
        yield field.name, (cell,)
    for name in _WORDS[kind]:
        yield name, tuple(main[name].split())


def asked(sheet: Sheet) -> Patch:
    """Return the change of the organization or service itself."""
    kind = sheet.dossier.subject.kind
    after = {
        field.name: wanted
        for field in _TEXTS[kind]
        if (wanted := _wanted(sheet, field)) is not None
    }
    for name, words in _WORDS[kind].items():
        if sheet.typed.has(name):
            after[name] = _ticked(sheet, name, words)
    return sheet.change(kind.value, sheet.subject_id, after)


def _wanted(sheet: Sheet, field: Field) -> str | None:
    """Return the cell that is asked for, `None` if it is to stay."""
    cell = sheet.dossier.main[field.name]
    if not sheet.typed.has(field.name):
        return None
    typed = sheet.typed.one(field.name)
    if is_same(typed, cell):
        return None
    if not typed:
        if field.required:
            sheet.refuse(field.name, Fault.MISSING)
        return None if field.required else ""
    is_long = len(one_line(typed)) > field.longest
    read = Fault.TOO_LONG if is_long else field.read(field, typed, cell)
    wanted = checked(read, field.longest)
    if isinstance(wanted, Fault):
        sheet.refuse(field.name, wanted)
        return None
    return wanted


def checked(text: str | Fault, longest: int) -> str | Fault:
    """Return a text if it may be kept, or what is wrong with it."""
    if isinstance(text, Fault):
        return text
    if len(text) > longest:
        return Fault.TOO_LONG
    try:
        return read_text(text)
    except ValueError:
        return Fault.CHARACTER


def _ticked(sheet: Sheet, name: str, words: tuple[str, ...]) -> str:
    """Return the words that are ticked: those that stood there first, as they stood."""
    held = sheet.dossier.main[name].split()
    ticked = sheet.typed.many(name)
    kept = [word for word in held if word in ticked]
    new = [word for word in words if word in ticked and word not in held]
    return " ".join((*kept, *new))
