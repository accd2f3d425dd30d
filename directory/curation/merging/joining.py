"""Joins what hangs on two listings, so that the one that stays has each thing once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange, compared, removed

Records = Mapping[str, Cells]
"""Cells by id."""

SAME_IF: Mapping[str, tuple[str, ...]] = {
    "phone": ("number", "extension", "type"),
    "language": ("service_id", "phone_id", "code", "by"),
    "service_area": ("type", "fips", "description"),
    "accessibility": ("description",),
    "required_document": ("document",),
    "attribute": ("taxonomy_term_id",),
    "service_at_location": ("location_id",),
    "eligibility_rule": ("attribute", "effect", "values", "minimum", "maximum", "note"),
}
"""By which fields two records of a table say the same."""

_FILLED = frozenset({"always_open", "description", "details", "note"})
"""Fields of a repeated record that are taken over where the other has nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The changes, and which record stands now for each one that was a repeat."""

    patch: Patch = ()
    instead: Mapping[str, str]


def join(table: str, kept: Records, gone: Records, owners: Mapping[str, str]) -> Joined:
    """Let the records `gone` belong to whom `kept` belong to; take repeats away.

    `owners` maps the id of each thing that goes to the one that stands for it.
    """
    there = {_key(table, cells, owners): i for i, cells in kept.items()}
    last = max(
        (int(c["position"]) for c in kept.values() if "position" in c), default=-1
    )
    patch: list[RecordChange] = []
    instead: dict[str, str] = {}
    for identifier, cells in _in_order(gone):
        same = there.get(_key(table, cells, owners))
        if same is not None:
            instead[identifier] = same
            patch += [removed(table, identifier, cells)]
            patch += _filled(table, same, kept[same], cells)
            continue
        after = moved_cells(cells, owners)
        if "position" in cells:
            # What is tried first at the one that stays is still tried first.
            last += 1
            after["position"] = str(last)
        patch += compared(table, identifier, cells, after)
    return Joined(patch=tuple(patch), instead=instead)


def moved(table: str, records: Records, owners: Mapping[str, str]) -> Patch:
    """Let all of `records` belong to what stands for their owner."""
    return tuple(
        change
        for identifier, cells in records.items()
        for change in compared(table, identifier, cells, moved_cells(cells, owners))
    )


def dropped(table: str, records: Records) -> Patch:
    """Take all of `records` away."""
    return tuple(removed(table, identifier, c) for identifier, c in records.items())


def moved_cells(cells: Cells, owners: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that point at something that goes, pointing on."""
    return {
        field: owners[cell]
        for field, cell in cells.items()
        if field.endswith("_id") and cell in owners
    }


def _key(table: str, cells: Cells, owners: Mapping[str, str]) -> tuple[str, ...]:
    moved_on = {**cells, **moved_cells(cells, owners)}
    return tuple(moved_on[field].casefold() for field in SAME_IF[table])


def _in_order(records: Records) -> Iterable[tuple[str, Cells]]:
    return sorted(records.items(), key=lambda pair: int(pair[1].get("position", "0")))


def _filled(table: str, identifier: str, ours: Cells, theirs: Cells) -> Patch:
    after = {f: theirs[f] for f in _FILLED & {*ours} if theirs[f] and not ours[f]}
    return compared(table, identifier, ours, after)
