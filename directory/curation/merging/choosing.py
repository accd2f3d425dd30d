"""What two listings say differently, and what is taken unless somebody chooses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.curation.merging.estate import Estate
from directory.curation.records.cells import BY_NAME, Cells
from directory.curation.records.subject import SubjectKind


class Side(StrEnum):
    """Whose value is taken."""

    KEPT = "kept"
    GONE = "gone"


HOURS = "hours"
"""When it is open: all spans together, with their note. Two halves make no week."""
COST = "cost"
SOURCE = "source"
"""Where the listing as a whole comes from, and how good that is."""
RULES = "rules:"
"""What stands before the attribute of eligibility rules: `rules:pets`."""

OF_SOURCE = ("source", "source_date", "read_on", "evidence", "basis")
OF_HOURS = ("always_open", "hours_note")
_NOT_CHOSEN = frozenset(
    {
        *("id", "organization_id", "alternate_name", "last_modified"),
        *OF_SOURCE,
    }
)
"""Fields that a group holds, that both keep, or that follow from the merge."""

SAME_BODY = "other"
"""Rules in free words: no two of them are about the same, so none replaces another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that both say differently: records of `table`, and which cells of them.

    `usual` is the side that is taken where nobody chooses: that which stays, unless it
    says nothing.
    """

    name: str
    table: str
    kept: tuple[Cells, ...]
    gone: tuple[Cells, ...]
    usual: Side


def choices(kept: Estate, gone: Estate) -> tuple[Choice, ...]:
    """Return what has to be chosen before `gone` can go up in `kept`."""
    groups = [*_fields(kept, gone), _group(SOURCE, OF_SOURCE, kept, gone)]
    if kept.kind is SubjectKind.SERVICE:
        groups += [*_records(kept, gone), *_rules(kept, gone)]
    return tuple(
        Choice(
            name=name,
            table=table,
            kept=ours,
            gone=theirs,
            usual=Side.KEPT if ours else Side.GONE,
        )
        for name, table, ours, theirs in groups
        if _bare(ours) != _bare(theirs)
    )


_Group = tuple[str, str, tuple[Cells, ...], tuple[Cells, ...]]


def parent_of(estate: Estate, other: Estate) -> str:
    """Return of what `estate` is a part, as far as a merged one may be a part of it.

    Not of itself, nor, by whatever is between, of one of its own parts.
    """
    circle = other.id in estate.above
    return "" if circle else estate.main["parent_organization_id"]


def _fields(kept: Estate, gone: Estate) -> Iterable[_Group]:
    for column in BY_NAME[kept.kind.value].columns:
        field = column.field
        if field in _NOT_CHOSEN or (
            kept.kind is SubjectKind.SERVICE and field in OF_HOURS
        ):
            continue
        if field == "parent_organization_id":
            ours, theirs = parent_of(kept, gone), parent_of(gone, kept)
        else:
            ours, theirs = kept.main[field], gone.main[field]
        yield field, kept.kind.value, _cell(field, ours), _cell(field, theirs)


def _cell(field: str, cell: str) -> tuple[Cells, ...]:
    return ({field: cell},) if cell else ()


def _group(name: str, fields: Sequence[str], kept: Estate, gone: Estate) -> _Group:
    table = kept.kind.value
    return name, table, _part(kept.main, fields), _part(gone.main, fields)


def _part(cells: Cells, fields: Sequence[str]) -> tuple[Cells, ...]:
    found = {field: cells[field] for field in fields if cells.get(field)}
    return (found,) if found else ()


def _records(kept: Estate, gone: Estate) -> Iterable[_Group]:
    yield (HOURS, "schedule", hours_of(kept), hours_of(gone))
    ours, theirs = (_told(e.of("cost_option").values()) for e in (kept, gone))
    yield (COST, "cost_option", ours, theirs)


def hours_of(estate: Estate) -> tuple[Cells, ...]:
    """Return the hours of a service wherever it is given, and the note on them."""
    spans = {i: c for i, c in estate.of("schedule").items() if is_general(c)}
    noted = {f: estate.main[f] for f in OF_HOURS if estate.main[f] not in {"", "false"}}
    return (*_told(spans.values()), *([noted] if noted else []))


def is_general(schedule: Cells) -> bool:
    """Tell whether hours hold for the whole service, and not for one of its places."""
    return not schedule["service_at_location_id"]


def _rules(kept: Estate, gone: Estate) -> Iterable[_Group]:
    """Yield the attributes about which both have rules, which are not the same."""
    ours, theirs = rules_by_attribute(kept), rules_by_attribute(gone)
    for attribute in sorted(ours.keys() & theirs.keys() - {SAME_BODY}):
        yield (
            f"{RULES}{attribute}",
            "eligibility_rule",
            _told(ours[attribute].values()),
            _told(theirs[attribute].values()),
        )


def rules_by_attribute(estate: Estate) -> Mapping[str, Mapping[str, Cells]]:
    """Return the rules of a service, by what they are about."""
    found: dict[str, dict[str, Cells]] = {}
    for identifier, cells in estate.of("eligibility_rule").items():
        found.setdefault(cells["attribute"], {})[identifier] = cells
    return found


def _told(records: Iterable[Cells]) -> tuple[Cells, ...]:
    """Return records in an order of their own."""
    return tuple(sorted(records, key=lambda cells: sorted(_essence(cells).items())))


_BESIDES = frozenset({"service_id", "note", *OF_SOURCE})
"""Fields in which two records may differ and say the same."""


def _bare(records: Iterable[Cells]) -> list[Cells]:
    return [_essence(cells) for cells in records]


def _essence(cells: Cells) -> dict[str, str]:
    """Return what a record says, without whose it is and where it comes from."""
    own = {f: cell for f, cell in cells.items() if f not in _BESIDES}
    return own or dict(cells)
