"""Whether a service can be used from where the person is, or where it is safe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.candidate import Candidate, OutOfCounty
from matcher.needs import Needs, Travel

_EARTH_MILES = 3958.7613


class Reach(IntEnum):
    """How a service reaches the person, best first."""

    SERVES_COUNTY = 0
    STATEWIDE = 1
    REMOTE = 2
    TAKES_OTHERS = 3
    PARTIAL = 4
    NEIGHBOR = 5
    FAR = 6
    OUTSIDE = 7
    """Its service area is elsewhere, and complete."""
    TOO_FAR = 8
    AVOIDED = 9


EXCLUDED = Reach.OUTSIDE
"""From here on a reach excludes."""

REACH_RULES = {
    Reach.OUTSIDE: "service_area",
    Reach.TOO_FAR: "distance",
    Reach.AVOIDED: "avoid_county",
}

REACH_VALUES = np.array(
    [
        criteria.REACH_SERVES,
        criteria.REACH_STATEWIDE,
        criteria.REACH_REMOTE,
        criteria.REACH_TAKES_OTHERS,
        criteria.REACH_PARTIAL,
        criteria.REACH_NEIGHBOR,
        criteria.REACH_FAR,
        0.0,
        0.0,
        0.0,
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """The counties: FIPS in the order of the matrices, names, centroids, distances.

    `miles` and `adjacent` have a row and a column for each county.
    """

    counties: tuple[str, ...]
    names: Mapping[str, str]
    centroids: NDArray[np.float64]
    miles: NDArray[np.float64]
    adjacent: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """For each row the `Reach`, its value, and miles to the nearest public site.

    Miles are NaN where no place is public: there is never a made-up distance.
    `unplaced` marks places about which nothing is known, so that "not in this county"
    can only be asked.
    """

    reach: NDArray[np.int8]
    values: NDArray[np.float64]
    miles: NDArray[np.float64]
    unplaced: NDArray[np.bool_]


class Reaches:
    """Service areas and sites of a catalog, as columns."""

    def __init__(self, candidates: Sequence[Candidate], geography: Geography) -> None:
        """Read the areas and sites of `candidates`."""
        size = len(candidates)
        self._geography = geography
        self._numbers = {fips: n for n, fips in enumerate(geography.counties)}
        areas = [c.area for c in candidates]
        self._statewide = np.array([a.statewide for a in areas], dtype=np.bool_)
        self._complete = np.array([a.complete for a in areas], dtype=np.bool_)
        self._takes = np.array(
            [a.out_of_county is OutOfCounty.YES for a in areas], dtype=np.bool_
        )
        self._refuses = np.array(
            [a.out_of_county is OutOfCounty.NO for a in areas], dtype=np.bool_
        )
        self._remote = np.array([c.remote for c in candidates], dtype=np.bool_)
        self._only_remote = np.array(
            [c.remote and not (c.in_person or c.comes_to_you) for c in candidates],
            dtype=np.bool_,
        )
        self._serves = np.zeros((len(geography.counties), size), dtype=np.bool_)
        self._sited = np.zeros((len(geography.counties), size), dtype=np.bool_)
        self._read_places(candidates)
        self._placed = self._sited.any(axis=0)
        self._has_site = np.array([bool(c.sites) for c in candidates], dtype=np.bool_)

    def _read_places(self, candidates: Sequence[Candidate]) -> None:
        points: list[tuple[int, float, float]] = []
        places: list[tuple[int, int]] = []
        for row, candidate in enumerate(candidates):
            for fips in candidate.area.counties:
                self._serves[self._numbers[fips], row] = True
            for site in candidate.sites:
                if site.county is not None:
                    self._sited[self._numbers[site.county], row] = True
                if site.point is not None:
                    points.append((row, *site.point))
            known = {s.county for s in candidate.sites if s.county is not None}
            places.extend(
                (row, self._numbers[fips])
                for fips in sorted(known or candidate.area.counties)
            )
        # Rows and the counties where they are, or failing that which they serve.
        self._places = np.array(places, dtype=np.intp).reshape(-1, 2)
        self._points = np.array(points, dtype=np.float64).reshape(-1, 3)

    def judge(self, needs: Needs) -> Reached:
        """Return how each row reaches the person of `needs`."""
        size = self._statewide.size
        unplaced = self._has_site & ~self._placed
        reach = np.full(size, Reach.SERVES_COUNTY, dtype=np.int8)
        values = np.ones(size)
        miles = np.full(size, np.nan)
        if needs.county is not None:
            county = self._numbers[needs.county]
            away = self._county_miles(county)
            miles = self._site_miles(needs, county)
            reach = self._area_reach(county, away, needs.travel)
            near = np.exp2(
                -np.where(np.isnan(miles), away, miles) / criteria.HALF_WAY_MILES
            )
            # Within one kind of reach the nearer counts a little more, so a partial
            # list far away never stands above the one next door.
            values = REACH_VALUES[reach] * np.where(
                self._only_remote | (reach <= Reach.STATEWIDE), 1.0, 0.4 + 0.6 * near
            )
        if needs.travel is Travel.REMOTE_ONLY:
            out = ~self._remote & (reach < EXCLUDED)
            reach = np.where(out, Reach.TOO_FAR, reach).astype(np.int8)
        reach = self._safe_reach(needs, reach, miles)
        return Reached(
            reach=reach,
            values=np.where(reach >= EXCLUDED, 0.0, values),
            miles=miles,
            unplaced=unplaced,
        )

    def _area_reach(
        self, county: int, away: NDArray[np.float64], travel: Travel | None
    ) -> NDArray[np.int8]:
        limit = (
            criteria.UNSAID_MILES
            if travel in {None, Travel.REMOTE_ONLY}
            else criteria.MILES[travel]
        )
        neighbors = self._geography.adjacent[county]
        next_door = self._serves[neighbors].any(axis=0) | self._sited[neighbors].any(
            axis=0
        )
        outside = np.select(
            [
                self._takes,
                ~self._complete & ~self._refuses,
                self._refuses,
                next_door,
                away <= limit,
            ],
            [
                Reach.TAKES_OTHERS,
                Reach.PARTIAL,
                Reach.OUTSIDE,
                Reach.NEIGHBOR,
                Reach.FAR,
            ],
            default=Reach.OUTSIDE,
        )
        return np.select(
            [
                self._serves[county],
                self._statewide & self._only_remote,
                self._statewide,
            ],
            [Reach.SERVES_COUNTY, Reach.REMOTE, Reach.STATEWIDE],
            default=outside,
        ).astype(np.int8)

    def _safe_reach(
        self, needs: Needs, reach: NDArray[np.int8], miles: NDArray[np.float64]
    ) -> NDArray[np.int8]:
        avoided = np.zeros(reach.size, dtype=np.bool_)
        for fips in needs.avoid_counties:
            avoided |= self._sited[self._numbers[fips]]
        if needs.min_miles is not None and needs.county is not None:
            # A county may reach nearer than its centroid, so a hidden place is judged
            # by its county as a whole: its centroid must be far enough.
            away = self._county_miles(self._numbers[needs.county])
            known = np.where(np.isnan(miles), away, miles)
            avoided |= self._placed & (known < needs.min_miles)
        avoided &= ~self._only_remote & (reach < EXCLUDED)
        return np.where(avoided, Reach.AVOIDED, reach).astype(np.int8)

    def _county_miles(self, county: int) -> NDArray[np.float64]:
        """Return miles from `county` to the nearest county of each row."""
        nearest = np.full(self._statewide.size, np.inf)
        rows, counties = self._places.T
        np.minimum.at(nearest, rows, self._geography.miles[county][counties])
        return np.where(self._statewide & ~self._placed, 0.0, nearest)

    def _site_miles(self, needs: Needs, county: int) -> NDArray[np.float64]:
        lat, lon = (
            needs.point
            if needs.point is not None
            else tuple(self._geography.centroids[county])
        )
        nearest = np.full(self._statewide.size, np.inf)
        rows = self._points[:, 0].astype(np.intp)
        np.minimum.at(
            nearest, rows, haversine(lat, lon, self._points[:, 1], self._points[:, 2])
        )
        return np.where(np.isinf(nearest), np.nan, nearest)


def haversine(
    lat: float,
    lon: float,
    lats: NDArray[np.float64],
    lons: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the great-circle miles from one point to many, all in degrees."""
    a, b = np.radians(lat), np.radians(lats)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * (
        np.sin(np.radians(lons - lon) / 2) ** 2
    )
    miles: NDArray[np.float64] = 2 * _EARTH_MILES * np.arcsin(np.sqrt(half))
    return miles
