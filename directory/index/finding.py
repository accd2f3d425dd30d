"""Finding: from a request to the rows that fit, in their order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from directory.index.catalog import Catalog
from directory.index.column import Mask
from directory.index.coverage import ORDER, Reach
from directory.index.filters import Filters
from directory.index.query import Query, QueryReader
from directory.index.result import FacetValue, Group, SearchRequest
from directory.index.scores import MENTIONED, Scored
from directory.index.scoring import Scorer

_SURE = (ORDER.index(Group.COUNTY), ORDER.index(Group.STATEWIDE))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Base:
    """The listings that have what was typed, before any filter.

    `any_word` tells that nothing has all words, and any of them was enough.
    """

    rows: Mask
    any_word: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What a request leaves: `base` before the filters, `mask` after them."""

    request: SearchRequest
    query: Query
    scored: Scored
    reach: Reach
    filters: Filters
    official: Mask
    base: Base
    mask: Mask
    narrow: "Found | None" = None
    """What was found at the place: nothing, so that all of the state counts."""

    @property
    def widened(self) -> bool:
        """Whether what is elsewhere counts, as nothing at the place is left."""
        return self.narrow is not None

    @property
    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """The values of each filter, with what choosing each would show.

        What some value leaves at the place is shown, and nothing of elsewhere then.
        """
        facets = self.filters.facets(self.base.rows)
        if self.narrow is None:
            return facets
        here = self.narrow.facets
        return {name: _nearer(values, here[name]) for name, values in facets.items()}

    @property
    def not_in_all(self) -> tuple[str, ...]:
        """The words that were not required and that not all of what fits has."""
        return tuple(
            score.clause.text
            for score in self.scored.loose
            if bool((self.mask & ~score.hit).any())
        )

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
        """Return what fits `request` at `now`, elsewhere if nothing does there."""
        found = self.here(request, now)
        if found.count or not found.query.counties:
            return found
        wider = _widened(found)
        return wider if wider.count else found

    def here(self, request: SearchRequest, now: dt.datetime) -> Found:
        """Return what fits `request` at `now` and reaches its place.

        All words are wanted. Any of them is enough only where no listing that reaches
        the place has all of them.
        """
        query = self._reader.read(request)
        scored = self._scorer.score(query, now.date())
        official = self._official(query, scored)
        reach = self._reach(query.counties)
        reach = reach.with_first(official | _named(scored, reach))
        filters = Filters(self._catalog, request, now)
        base = _base(scored, reach.inside, official)
        return Found(
            request=request,
            query=query,
            scored=scored,
            reach=reach,
            filters=filters,
            official=official,
            base=base,
            mask=filters.passed(base.rows),
        )

    def ordered(self, found: Found) -> NDArray[np.int64]:
        """Return the rows that fit, best first; equal ones by name, then by id."""
        rows = np.flatnonzero(found.mask)
        if is_empty(found):
            return rows[np.argsort(self._catalog.name_order[rows])]
        keys = (
            self._catalog.name_order,
            -found.scored.relevance,
            found.reach.miles,
            self._unsaid(found),
            found.scored.tiers,
            -found.scored.suits,
            found.scored.tiers == MENTIONED,
            -found.scored.hits,
            found.scored.refuses,
            self._catalog.below,
            ~found.scored.whole_name,
            ~found.official,
            found.reach.groups,
        )
        # The last key of a lexical sort is the first that counts.
        return rows[np.lexsort([key[rows] for key in keys])]

    def _official(self, query: Query, scored: Scored) -> Mask:
        """Return the listings that are set first, at this place if there is one."""
        official = np.zeros(self._catalog.size, dtype=np.bool_)
        for row, boost in scored.official.items():
            official[row] = boost.anywhere or not query.counties
        return official

    def _unsaid(self, found: Found) -> NDArray[np.int64]:
        """Return on how many of the asked attributes each listing is silent."""
        silent = np.zeros(self._catalog.size, dtype=np.int64)
        for code in found.request.eligibility:
            silent += found.filters.doors.unsaid(code)
        return silent

    def _reach(self, counties: tuple[str, ...]) -> Reach:
        coverage = self._catalog.coverage
        if not counties:
            return coverage.anywhere()
        one = len(counties) == 1
        return coverage.reach(counties[0]) if one else coverage.reach_any(counties)


def is_empty(found: Found) -> bool:
    """Tell whether nothing at all was asked for."""
    return replace(found.request, page=1) == SearchRequest()


def _base(scored: Scored, inside: Mask, official: Mask) -> Base:
    """Return what has the words.

    Where a name was typed, its bearer elsewhere is better than half of the name here.
    Where all words only say for whom ("trafficked women"), what is set first for one of
    them need not name the others.
    """
    set_first = official & inside & scored.is_soft
    for rows in (
        scored.giving_all(inside) | set_first,
        scored.having_all(inside),
    ):
        if rows.any():
            return Base(rows=rows)
    if scored.is_name:
        return Base(rows=rows)
    rows = scored.having_any(inside)
    return Base(rows=rows, any_word=len(scored.required) > 1 and bool(rows.any()))


def _named(scored: Scored, reach: Reach) -> Mask:
    """Return the services of the body that was named.

    Where its name is a kind of help as well ("women's shelter"), those that may not
    reach the place are no better than others.
    """
    if scored.is_name:
        return scored.bodies
    return scored.bodies & np.isin(reach.groups, _SURE)


def _widened(found: Found) -> Found:
    reach = found.reach.widened()
    base = _base(found.scored, reach.inside, found.official)
    mask = found.filters.passed(base.rows)
    return replace(found, reach=reach, base=base, mask=mask, narrow=found)


def _nearer(
    values: Iterable[FacetValue], here: Iterable[FacetValue]
) -> tuple[FacetValue, ...]:
    """Return `values`, with the counts of `here` where there are some."""
    counts = {value.code: value.count for value in here if value.count}
    return tuple(
        replace(value, count=counts.get(value.code, value.count)) for value in values
    )
