"""The first page."""

from flask import render_template

from directory.web.public.blueprint import page
from directory.web.public.map import county_map
from directory.web.site import the_site

TILES = (
    "emergency_shelter",
    "crisis_line",
    "immigration_legal",
    "physical_health",
    "mental_health",
    "food",
    "child_services",
    "employment",
)
"""The eight needs that stand on the first page."""


@page("/")
def home() -> str:
    """Ask what is needed and where."""
    site = the_site()
    return render_template(
        "public/home.html",
        tiles=TILES,
        map=county_map(site.gazetteer),
        counties=site.gazetteer.counties,
    )
