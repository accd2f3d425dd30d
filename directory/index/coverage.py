"""How listings reach a county: they serve it, may serve it, or serve the whole state.

Only what a listing says of its area counts, and distances are those between the middles
of counties. So nothing about the order can tell where a hidden place is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from directory.index.result import Group
from directory.index.weights import NEARBY_MILES
from directory.places import Gazetteer
from directory.projection import Listing

Mask = NDArray[np.bool_]

ORDER = (
    Group.FIRST,
    Group.COUNTY,
    Group.MAYBE,
    Group.STATEWIDE,
    Group.ANYWHERE,
    Group.ELSEWHERE,
)
OUT = len(ORDER)
"""Stands for a listing that does not reach the place."""

_FARTHEST = 999.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """How each listing reaches one place: its place in `ORDER`, and whole miles.

    `miles` count where the area of a listing is not sure to hold the place; `apart` is
    how far the nearest county is that it is known to serve. `groups` is where it is
    listed, which is `reached` but for those that come first.
    """

    groups: NDArray[np.int8]
    reached: NDArray[np.int8]
    miles: NDArray[np.int16]
    apart: NDArray[np.int16]

    @property
    def inside(self) -> Mask:
        """The listings that reach it at all."""
        inside: Mask = self.groups != OUT
        return inside

    @property
    def is_of_a_place(self) -> bool:
        """Whether a place was asked for."""
        return not bool((self.groups == ORDER.index(Group.ANYWHERE)).any())

    def widened(self) -> "Reach":
        """Return how all listings reach the place when those elsewhere count too."""
        out = ~self.inside
        groups = np.where(out, ORDER.index(Group.ELSEWHERE), self.reached)
        miles = np.where(out, self.apart, self.miles)
        return _reach(groups, miles, self.apart)

    def with_first(self, first: Mask) -> "Reach":
        """Return the same with those of `first` that reach the place in a group."""
        if not self.is_of_a_place:
            return self
        chosen = first & self.inside
        groups = np.where(chosen, ORDER.index(Group.FIRST), self.groups)
        return replace(self, groups=groups.astype(np.int8))


class Coverage:
    """The areas of all listings, as columns."""

    def __init__(self, listings: Sequence[Listing], gazetteer: Gazetteer) -> None:
        """Read the areas of `listings`."""
        self._gazetteer = gazetteer
        counties = gazetteer.counties
        self._position = {county.fips: n for n, county in enumerate(counties)}
        self._serves = np.zeros((len(listings), len(counties)), dtype=np.bool_)
        self._sites = np.zeros_like(self._serves)
        for row, listing in enumerate(listings):
            self._mark(self._serves[row], listing.counties)
            self._mark(self._sites[row], (p.county for p in listing.places))
        self._statewide = _mask(listing.is_statewide for listing in listings)
        self._partial = _mask(x.coverage == "partial" for x in listings)
        self._site_only = _mask(x.coverage == "site_only" for x in listings)
        self._welcomes = _mask(_takes_from_anywhere(x) for x in listings)
        self._asks = _mask(x.out_of_county == "ask" for x in listings)
        self._remote = _mask(
            bool({"phone", "online"} & set(x.delivery)) for x in listings
        )
        self._regions = [{p.region for p in x.places if p.region} for x in listings]
        self.reach = lru_cache(maxsize=2 * len(counties))(self._reach)
        self.reach_any = lru_cache(maxsize=len(counties))(self._reach_any)

    def anywhere(self) -> Reach:
        """Return the reach where no place was asked for."""
        size = len(self._statewide)
        anywhere = np.full(size, ORDER.index(Group.ANYWHERE), dtype=np.int8)
        none = np.zeros(size, dtype=np.int16)
        return _reach(anywhere, none, none)

    def _reach_any(self, counties: tuple[str, ...]) -> Reach:
        """Return how each listing reaches a region: as the county it reaches best."""
        found = [self.reach(fips) for fips in counties]
        groups = np.min([reach.groups for reach in found], axis=0)
        maybe = groups == ORDER.index(Group.MAYBE)
        miles = np.min([reach.apart for reach in found], axis=0)
        return _reach(groups, np.where(maybe, miles, 0), miles)

    def _reach(self, fips: str) -> Reach:
        """Return how each listing reaches a county."""
        here = self._position[fips]
        known = self._serves | self._sites
        miles = self._nearest(known, fips)
        placeless = ~known.any(axis=1)
        serves = self._serves[:, here] | (
            self._sites[:, here] & (self._partial | self._site_only)
        )
        remote = self._statewide | (placeless & self._remote)
        maybe = self._maybe(fips, known, miles) | (placeless & self._in_region(fips))
        groups = np.select(
            [remote, serves, maybe],
            [ORDER.index(g) for g in (Group.STATEWIDE, Group.COUNTY, Group.MAYBE)],
            default=OUT,
        ).astype(np.int8)
        apart = np.rint(miles).astype(np.int16)
        far = np.where(groups == ORDER.index(Group.MAYBE), apart, 0)
        return _reach(groups, far, apart)

    def _maybe(self, fips: str, known: Mask, miles: NDArray[np.float64]) -> Mask:
        near = miles <= NEARBY_MILES
        borders = self._gazetteer.are_neighbors
        beside = [borders(fips, county.fips) for county in self._gazetteer.counties]
        neighbors = known[:, beside]
        return (
            (self._welcomes & known.any(axis=1))
            | ((self._partial | self._asks) & near)
            | (self._site_only & neighbors.any(axis=1))
        )

    def _nearest(self, known: Mask, fips: str) -> NDArray[np.float64]:
        miles = np.array(
            [
                self._gazetteer.county_miles(fips, c.fips)
                for c in self._gazetteer.counties
            ]
        )
        apart = np.where(known, miles, _FARTHEST)
        nearest: NDArray[np.float64] = apart.min(axis=1, initial=_FARTHEST)
        return nearest

    def _in_region(self, fips: str) -> Mask:
        """Return the listings of whose whereabouts no more than the region is known."""
        region = self._gazetteer.by_fips(fips).region
        return _mask(not regions or region in regions for regions in self._regions)

    def _mark(self, row: Mask, counties: Iterable[str | None]) -> None:
        for fips in counties:
            if fips is not None and fips in self._position:
                row[self._position[fips]] = True


def _reach(
    groups: NDArray[np.int8], miles: NDArray[np.int16], apart: NDArray[np.int16]
) -> Reach:
    small = groups.astype(np.int8)
    return Reach(groups=small, reached=small, miles=miles, apart=apart)


def _takes_from_anywhere(listing: Listing) -> bool:
    waived = any(
        r.attribute == "residence" and "any" in r.values for r in listing.rules
    )
    return listing.out_of_county == "yes" or (waived and not listing.out_of_county)


def _mask(values: Iterable[bool]) -> Mask:
    return np.fromiter(values, dtype=np.bool_)
