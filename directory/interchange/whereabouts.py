"""Finds words that tell where a hidden place is."""

import re
from dataclasses import dataclass

from directory.places import Gazetteer

_STREET = re.compile(
    r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'.-]*\s+){1,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Hwy|Highway|Way"
    r"|Ct|Court|Cir|Circle|Pl|Place|Pkwy|Parkway)\b",
)
_ZIP = re.compile(r"\b2[78]\d{3}(?:-\d{4})?\b")
_POINT = re.compile(r"\b3[3-6]\.\d{3,}\s*[,;° ]+\s*-?(?:7[5-9]|8[0-4])\.\d{3,}")
_PLUS_CODE = re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b")
_MAP = re.compile(r"goo\.gl/maps|maps\.app|google\.[a-z.]+/maps|what3words|///\w+\.\w+")
_LANDMARK = re.compile(
    r"\b(?:behind|next (?:door )?to|across from|opposite|around the corner from"
    r"|adjacent to)\s+(?:the\s+)?[A-Z]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What gives a place away; `certain` if it can hardly mean anything else."""

    what: str
    certain: bool


_SURE = (
    (_STREET, "a street"),
    (_ZIP, "a ZIP code"),
    (_POINT, "coordinates"),
    (_PLUS_CODE, "a plus code"),
    (_MAP, "a link to a map"),
    (_LANDMARK, "a landmark"),
)


def tells_place(text: str, gazetteer: Gazetteer) -> Told | None:
    """Return what in `text` tells a place, the surest first, or `None`.

    The name of a town is not certain: it may be that of the office or of the agency.
    """
    for pattern, what in _SURE:
        if pattern.search(text):
            return Told(what=what, certain=True)
    for name in re.findall(r"\b[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*", text):
        if gazetteer.is_city(name) and gazetteer.county(name) is None:
            return Told(what=f"the town {name}", certain=False)
    return None
