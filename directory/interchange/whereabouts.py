"""Finds words that tell where a hidden place is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_plus, urlsplit

from directory.places import Gazetteer
from directory.sentence import Sentence

_WAYS = (
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Hwy|Highway|Way"
    r"|Ct|Cir|Circle|Pl|Place|Pkwy|Parkway|Ter|Terrace|Trl|Trail|Sq|Square|Loop"
    # Where judges sit is no street.
    r"|(?<!Family\s)(?<!District\s)(?<!Superior\s)(?<!Drug\s)(?<!Treatment\s)Court)"
)
_STREET = re.compile(
    r"\b\d{1,5}[A-Z]?\s+(?:[NSEW]{1,2}\.?\s+)?(?:[A-Z][\w'.-]*\s+){1,3}" + _WAYS + r"\b"
    r"|\b\d{1,5}\s+(?:[nsew]\.?\s+)?(?:[a-z][\w'.-]*\s+){1,2}"
    r"(?:street|avenue|road|boulevard|lane|highway)\b",
)
_NAMED_STREET = re.compile(
    r"\b(?:[A-Z][\w'.-]*\s+){1,3}(?:Street|Avenue|Road|Boulevard|Lane|Highway|Parkway)\b"
    r"|\b(?:[Cc]orner|[Ii]ntersection) of [A-Z\d]"
)
_HIGHWAY = re.compile(
    r"\b(?:Hwy|Highway|Interstate|US|U\.S\.)[ -]\d{1,3}\b|\b[Ee]xit \d{1,3}\b"
    # Forms of immigration law are written I-485 as well: only what is none of them.
    r"|\bI-(?:26|40|7[347]|8[57]|95|[24]40|277|2[89]5|540|587|7[89]5|840|885)\b"
)
_ZIP = re.compile(r"(?<![$\d,.-])\b2[78]\d{3}(?:-\d{4})?\b(?![,.]\d)")
_POINT = re.compile(
    r"\b3[3-6]\.\d{3,}\s*[,;° ]+\s*-?(?:7[5-9]|8[0-4])\.\d{3,}|\b3[3-6]°\s?\d"
)
_PLUS_CODE = re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b")
_MAP = re.compile(
    r"goo\.gl/maps|maps\.app|google\.[a-z.]+/maps|maps\.(?:google|apple)\.|waze\.com"
    r"|mapquest|openstreetmap|osm\.org|bing\.com/maps|\bgeo:\s?-?\d|what3words"
    r"|///\w+\.\w+"
)
_BESIDE = (
    r"\b(?:behind|next (?:door )?to|across from|opposite|around the corner from"
    r"|adjacent to|down the (?:street|road) from|a block from|near)\s+"
)
_LANDMARK = re.compile(
    _BESIDE.replace("|near", "") + r"(?:the\s+)?[A-Z]"
    r"|" + _BESIDE + r"(?:the |an? |our )?(?:[\w'-]+ ){0,2}(?:church|school|hospital"
    r"|courthouse|library|mall|airport|station|park|store|bank|post office|fire"
    r" (?:house|station)|police|sheriff|university|college|cemetery|mill|bridge)\b",
    # The words of a landmark stand in any case; the name of one begins with a capital.
)
_BUS = re.compile(r"\bbus (?:stop|route|line)\b|\broute \d", re.IGNORECASE)

_TO_A_MAP = Sentence("a link to a map")
_SIGNS = (
    (_STREET, Sentence("a street")),
    (_ZIP, Sentence("a ZIP code")),
    (_POINT, Sentence("coordinates")),
    (_PLUS_CODE, Sentence("a plus code")),
    (_MAP, _TO_A_MAP),
    (_LANDMARK, Sentence("a landmark")),
    (_BUS, Sentence("a bus line")),
    (_HIGHWAY, Sentence("a road")),
)

_RUN = re.compile(r"[A-Z][\w’']*(?:[\s-]+[A-Z][\w’']*)*")
_AT = frozenset({"in", "at", "near", "from", "around", "outside", "downtown"})
_SMALL = re.compile(r"\b(?:in|near|outside|downtown) ((?:[a-z]+ ?){1,3})")
_LONGEST = 3

_ORDINARY = (
    "advance alliance almond andrews apex ash atlantic aurora avon balsam bath bennett"
    " benson bethel bethlehem bolton boomer broadway bullock cameron candor canton"
    " carthage claremont clayton climax clinton clyde coats columbia comfort conway"
    " council creston cricket currie dallas dana davis denton denver dover dublin"
    " dudley dunn earl edward erwin ether evergreen faith falcon ferguson fletcher"
    " fountain frisco garland gibson glenwood godwin grover gulf hamilton hamlet"
    " harbinger harmony harris hays henrietta highlands hoffman hubert hudson ivanhoe"
    " jefferson julian kelly king kipling lansing leland liberty linden locust lowell"
    " lynn magnolia maiden maple marble marion marshall marvin matthews maury merritt"
    " micro midland midway milton monroe murphy naples nashville nebo newport newton"
    " norman norwood ogden olivia oriental otto oxford patterson pinnacle princeton"
    " providence rex rockwell roper rowland ruffin sapphire saratoga scotts severn"
    " shannon shiloh simpson sims sophia sparta speed spencer stacy staley stanley star"
    " stella stem stonewall supply terrell thurmond toast todd trenton trinity troy"
    " turkey tuxedo vale vander vaughan wade wallace warsaw waves webster welcome"
    " wendell westport willard windsor wise woodland"
)
_ALSO_WORDS = frozenset(_ORDINARY.split())
"""Towns whose names are words, or names of people and of other places, as well."""


class Sign(StrEnum):
    """What kind of thing gives a place away, the nearest first."""

    SPOT = "spot"
    """A street, a ZIP code, a point, a landmark."""
    TOWN = "town"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What gives a place away; `certain` if it can hardly mean anything else."""

    sign: Sign
    what: Sentence
    certain: bool = True


def the_town(name: str) -> Sentence:
    """Return what somebody tells who names a town."""
    return Sentence("the town %(town)s", town=name)


def tells_place(text: str, gazetteer: Gazetteer) -> tuple[Clue, ...]:
    """Return everything in `text` that tells a place, the nearest first."""
    return (*_spots(text), *_towns(text, gazetteer), *_counties(text, gazetteer))


def tells_spot(text: str) -> bool:
    """Tell whether `text` names a street, a ZIP code, a point or a landmark."""
    return any(_spots(text))


def address_tells_place(url: str, gazetteer: Gazetteer) -> tuple[Clue, ...]:
    """Return what a web address tells of a place: a map, a street, a ZIP, a town.

    The name of the site is not read, since nobody can part its words.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    if _MAP.search(url):
        return (Clue(sign=Sign.SPOT, what=_TO_A_MAP),)
    rest = " / ".join((parts.path, parts.query, parts.fragment))
    if found := _POINT.search(rest) or _PLUS_CODE.search(rest):
        point = Sentence("the point %(point)s", point=found[0])
        return (Clue(sign=Sign.SPOT, what=point),)
    read = re.sub(r"[-_+=&.]+", " ", unquote_plus(rest))
    read = re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), read)
    spots = (t for t in _spots(read) if t.what in {"a street", "a ZIP code"})
    return (*spots, *_towns(read, gazetteer))


def _spots(text: str) -> Iterator[Clue]:
    for pattern, what in _SIGNS:
        if pattern.search(text):
            yield Clue(sign=Sign.SPOT, what=what)
    named = _NAMED_STREET.search(text)
    if named is not None and not _STREET.search(text):
        # A body can be named after a street.
        what = Sentence("the street %(street)s", street=named[0])
        yield Clue(sign=Sign.SPOT, what=what, certain=False)


def _towns(text: str, gazetteer: Gazetteer) -> Iterator[Clue]:
    def is_town(name: str) -> bool:
        return gazetteer.is_city(name) and gazetteer.county(name) is None

    for name, placed in _names(text, is_town):
        certain = placed or name.casefold() not in _ALSO_WORDS
        yield Clue(sign=Sign.TOWN, what=the_town(name), certain=certain)


def _counties(text: str, gazetteer: Gazetteer) -> Iterator[Clue]:
    def is_county(name: str) -> bool:
        return gazetteer.county(name) is not None

    for name, placed in _names(text, is_county):
        if placed or name.endswith((" County", " NC")):
            what = Sentence("the county of %(county)s", county=name)
            yield Clue(sign=Sign.COUNTY, what=what, certain=False)


def _names(text: str, known: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Yield the names in `text` that are known, and whether they stand as places."""
    for run in _RUN.finditer(text):
        words = re.split(r"[\s-]+", re.sub(r"[’']s\b", "", run[0]))
        before = [*text[: run.start()].split()[-1:], *words]
        lead = len(before) - len(words)
        place = 0
        while place < len(words):
            name = _longest(words[place:], known)
            if name is None:
                place += 1
                continue
            said = before[max(0, place + lead - 1)].casefold()
            yield name, said in _AT
            place += len(name.split())
    for small in _SMALL.finditer(text):
        name = _longest(small[1].split(), known)
        if name is not None and name not in _ALSO_WORDS:
            yield name, False


def _longest(words: list[str], known: Callable[[str], bool]) -> str | None:
    """Return the longest name that `words` begin with and that is known."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[:count])
        if known(name):
            return name
    return None
