"""Rows of records that were corrected on the site: what stands there stays."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from directory.hsds import Location, Record, Visibility
from directory.interchange.package import Row, table_name
from directory.interchange.table import Table

RecordKey = tuple[str, str]
"""The table and the id of a record."""


@dataclass(slots=True, kw_only=True)
class Kept:
    """The records that a file leaves alone, and what follows from that.

    `gone` are those that are not there any more, `hidden` the places among them of
    which less is shown than all, `left_out` all rows that were not written.
    """

    records: Collection[RecordKey]
    gone: set[RecordKey] = field(default_factory=set)
    hidden: set[RecordKey] = field(default_factory=set)
    left_out: set[RecordKey] = field(default_factory=set)

    def stays(self, table: Table, row: Row, record: Record | None) -> bool:
        """Tell whether `row` is not to be written; `record` is what is there now.

        Parents are asked about before their children.
        """
        key = (table_name(table), str(row.values["id"]))
        if key not in self.records and not self._hangs_on_what_stays(table, row):
            return False
        self.left_out.add(key)
        if record is None:
            self.gone.add(key)
        elif isinstance(record, Location) and record.visibility != Visibility.PUBLIC:
            self.hidden.add(key)
        return True

    def _hangs_on_what_stays(self, table: Table, row: Row) -> bool:
        """Tell whether `row` is of what is gone, or the street of a hidden place."""
        if not self.gone and not self.hidden:
            return False
        owners = {*_owners(table, row)}
        is_street = table_name(table) == "address"
        return not owners.isdisjoint(self.gone) or (
            is_street and not owners.isdisjoint(self.hidden)
        )


def _owners(table: Table, row: Row) -> Iterator[RecordKey]:
    """Yield the records that `row` points at."""
    for key in table.model.metadata.tables[table_name(table)].foreign_keys:
        value = row.values.get(key.parent.name)
        if key.column.name == "id" and value is not None:
            yield key.column.table.name, str(value)
