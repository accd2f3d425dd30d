"""Places in North Carolina, from tables that ship with the site: nothing is asked."""

from directory.places.gazetteer import Gazetteer
from directory.places.place import City, County, FoundPlace, ZipCode

__all__ = ["City", "County", "FoundPlace", "Gazetteer", "ZipCode"]
