"""Whether a service can be used from where the person is, or where it is safe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.bits import Mask, Rows
from matcher.candidate import Candidate, OutOfCounty, Site
from matcher.needs import Needs, Travel
from matcher.ragged import Ragged, any_of, least_of

_EARTH_MILES = 3958.7613
_UNKNOWN = -1.0

Column = NDArray[np.float64]


class Reach(IntEnum):
    """How a service reaches the person, best first."""

    SERVES_COUNTY = 0
    STATEWIDE = 1
    REMOTE = 2
    TAKES_OTHERS = 3
    UNSAID = 4
    """Nobody said where the person is, and it does not serve the whole state."""
    PARTIAL = 5
    NEIGHBOR = 6
    FAR = 7
    OUTSIDE = 8
    """Its service area is elsewhere, and complete."""
    TOO_FAR = 9
    AVOIDED = 10


SURE = Reach.REMOTE
"""Up to here a service surely reaches the person."""

ASKED = Reach.UNSAID
"""From here on it must be asked whether it does."""

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
        criteria.REACH_UNSAID,
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
    centroids: Column
    miles: Column
    adjacent: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How some rows reach the person, in their order.

    `miles` lead to the nearest public site that is safe, and are NaN where no site is
    public or no place was given: there is never a made-up distance. `unplaced` marks
    those of which it is not known where they are, `near_danger` those that have a site
    in a county to avoid besides one that can be used, and `ride` those that surely take
    the person and are farther than the person can go. `likely` marks those that
    serve, or sit in, a neighboring county, or say nothing of where they are, and
    `usable` those that the person may hope to use: they surely take people from there,
    or are near enough, or can be called.
    """

    reach: NDArray[np.int8]
    values: Column
    miles: Column
    likely: Mask
    usable: Mask
    unplaced: Mask
    near_danger: Mask
    ride: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whereabouts:
    """Where some rows are, seen from the person, as far as it is known.

    `away` are miles to the nearest safe spot; the middle of a county stands for a place
    that is not public, so it could be as near as `at_least`. `safe` and `unsafe` mark
    the rows that have such a spot.
    """

    miles: Column
    away: Column
    at_least: Column
    safe: Mask
    unsafe: Mask


class Reaches:
    """Service areas and sites of a catalog, as columns."""

    def __init__(self, candidates: Sequence[Candidate], geography: Geography) -> None:
        """Read the areas and sites of `candidates`."""
        self._geography = geography
        self._numbers = {fips: n for n, fips in enumerate(geography.counties)}
        self._statewide = _mask(c.area.statewide for c in candidates)
        self._complete = _mask(c.area.complete for c in candidates)
        self._takes = _mask(c.area.out_of_county is OutOfCounty.YES for c in candidates)
        self._refuses = _mask(
            c.area.out_of_county is OutOfCounty.NO for c in candidates
        )
        self._remote = _mask(c.remote for c in candidates)
        self._only_remote = _mask(c.only_remote for c in candidates)
        self._only_in_person = _mask(
            c.in_person and not (c.remote or c.comes_to_you) for c in candidates
        )
        self._placed = _mask(bool(_located(c)) for c in candidates)
        self._spots = Ragged([self._spots_of(c) for c in candidates], width=3)
        self._serves = self._grid([c.area.counties for c in candidates])
        self._sited = self._grid(
            [{s.county for s in c.sites if s.county} for c in candidates]
        )

    def judge(self, needs: Needs, rows: Rows) -> Reached:
        """Return how each of `rows` reaches the person of `needs`."""
        there = self._whereabouts(needs, rows)
        next_door = self._next_door(needs, rows)
        likely = next_door | np.isinf(there.away)
        area = self._area_reach(needs, rows, there.away, next_door)
        beyond = self._only_in_person[rows] & self._beyond(needs, there.at_least)
        ride = beyond & (area <= Reach.TAKES_OTHERS)
        reach = np.where(beyond & ~ride & ~next_door, _worse(area, Reach.TOO_FAR), area)
        if needs.travel is Travel.REMOTE_ONLY:
            reach = np.where(self._remote[rows], reach, _worse(reach, Reach.TOO_FAR))
        avoided = there.unsafe & ~there.safe & ~self._remote[rows]
        reach = np.where(avoided, _worse(reach, Reach.AVOIDED), reach)
        values = REACH_VALUES[reach] * self._nearness(needs, rows, reach, there.away)
        return Reached(
            reach=reach.astype(np.int8),
            values=np.where(ride, criteria.RIDE, 1.0) * values,
            miles=there.miles,
            likely=likely,
            usable=(reach <= ASKED)
            | self._remote[rows]
            | likely
            | (there.away <= _limit(needs.travel)),
            unplaced=~(self._placed | self._only_remote)[rows],
            near_danger=there.unsafe & self._placed[rows],
            ride=ride,
        )

    def _spots_of(self, candidate: Candidate) -> list[tuple[float, float, float]]:
        """Return county, latitude and longitude of each site, as far as they are known.

        The counties that are served stand for the places of a service without any.
        """
        numbers = self._numbers
        sites = _located(candidate)
        if not sites and not candidate.area.statewide:
            sites = [Site(county=fips) for fips in sorted(candidate.area.counties)]
        return [
            (
                _UNKNOWN if site.county is None else numbers[site.county],
                *(site.point or (np.nan, np.nan)),
            )
            for site in sites
        ]

    def _grid(self, counties: Sequence[Iterable[str]]) -> Mask:
        """Return a row for each county and a column for each service."""
        grid = np.zeros((len(self._numbers), len(counties)), dtype=np.bool_)
        for column, some in enumerate(counties):
            for fips in some:
                grid[self._numbers[fips], column] = True
        return grid

    def _whereabouts(self, needs: Needs, rows: Rows) -> _Whereabouts:
        """Measure to the spots of `rows` and sort out which of them are safe."""
        owners, spots = self._spots.of(rows)
        known, slack = self._spot_miles(needs, spots)
        avoided = [self._numbers[fips] for fips in needs.avoid_counties]
        unsafe = np.isin(spots[:, 0], avoided)
        if needs.min_miles is not None:
            unsafe |= self._placed[rows][owners] & (known < needs.min_miles)
        safe_miles = np.where(unsafe, np.inf, known)
        exact = np.where(slack > 0, np.inf, safe_miles)
        nearest = least_of(owners, exact, rows.size)
        return _Whereabouts(
            miles=np.where(np.isinf(nearest), np.nan, nearest),
            away=least_of(owners, safe_miles, rows.size),
            at_least=least_of(owners, safe_miles - slack, rows.size),
            safe=any_of(owners, ~unsafe, rows.size),
            unsafe=any_of(owners, unsafe, rows.size),
        )

    def _spot_miles(self, needs: Needs, spots: Column) -> tuple[Column, Column]:
        """Return miles to each spot, and how much nearer than that it may be."""
        slack = np.full(len(spots), criteria.COUNTY_MILES)
        if needs.county is None:
            return np.full(len(spots), np.inf), slack
        home = self._numbers[needs.county]
        to_counties = np.append(self._geography.miles[home], np.inf)
        known = to_counties[spots[:, 0].astype(np.intp)]
        public = ~np.isnan(spots[:, 1])
        lat, lon = needs.point or self._geography.centroids[home]
        known[public] = haversine(lat, lon, spots[public, 1], spots[public, 2])
        if needs.point is not None:
            slack[public] = 0.0
        return known, slack

    def _next_door(self, needs: Needs, rows: Rows) -> Mask:
        """Tell which of `rows` serve, or sit in, a county that borders on theirs."""
        near = np.zeros(rows.size, dtype=np.bool_)
        if needs.county is not None:
            for county in np.flatnonzero(
                self._geography.adjacent[self._numbers[needs.county]]
            ):
                near |= self._serves[county][rows] | self._sited[county][rows]
        return near

    def _area_reach(
        self, needs: Needs, rows: Rows, away: Column, next_door: Mask
    ) -> NDArray[np.int_]:
        """Return the reach by service area alone."""
        statewide = self._statewide[rows]
        only_remote = self._only_remote[rows]
        takes, refuses = self._takes[rows], self._refuses[rows]
        none = np.zeros(rows.size, dtype=np.bool_)
        home = None if needs.county is None else self._numbers[needs.county]
        serves = none if home is None else self._serves[home][rows]
        partial = ~self._complete[rows] & ~refuses
        cases = {
            Reach.SERVES_COUNTY: serves,
            Reach.REMOTE: statewide & only_remote,
            Reach.STATEWIDE: statewide,
            Reach.TAKES_OTHERS: takes,
            Reach.UNSAID: none if home is not None else ~none,
            Reach.PARTIAL: partial,
            Reach.NEIGHBOR: next_door & ~refuses,
            Reach.FAR: (away <= _limit(needs.travel)) & ~refuses,
        }
        return np.select(list(cases.values()), list(cases), default=Reach.OUTSIDE)

    def _beyond(self, needs: Needs, at_least: Column) -> Mask:
        """Tell what is farther than the person said they can go."""
        if needs.travel is None:
            return np.zeros(at_least.size, dtype=np.bool_)
        return np.isfinite(at_least) & (at_least > _limit(needs.travel))

    def _nearness(
        self, needs: Needs, rows: Rows, reach: NDArray[np.int_], away: Column
    ) -> Column:
        """Return what distance leaves of the value.

        Within one kind of reach the nearer counts a little more, so a partial list far
        away never stands above the one next door. Who keeps a distance for safety wants
        no nearness.
        """
        near = np.exp2(-np.where(np.isinf(away), 0.0, away) / criteria.HALF_WAY_MILES)
        if needs.min_miles is not None or needs.county is None:
            near = np.ones(rows.size)
        counts = ~self._only_remote[rows] & (reach > SURE)
        share = criteria.FAR_SHARE + (1 - criteria.FAR_SHARE) * near
        return np.where(counts, share, 1.0)


def haversine(lat: float, lon: float, lats: Column, lons: Column) -> Column:
    """Return the great-circle miles from one point to many, all in degrees."""
    a, b = np.radians(lat), np.radians(lats)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * (
        np.sin(np.radians(lons - lon) / 2) ** 2
    )
    miles: Column = 2 * _EARTH_MILES * np.arcsin(np.sqrt(half))
    return miles


def _located(candidate: Candidate) -> list[Site]:
    """Return the sites of which it is known where they are."""
    return [site for site in candidate.sites if site.county or site.point]


def _limit(travel: Travel | None) -> float:
    if travel in {None, Travel.REMOTE_ONLY}:
        return criteria.UNSAID_MILES
    return criteria.MILES[travel]


def _worse(reach: NDArray[np.int_], excluded: Reach) -> NDArray[np.int_]:
    """Exclude what is not excluded already; the first reason stands."""
    return np.where(reach < EXCLUDED, excluded, reach)


def _mask(said: Iterable[bool]) -> Mask:
    return np.fromiter(said, dtype=np.bool_)
