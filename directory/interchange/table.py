"""How each table stands in the data package: its file, its columns, their forms."""

import datetime as dt
import math
import re
import types
import typing
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from annotated_types import MaxLen

from directory.hsds import (
    Accessibility,
    Address,
    Attribute,
    Capacity,
    CostOption,
    EligibilityRule,
    Language,
    Location,
    Organization,
    Phone,
    Record,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Verification,
)
from directory.sentence import Sentence

Value = str | int | float | bool | dt.date | dt.datetime | tuple[str, ...] | None
_MAX_TEXT = 10_000


class UnreadableError(ValueError):
    """A cell cannot be read as a value of its column."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence, which goes on after the name of the field."""
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the file, the field of the table, and how to read it.

    `read` turns a non-empty text into a value, or raises `UnreadableError`.
    `empty` is what an empty cell means where one is allowed.
    """

    name: str
    field: str
    required: bool
    read: Callable[[str], Value]
    empty: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the data package.

    `constants` are columns that HSDS has and that hold the same value in every row.
    """

    model: type[Record]
    file: str
    columns: tuple[Column, ...]
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def header(self) -> list[str]:
        """The names of the columns as they are written."""
        return [c.name for c in self.columns] + [name for name, _ in self.constants]


def write_cell(value: object) -> str:
    """Return `value` as a cell; `None` is empty."""
    match value:
        case None:
            return ""
        case bool():
            text = str(value).lower()
        case StrEnum():
            text = value.value
        case tuple():
            text = " ".join(value)
        case dt.date():
            text = value.isoformat()
        case _:
            text = str(value)
    return text


def read_text(text: str) -> str:
    """Return `text` trimmed; control and direction characters are refused."""
    for character in text:
        if character in "\n\t":
            continue
        if unicodedata.category(character) in {"Cc", "Cs"} or character in _BIDI:
            raise UnreadableError(
                Sentence(
                    "holds the character U+%(code)s, which is not allowed",
                    code=f"{ord(character):04X}",
                )
            )
    if len(text) > _MAX_TEXT:
        raise too_long(_MAX_TEXT)
    return text.strip()


def too_long(longest: int) -> UnreadableError:
    """Return the error for a cell of more than `longest` characters."""
    return UnreadableError(Sentence("is longer than %(most)s characters", most=longest))


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# What an integer of every database can hold.
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def _read_whole(text: str) -> int:
    if _WHOLE.fullmatch(text) is None:
        raise UnreadableError(
            Sentence(
                "must be a whole number of at most nine digits, not %(text)s",
                text=repr(text[:20]),
            )
        )
    return int(text)


def _read_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnreadableError(
            Sentence("must be a number, not %(text)s", text=repr(text[:20]))
        )
    return number


def _read_yes(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise UnreadableError(
            Sentence("must be true or false, not %(text)s", text=repr(text))
        )
    return text.lower() == "true"


def _read_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UnreadableError(
            Sentence("must be a day such as 2026-01-31, not %(text)s", text=repr(text))
        ) from None


def _read_moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UnreadableError(
            Sentence("must be a moment with its zone, such as 2026-01-31T09:00-05:00")
        )
    return moment


def _read_words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _choice(values: type[StrEnum]) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        try:
            return values(text)
        except ValueError:
            allowed = ", ".join(values)
            raise UnreadableError(
                Sentence(
                    "%(text)s is not one of: %(allowed)s",
                    text=repr(text),
                    allowed=allowed,
                )
            ) from None

    return read


def _bounded(read: Callable[[str], Value], longest: int) -> Callable[[str], Value]:
    """Refuse what is too long for its column: only PostgreSQL would."""

    def bounded(text: str) -> Value:
        if len(text) > longest:
            raise too_long(longest)
        return read(text)

    return bounded


_READERS: dict[object, Callable[[str], Value]] = {
    str: read_text,
    int: _read_whole,
    float: _read_number,
    bool: _read_yes,
    dt.date: _read_day,
    dt.datetime: _read_moment,
    tuple[str, ...]: _read_words,
}


def _column(model: type[Record], field: str, name: str) -> Column:
    info = model.model_fields[field]
    annotation: object = info.annotation
    optional = False
    if isinstance(annotation, types.UnionType):
        kinds = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
        annotation, optional = kinds[0], True
    reader = (
        _choice(annotation)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum)
        else _READERS[annotation]
    )
    longest = next((m.max_length for m in info.metadata if isinstance(m, MaxLen)), None)
    if longest is not None:
        reader = _bounded(reader, longest)
    default: Value = None if info.is_required() else info.get_default()
    return Column(
        name=name,
        field=field,
        required=field == "id" or (info.is_required() and not optional),
        read=reader,
        empty=None if field == "id" else default,
    )


def describe(
    model: type[Record],
    file: str,
    *,
    names: dict[str, str] | None = None,
    constants: tuple[tuple[str, str], ...] = (),
) -> Table:
    """Return how the records of `model` stand in a file; `names` renames columns."""
    renamed = names or {}
    return Table(
        model=model,
        file=file,
        columns=tuple(
            _column(model, field, renamed.get(field, field))
            for field in sorted(
                model.model_fields,
                key=lambda f: (f != "id", not f.endswith("_id")),
            )
        ),
        constants=constants,
    )


TABLES: tuple[Table, ...] = (
    # Parents stand before their children: rows are written in this order.
    describe(Organization, "organizations.csv"),
    describe(Service, "services.csv"),
    describe(Location, "locations.csv"),
    describe(Address, "addresses.csv"),
    describe(ServiceAtLocation, "service_at_location.csv"),
    describe(Phone, "phones.csv"),
    describe(Schedule, "schedules.csv"),
    describe(Language, "languages.csv"),
    describe(ServiceArea, "service_areas.csv"),
    describe(Accessibility, "accessibility.csv"),
    describe(CostOption, "cost_options.csv"),
    describe(RequiredDocument, "required_documents.csv"),
    describe(
        Attribute,
        "attributes.csv",
        names={"service_id": "link_id"},
        constants=(("link_entity", "service"),),
    ),
    describe(EligibilityRule, "eligibility_rules.csv"),
    describe(Capacity, "capacities.csv"),
    describe(Verification, "verifications.csv"),
)
"""Every table of the data package. Vocabulary comes from `taxonomy.csv`."""
