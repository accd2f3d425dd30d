"""Counties, cities and ZIP codes, and what was made of a place that was typed."""

from dataclasses import dataclass

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """One of the hundred counties; `point` is its centroid."""

    fips: str
    name: str
    point: Point
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city, town or post-office place; `population` is 0 where it is not known."""

    name: str
    county: str
    point: Point
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipCode:
    """A ZIP code, those of post-office boxes included.

    `county` is the FIPS code of the county that it lies in, or of the nearest one when
    the code is of another `state`; `also` are further counties that it reaches into.
    """

    code: str
    city: str
    county: str
    point: Point
    also: tuple[str, ...] = ()
    state: str = "NC"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """What a typed place was taken for.

    `text` is how it reads ("28801 Asheville", "Raleigh"), empty for a county, whose
    name depends on the language. `note` is a code where it was taken with a grain of
    salt: `border` (a ZIP code of another state), `nearest` (a ZIP code that is not
    known), `several_counties`, `town` or `county` (a county and a town elsewhere share
    the name, and this one was taken).
    """

    text: str
    county: str
    point: Point
    note: str | None = None
