"""Streets: a house number and a name, without what people write in many ways."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from directory.curation.duplicates.name import word_set
from directory.curation.duplicates.weights import STREET_START, TYPED_STREET
from directory.places.spelling import folded

_HOUSE = re.compile(r"^(\d+)[a-z]?(?:\s*-\s*\d+)?\b(.*)")
_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*(\d+)")
_UNIT = re.compile(
    r"(?:\b(?:apt|bldg|building|fl|floor|rm|room|ste|suite|unit)\b|#|\().*"
)
_ORDINAL = re.compile(r"\b(\d+)\s*(?:st|nd|rd|th)\b")
_SIDES = {
    side: letters
    for letters, sides in {
        "n": "n north",
        "s": "s south",
        "e": "e east",
        "w": "w west",
        "ne": "ne northeast",
        "nw": "nw northwest",
        "se": "se southeast",
        "sw": "sw southwest",
    }.items()
    for side in sides.split()
}
_KINDS = word_set(
    """
    ave av avenue blvd boulevard cir circle court ct dr drive highway hwy lane ln
    parkway pkwy pl place plaza rd road route sq square st street ter terrace trail
    way
    """
)


@dataclass(frozen=True, slots=True)
class Street:
    """One address: as written, its number, the name of the street, its side."""

    written: str
    number: str
    name: str
    side: str

    @property
    def key(self) -> str:
        """What two addresses must share to be compared."""
        return f"{self.number} {self.name[:STREET_START]}"

    def meets(self, other: "Street") -> bool:
        """Tell whether both can be the same address in one town."""
        if self.number != other.number:
            return False
        if self.side and other.side and self.side != other.side:
            return False
        return fuzz.ratio(self.name, other.name) >= TYPED_STREET


def street_of(written: str | None) -> Street | None:
    """Return the address, or nothing if it has no number."""
    small = (written or "").casefold()
    box = _BOX.search(small)
    if box is not None:
        return Street(written or "", box[1], "post office box", "")
    house = _HOUSE.match(small.strip())
    if house is None:
        return None
    words = _ORDINAL.sub(r"\1", folded(_UNIT.sub("", house[2])).split(",")[0]).split()
    sides = [word for word in words if word in _SIDES]
    name = [word for word in words if word not in _SIDES and word not in _KINDS]
    if not name and sides:
        # The street itself is called North Avenue.
        name = [sides.pop()]
    side = _SIDES[sides[0]] if sides else ""
    return Street(written or "", house[1], " ".join(name or words), side)
