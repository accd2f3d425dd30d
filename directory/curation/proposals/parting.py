"""Parts a change: what may be published at once, and what has to wait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from directory.curation.proposals.risk import Risk, risk_of
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange

_MAIN = frozenset({"organization", "service"})
"""Tables whose fields stand each for itself. The cells of others belong together."""
_SOURCE = frozenset({"source", "source_date", "read_on", "evidence", "basis"})
"""Where a record comes from follows from who says it: it goes with every part."""


def parted(patch: Patch) -> tuple[Patch, Patch]:
    """Return what of `patch` is of little risk, and all the rest.

    What cannot stand without something graver goes with it: a record that refers to
    one that changes, and texts that lead somewhere only together.
    """
    if risk_of(patch) is Risk.LOW:
        return patch, ()
    pieces = [piece for change in patch for piece in _pieces(change)]
    grave = [piece for piece in pieces if risk_of((piece,)) is not Risk.LOW]
    ids = {p.id for p in grave if p.table not in _MAIN or p.before is None}
    light = [p for p in pieces if p not in grave and not _refers(p, ids)]
    if not light or risk_of(tuple(light)) is not Risk.LOW:
        return (), patch
    return _joined(light), _joined(p for p in pieces if p not in light)


def _pieces(change: RecordChange) -> Iterator[RecordChange]:
    """Yield the change of each field of a main record; any other change is whole."""
    before, after = change.before, change.after
    told = [field for field in change.fields if field not in _SOURCE]
    if change.table not in _MAIN or before is None or after is None or not told:
        yield change
        return
    source = [field for field in change.fields if field in _SOURCE]
    for field in told:
        fields = (field, *source)
        yield replace(
            change,
            before={name: before[name] for name in fields},
            after={name: after[name] for name in fields},
        )


def _refers(piece: RecordChange, ids: set[str]) -> bool:
    cells = {*(piece.before or {}).values(), *(piece.after or {}).values()}
    return not ids.isdisjoint({piece.id, *cells})


def _joined(pieces: Iterable[RecordChange]) -> Patch:
    """Return one change of each record."""
    together: dict[tuple[str, str], list[RecordChange]] = defaultdict(list)
    for piece in pieces:
        together[piece.table, piece.id].append(piece)
    return tuple(
        replace(
            some[0],
            before=_merged(piece.before for piece in some),
            after=_merged(piece.after for piece in some),
        )
        for some in together.values()
    )


def _merged(cells: Iterable[Cells | None]) -> Cells | None:
    some = [one for one in cells if one is not None]
    return {field: cell for one in some for field, cell in one.items()} or None
