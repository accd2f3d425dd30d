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
from directory.index.facts import SPOKEN_BY
from directory.index.result import FILTERS, FacetValue, SearchRequest

_ELIGIBILITY = "eligibility:"
_LANGUAGE = "language"
_ALWAYS_SHOWN = "verified"
"""That nothing was confirmed lately is worth knowing."""


class Filters:
    """The filters of one request: a mask for each, and the counts beside them."""

    def __init__(
        self, catalog: Catalog, request: SearchRequest, now: dt.datetime
    ) -> None:
        """Compute the masks of `request` at `now`, as clocks in the state show it."""
        self._catalog = catalog
        self._request = request
        self._doors = catalog.doors(now.date())
        self.confirmed = catalog.confirmed(now.date())
        self._columns: dict[str, tuple[Column, Sequence[str]]] = {
            "service": (catalog.service, request.services),
            "delivery": (catalog.delivery, request.delivery),
            "cost": (catalog.cost, request.cost),
            "accessibility": (catalog.accessibility, request.accessibility),
            "verified": (self.confirmed, request.verified),
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
            name: _values(column, chosen, self._passed_but(name, base), name)
            for name, (column, chosen) in self._columns.items()
        }
        facets["language"] = tuple(self._languages(base))
        facets["language_by"] = tuple(self._speakers(base))
        facets["eligibility"] = tuple(self._eligibility(base))
        return {name: facets[name] for name in FILTERS}

    def _chosen(self, now: dt.datetime) -> Iterator[tuple[str, Mask]]:
        for name, (column, chosen) in self._columns.items():
            if chosen:
                yield name, column.any_of(chosen)
        by_attribute: dict[str, list[str]] = {}
        for code in self._request.eligibility:
            by_attribute.setdefault(attribute_of(code), []).append(code)
        for attribute, codes in by_attribute.items():
            yield _ELIGIBILITY + attribute, self._doors.kept(codes)
        if self._request.languages or self._request.language_by:
            yield (
                _LANGUAGE,
                self._spoken(self._request.languages, self._request.language_by),
            )
        if self._request.open_now:
            yield "open", self._catalog.open_at(now)

    def _passed_but(self, left_out: str, base: Mask) -> Mask:
        passed = base
        for name, mask in self._masks.items():
            if name != left_out:
                passed = passed & mask
        return passed

    def _spoken(self, languages: Sequence[str], by: Sequence[str]) -> Mask:
        """Return where one of `languages` is spoken, and that by one of `by`.

        Without a language, any but English is meant.
        """
        if not by:
            return self._catalog.language.any_of(languages)
        wanted = languages or [x for x in self._catalog.languages if x != "en"]
        return self._catalog.speakers.any_of(f"{x}/{who}" for x in wanted for who in by)

    def _languages(self, base: Mask) -> Iterator[FacetValue]:
        chosen = self._request.languages
        passed = self._passed_but(_LANGUAGE, base)
        for code in dict.fromkeys((*self._catalog.languages, *chosen)):
            mask = self._spoken([code], self._request.language_by)
            yield from _value(code, passed & mask, chosen)

    def _speakers(self, base: Mask) -> Iterator[FacetValue]:
        chosen = self._request.language_by
        passed = self._passed_but(_LANGUAGE, base)
        for by in dict.fromkeys((*SPOKEN_BY, *chosen)):
            mask = self._spoken(self._request.languages, [by])
            yield from _value(by, passed & mask, chosen)

    def _eligibility(self, base: Mask) -> Iterator[FacetValue]:
        """Yield what some listing says yes or no to, with how many do not say no."""
        chosen = self._request.eligibility
        for code in (*OFFERED, *(c for c in chosen if c not in OFFERED)):
            passed = self._passed_but(_ELIGIBILITY + attribute_of(code), base)
            said = bool((passed & ~self._doors.unsaid(code)).any())
            if said or code in chosen:
                count = int(np.count_nonzero(passed & self._doors.kept([code])))
                yield FacetValue(code=code, count=count, chosen=code in chosen)


def _value(code: str, mask: Mask, chosen: Sequence[str]) -> Iterator[FacetValue]:
    count = int(np.count_nonzero(mask))
    if count or code in chosen:
        yield FacetValue(code=code, count=count, chosen=code in chosen)


def _values(
    column: Column, chosen: Sequence[str], base: Mask, name: str
) -> tuple[FacetValue, ...]:
    counts: Mapping[str, int] = column.counts(base)
    unknown = dict.fromkeys((c for c in chosen if c not in counts), 0)
    return tuple(
        FacetValue(code=code, count=count, chosen=code in chosen)
        for code, count in (*counts.items(), *unknown.items())
        if count or code in chosen or name == _ALWAYS_SHOWN
    )
