"""Rows of listings that were merged since a package was written: none comes back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session, select

from directory.hsds import Redirect
from directory.interchange.package import Row, table_name
from directory.interchange.table import Table, Value

_STAND_BY_THEMSELVES = frozenset({"organization", "service", "location"})
"""What a package may add to a listing that was merged; the rest went up in the other's,
or was left out when somebody chose."""


@dataclass(slots=True, kw_only=True)
class Merged:
    """What became of merged listings, and the ids of the rows that are left out."""

    redirects: Mapping[str, str]
    left_out: set[str] = field(default_factory=set)

    def followed(
        self, table: Table, rows: Sequence[Row], known: Collection[str]
    ) -> Iterator[Row]:
        """Yield the rows that are still to be written, pointing at what is there now.

        `known` are the ids of the records that the table holds.
        """
        for row in rows:
            points = {f: value for f, value in row.values.items() if f.endswith("_id")}
            moved = {f: self._end(row, v) for f, v in points.items() if v in self}
            if self._is_left_out(table, row, known, points, is_moved=bool(moved)):
                self.left_out.add(str(row.values["id"]))
            else:
                yield replace(row, values={**row.values, **moved}) if moved else row

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.redirects

    def _is_left_out(
        self,
        table: Table,
        row: Row,
        known: Collection[str],
        points: Mapping[str, Value],
        *,
        is_moved: bool,
    ) -> bool:
        own = str(row.values["id"])
        lost = any(v in self.left_out and v not in self for v in points.values())
        by_itself = table_name(table) in _STAND_BY_THEMSELVES
        return own in self or lost or (is_moved and own not in known and not by_itself)

    def _end(self, row: Row, old: Value) -> Value:
        """Return what an old id leads to by now; nothing is a part of itself."""
        end = self.redirects[str(old)]
        return None if end == row.values["id"] else end


def merged_in(session: Session) -> Merged:
    """Return what was merged in a database."""
    found = session.exec(select(Redirect.id, Redirect.to_id)).all()
    return Merged(redirects=dict(found))
