"""The gazetteer: every county, city and ZIP code of the state, held in memory."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geopy.distance import great_circle

from directory.places.place import City, County, FoundPlace, Point, ZipCode
from directory.places.spelling import county_key, place_key, says_county

_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")
_NC_ZIP = re.compile(r"2[78]\d{3}")
_PREFIX = 3
_TOWN_OF_SOME_SIZE = 5000


class Gazetteer:
    """Answers what a typed place is, and how far counties are from each other.

    Distances between counties are those of their centroids, from a static table: the
    same for everybody, so no order of results can give a place away.
    """

    def __init__(
        self,
        *,
        counties: Sequence[County],
        cities: Sequence[City],
        zips: Sequence[ZipCode],
        distances: Mapping[tuple[str, str], tuple[float, bool]],
    ) -> None:
        """Hold the tables; `distances` has miles and adjacency by a pair of FIPS."""
        self.counties = tuple(sorted(counties, key=lambda county: county.name))
        self.cities = tuple(sorted(cities, key=lambda city: city.name))
        self._by_fips = {county.fips: county for county in counties}
        self._by_name = {county_key(county.name): county for county in counties}
        self._cities: dict[str, list[City]] = defaultdict(list)
        for city in sorted(cities, key=lambda c: -c.population):
            self._cities[place_key(city.name)].append(city)
        self._zips = {zip_code.code: zip_code for zip_code in zips}
        self._distances = distances

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """Read the tables in `folder`, which ship with the site."""
        return cls(
            counties=[
                County(
                    fips=row["fips"],
                    name=row["name"],
                    point=_point(row),
                    region=row["region"],
                )
                for row in _rows(folder / "counties.csv")
            ],
            cities=[
                City(
                    name=row["city"],
                    county=row["county_fips"],
                    point=_point(row),
                    population=int(row["population"] or 0),
                )
                for row in _rows(folder / "cities.csv")
            ],
            zips=[
                *(
                    ZipCode(
                        code=row["zip"],
                        city=row["city"],
                        county=row["county_fips"],
                        point=_point(row),
                        also=tuple(row["also_county_fips"].split()),
                    )
                    for row in _rows(folder / "zips.csv")
                ),
                *(
                    ZipCode(
                        code=row["zip"],
                        city=row["city"],
                        county=row["nearest_county_fips"],
                        point=_point(row),
                        state=row["state"],
                    )
                    for row in _rows(folder / "border_zips.csv")
                ),
            ],
            distances={
                (row["fips_a"], row["fips_b"]): (
                    float(row["miles"]),
                    row["adjacent"] == "yes",
                )
                for row in _rows(folder / "county_distances.csv")
            },
        )

    def by_fips(self, fips: str) -> County:
        """Return a county by its FIPS code. Raises `KeyError`."""
        return self._by_fips[fips]

    def county(self, text: str) -> County | None:
        """Return the county that `text` names, in whatever case and form."""
        return self._by_name.get(county_key(text))

    def zip_code(self, code: str) -> ZipCode | None:
        """Return a ZIP code of North Carolina, `None` if there is no such."""
        found = self._zips.get(code)
        return found if found is not None and found.state == "NC" else None

    def is_city(self, name: str) -> bool:
        """Tell whether `name` is a city, town or post-office place of the state."""
        return place_key(name) in self._cities

    def city_point(self, name: str, *, county: str | None = None) -> Point | None:
        """Return where a city is; of several, the one in `county`, or the largest."""
        found = self._cities.get(place_key(name), [])
        in_county = [city for city in found if city.county == county]
        return next((city.point for city in (*in_county, *found)), None)

    def find(self, text: str) -> FoundPlace | None:
        """Return what a typed place is: a ZIP code, a county or a city.

        Some counties bear the name of a town that lies elsewhere (Henderson,
        Washington). A town of some size is meant rather than the county; the note says
        which of the two was taken.
        """
        typed = _ZIP.fullmatch(text.strip())
        if typed is not None:
            return self._find_zip(typed[1])
        county = self.county(text)
        if county is None:
            return self._find_city(text)
        town = None if says_county(text) else self._town_elsewhere(county)
        if town is not None and town.population >= _TOWN_OF_SOME_SIZE:
            return FoundPlace(
                text=town.name, county=town.county, point=town.point, note="town"
            )
        return FoundPlace(
            text="",
            county=county.fips,
            point=county.point,
            note="county" if town is not None else None,
        )

    def county_miles(self, one: str, other: str) -> float:
        """Return the miles between the centroids of two counties."""
        if one == other:
            return 0.0
        return self._distances[min(one, other), max(one, other)][0]

    def are_neighbors(self, one: str, other: str) -> bool:
        """Tell whether two counties share a border."""
        pair = min(one, other), max(one, other)
        return one != other and self._distances[pair][1]

    def _town_elsewhere(self, county: County) -> City | None:
        """Return the town that bears the county's name and lies in another county."""
        towns = self._cities.get(place_key(county.name), [])
        inside = any(town.county == county.fips for town in towns)
        return None if inside or not towns else towns[0]

    def _find_city(self, text: str) -> FoundPlace | None:
        found = self._cities.get(place_key(text))
        if not found:
            return None
        city = found[0]
        several = len({other.county for other in found}) > 1
        return FoundPlace(
            text=city.name,
            county=city.county,
            point=city.point,
            note="several_counties" if several else None,
        )

    def _find_zip(self, code: str) -> FoundPlace | None:
        found = self._zips.get(code)
        if found is None:
            nearest = self._nearest_zip(code)
            if nearest is None:
                return None
            return FoundPlace(
                text=f"{nearest.code} {nearest.city}",
                county=nearest.county,
                point=nearest.point,
                note="nearest",
            )
        if found.state != "NC":
            text = f"{code} {found.city}, {found.state}"
            note: str | None = "border"
        else:
            text, note = f"{code} {found.city}", "several_counties"
            note = note if found.also else None
        return FoundPlace(text=text, county=found.county, point=found.point, note=note)

    def _nearest_zip(self, code: str) -> ZipCode | None:
        """Return the ZIP code of the same sorting centre with the nearest number."""
        if not _NC_ZIP.fullmatch(code):
            return None
        alike = (
            z
            for z in self._zips.values()
            if z.state == "NC" and z.code[:_PREFIX] == code[:_PREFIX]
        )
        return min(
            alike, key=lambda z: (abs(int(z.code) - int(code)), z.code), default=None
        )


def miles_between(one: Point, other: Point) -> float:
    """Return the great-circle miles between two points."""
    return float(great_circle(one, other).miles)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _point(row: Mapping[str, str]) -> Point:
    return float(row["lat"]), float(row["lon"])
