"""Writes a patch into the tables; where it merges, with all that must follow."""

from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.merging.estate import is_hidden
from directory.curation.merging.followers import follow, left_behind
from directory.curation.merging.merge import UNEVEN
from directory.curation.merging.merger import Merger, MergeRefusedError, mergers_in
from directory.curation.records.cells import cells_of
from directory.curation.records.moving import Move
from directory.curation.records.patch import (
    Clash,
    Patch,
    PatchConflictError,
    apply,
    clashes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was written: `moves` are those that no patch tells."""

    moves: tuple[Move, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """What the history has to know to put it back."""
        return {"moved": list(self.moves)} if self.moves else {}


def carry_out(session: Session, patch: Patch) -> Carried:
    """Write `patch`. Raises what `apply` does, and `MergeRefusedError`."""
    mergers = [*mergers_in(patch)]
    if not mergers:
        apply(session, patch)
        return Carried()
    found = [*clashes(session, patch), *_unknown(session, mergers, patch)]
    if found:
        raise PatchConflictError(found)
    for merger in mergers:
        _refuse_uneven(session, merger)
    moves = [m for merger in mergers for m in follow(session, merger, patch)]
    apply(session, patch)
    return Carried(moves=tuple(moves))


def _unknown(session: Session, mergers: list[Merger], patch: Patch) -> list[Clash]:
    """Return what was added since to a listing that is to go, as clashes."""
    return [
        Clash(
            table=str(record.__tablename__),
            id=record.id,
            field=field,
            before="",
            now=cells_of(record)[field],
            after=merger.kept_id,
        )
        for merger in mergers
        for record, field in left_behind(session, merger, patch)
    ]


def _refuse_uneven(session: Session, merger: Merger) -> None:
    """Raise `MergeRefusedError` if a place was hidden, or shown, since."""
    if is_hidden(session, merger.kept) != is_hidden(session, merger.gone):
        raise MergeRefusedError(UNEVEN)
