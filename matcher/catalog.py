"""The catalog: all candidates as columns, compiled once and asked many times."""

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np

from matcher import bits
from matcher.availability import Availability
from matcher.bits import Mask
from matcher.candidate import Candidate
from matcher.criteria import FOCUS_VALUES
from matcher.eligibility import Eligibility
from matcher.freshness import Freshness
from matcher.language import Languages
from matcher.reach import Geography, Reaches
from matcher.taxonomy import Taxonomy


class Catalog:
    """Candidates in the order of their ids, and the columns that judge them.

    The order of the input does not matter. Rules are compiled for `day`; a catalog
    says nothing of other days, so it is built anew when the day changes.
    """

    def __init__(
        self,
        candidates: Iterable[Candidate],
        *,
        taxonomy: Taxonomy,
        geography: Geography,
        day: dt.date,
    ) -> None:
        """Compile `candidates` for `day`."""
        self.candidates = tuple(sorted(candidates, key=lambda c: c.id))
        self.taxonomy = taxonomy
        self.geography = geography
        self.day = day
        self.size = len(self.candidates)
        self.eligibility = Eligibility(self.candidates, day)
        self.reaches = Reaches(self.candidates, geography)
        self.languages = Languages(self.candidates)
        self.availability = Availability(self.candidates)
        self.freshness = Freshness(self.candidates)
        self.focus = np.array(
            [FOCUS_VALUES[c.focus] for c in self.candidates], dtype=np.float64
        )
        self.refers_only = self._mask(c.refers_only for c in self.candidates)
        self.can_be_called = self._mask(c.can_be_called for c in self.candidates)
        self.doubtful_line = self._mask(c.doubtful_line for c in self.candidates)
        self.only_remote = self._mask(c.only_remote for c in self.candidates)
        self.always_answered = self._mask(c.always_answered for c in self.candidates)
        self.faith_based = self._mask(bool(c.faith_based) for c in self.candidates)
        names = sorted({c.organization_id for c in self.candidates})
        numbers = {name: number for number, name in enumerate(names)}
        self.organizations = tuple(names)
        self.organization = np.array(
            [numbers[c.organization_id] for c in self.candidates], dtype=np.intp
        )
        self.covers = {
            code: bits.of_rows(rows, self.size)
            for code, rows in self._rows_by_code().items()
        }

    def _rows_by_code(self) -> Mapping[str, list[int]]:
        rows: dict[str, list[int]] = {code: [] for code in self.taxonomy.terms}
        for row, candidate in enumerate(self.candidates):
            for code in candidate.codes & rows.keys():
                rows[code].append(row)
        return rows

    @staticmethod
    def _mask(said: Iterable[bool]) -> Mask:
        return np.fromiter(said, dtype=np.bool_)

    def row_of(self, service_id: str) -> int | None:
        """Return the row of a service, `None` when it is not in the catalog."""
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if self.candidates[middle].id < service_id:
                low = middle + 1
            else:
                high = middle
        found = low < self.size and self.candidates[low].id == service_id
        return low if found else None
