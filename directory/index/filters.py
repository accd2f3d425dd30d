"""Filters over a catalog, and how many listings each value of a filter leaves.

Values of one filter are alternatives, filters must all hold. Each attribute of
eligibility is a filter of its own: a person with children who has no ID is both.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from directory.index.catalog import Catalog, Doors
from directory.index.column import Column, Mask
from directory.index.doors import OFFERED, attribute_of
from directory.index.result import FacetValue, SearchRequest

_ELIGIBILITY = "eligibility:"


class Filters:
    """The filters of one request: a mask for each, and the counts beside them."""

    def __init__(
        self, catalog: Catalog, request: SearchRequest, now: dt.datetime
    ) -> None:
        """Compute the masks of `request` at `now`, as clocks in the state show it."""
        self._catalog = catalog
        self._request = request
        self._doors = catalog.doors(now.date())
        self._columns: dict[str, tuple[Column, Sequence[str]]] = {
            "service": (catalog.service, request.services),
            "language": (catalog.language, request.languages),
            "delivery": (catalog.delivery, request.delivery),
            "cost": (catalog.cost, request.cost),
        }
        self._masks = dict(self._chosen(now))

    @property
    def doors(self) -> Doors:
        """The eligibility of the day."""
        return self._doors

    def passed(self, base: Mask) -> Mask:
        """Return those of `base` that pass all filters."""
        return self._passed_but("", base)

    def facets(self, base: Mask) -> dict[str, tuple[FacetValue, ...]]:
        """Return the values of each filter with what each would leave of `base`.

        The count of a value ignores what is chosen in its own filter.
        """
        facets = {
            name: _values(column, chosen, self._passed_but(name, base))
            for name, (column, chosen) in self._columns.items()
        }
        facets["eligibility"] = tuple(self._eligibility(base))
        return facets

    def _chosen(self, now: dt.datetime) -> Iterator[tuple[str, Mask]]:
        for name, (column, chosen) in self._columns.items():
            if chosen:
                yield name, column.any_of(chosen)
        by_attribute: dict[str, list[str]] = {}
        for code in self._request.eligibility:
            by_attribute.setdefault(attribute_of(code), []).append(code)
        for attribute, codes in by_attribute.items():
            yield _ELIGIBILITY + attribute, self._doors.kept(codes)
        if self._request.open_now:
            yield "open", self._catalog.open_at(now)
        if self._request.verified:
            yield "verified", self._catalog.verified

    def _passed_but(self, left_out: str, base: Mask) -> Mask:
        passed = base
        for name, mask in self._masks.items():
            if name != left_out:
                passed = passed & mask
        return passed

    def _eligibility(self, base: Mask) -> Iterator[FacetValue]:
        """Yield what some listing says yes or no to, with how many do not say no."""
        chosen = self._request.eligibility
        for code in (*OFFERED, *(c for c in chosen if c not in OFFERED)):
            passed = self._passed_but(_ELIGIBILITY + attribute_of(code), base)
            said = bool((passed & ~self._doors.unsaid(code)).any())
            if said or code in chosen:
                count = int(np.count_nonzero(passed & self._doors.kept([code])))
                yield FacetValue(code=code, count=count, chosen=code in chosen)


def _values(
    column: Column, chosen: Sequence[str], base: Mask
) -> tuple[FacetValue, ...]:
    counts: Mapping[str, int] = column.counts(base)
    unknown = dict.fromkeys((c for c in chosen if c not in counts), 0)
    return tuple(
        FacetValue(code=code, count=count, chosen=code in chosen)
        for code, count in (*counts.items(), *unknown.items())
        if count or code in chosen
    )
