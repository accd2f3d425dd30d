"""The map of the counties, drawn from shapes that ship with the site."""

import functools
import json
import math
from dataclasses import dataclass

from directory.paths import shipped
from directory.places import Gazetteer

_WIDTH = 1000.0
_MIDDLE = math.radians(35.3)
_Ring = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyShape:
    """One county of the map: its code, its name, and its outline as an SVG path."""

    fips: str
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyMap:
    """All counties, in a picture of `width` by `height`."""

    width: int
    height: int
    shapes: tuple[CountyShape, ...]


@functools.cache
def county_map(gazetteer: Gazetteer) -> CountyMap:
    """Return the map of the counties; it is drawn once."""
    rings = _read()
    points = [point for some in rings.values() for ring in some for point in ring]
    west = min(x for x, _ in points)
    north = max(y for _, y in points)
    scale = _WIDTH / ((max(x for x, _ in points) - west) * math.cos(_MIDDLE))

    def place(point: list[float]) -> str:
        x = (point[0] - west) * math.cos(_MIDDLE) * scale
        return f"{x:.1f} {(north - point[1]) * scale:.1f}"

    return CountyMap(
        width=int(_WIDTH),
        height=math.ceil((north - min(y for _, y in points)) * scale),
        shapes=tuple(
            CountyShape(
                fips=county.fips,
                name=county.name,
                path="".join(
                    f"M{'L'.join(place(point) for point in ring[:-1])}Z"
                    for ring in rings[county.fips]
                ),
            )
            for county in gazetteer.counties
        ),
    )


def _read() -> dict[str, list[_Ring]]:
    """Return the outlines of each county by its code."""
    file = shipped("seed_data") / "gazetteer" / "counties.geojson"
    outlines: dict[str, list[_Ring]] = {}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"]
        polygons = parts if shape["type"] == "MultiPolygon" else [parts]
        outlines[feature["properties"]["fips"]] = [
            ring for polygon in polygons for ring in polygon
        ]
    return outlines
