"""Finding: from a request to the rows that fit, in their order."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from directory.index.catalog import Catalog
from directory.index.column import Mask
from directory.index.coverage import Reach
from directory.index.filters import Filters
from directory.index.query import Query, QueryReader
from directory.index.result import SearchRequest
from directory.index.scoring import Scored, Scorer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What a request leaves: `base` before the filters, `mask` after them."""

    request: SearchRequest
    query: Query
    scored: Scored
    reach: Reach
    filters: Filters
    base: Mask
    mask: Mask
    any_word: bool

    @property
    def count(self) -> int:
        """How many listings fit."""
        return int(np.count_nonzero(self.mask))


class Finder:
    """Finds listings of one catalog."""

    def __init__(self, catalog: Catalog, reader: QueryReader, scorer: Scorer) -> None:
        """Read requests with `reader`, and score with `scorer`."""
        self._catalog = catalog
        self._reader = reader
        self._scorer = scorer

    def find(self, request: SearchRequest, now: dt.datetime) -> Found:
        """Return what fits `request` at `now`.

        All words are wanted. Any of them is enough only where no listing that reaches
        the place has all of them.
        """
        query = self._reader.read(request)
        scored = self._scorer.score(query)
        reach = self._reach(query.county)
        base = scored.giving_all(reach.inside)
        if not base.any():
            base = scored.having_all(reach.inside)
        any_word = len(scored.required) > 1 and not base.any()
        if any_word:
            base = scored.having_any(reach.inside)
            any_word = bool(base.any())
        filters = Filters(self._catalog, request, now)
        return Found(
            request=request,
            query=query,
            scored=scored,
            reach=reach,
            filters=filters,
            base=base,
            mask=filters.passed(base),
            any_word=any_word,
        )

    def ordered(self, found: Found) -> NDArray[np.int64]:
        """Return the rows that fit, best first; equal ones by name, then by id."""
        rows = np.flatnonzero(found.mask)
        if is_empty(found):
            return rows[np.argsort(self._catalog.name_order[rows])]
        hits = np.sum([score.hit for score in found.scored.required], axis=0)
        keys = (
            self._catalog.name_order,
            -found.scored.relevance,
            found.reach.miles,
            self._unsaid(found),
            found.scored.weak,
            -hits * np.ones(self._catalog.size),
            self._catalog.below,
            ~found.scored.whole_name,
            found.reach.groups,
        )
        # The last key of a lexical sort is the first that counts.
        return rows[np.lexsort([key[rows] for key in keys])]

    def _unsaid(self, found: Found) -> NDArray[np.int64]:
        """Return on how many of the asked attributes each listing is silent."""
        silent = np.zeros(self._catalog.size, dtype=np.int64)
        for code in found.request.eligibility:
            silent += found.filters.doors.unsaid(code)
        return silent

    def _reach(self, county: str | None) -> Reach:
        coverage = self._catalog.coverage
        return coverage.anywhere() if county is None else coverage.reach(county)


def is_empty(found: Found) -> bool:
    """Tell whether nothing at all was asked for."""
    return replace(found.request, page=1) == SearchRequest()
