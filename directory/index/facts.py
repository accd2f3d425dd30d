"""Facts of a listing that filters and words ask for: languages, access, confirmation.

What a listing does not record is in none of them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from directory.index.words import folded_words
from directory.projection import Listing

ANY_LANGUAGE = "mul"
NOT_INTERPRETED = frozenset({"ase", ANY_LANGUAGE})
"""Languages that "an interpreter for any language" does not promise."""

SPOKEN_BY = ("staff", "interpreter")
"""Who speaks a language, best first; papers in a language are no help in it."""

ACCESSIBILITY = ("deaf", "mobility", "service_animal")
"""The filters by what is recorded on access."""

VERIFIED = ("3", "6", "12", "any")
"""The filters by how many months ago somebody confirmed a listing."""

_DAYS_OF_12_MONTHS = 365
_SIGNED = "ase"
_ACCESS_WORDS = {
    "deaf": {"tty", "relay", "deaf", "sign", "captions"},
    "mobility": {"wheelchair", "wheelchairs", "ramp", "ramps", "elevator", "door"},
    "service_animal": {"animal", "animals"},
}


def languages_of(listing: Listing) -> set[str]:
    """Return what is spoken, on the telephone too."""
    offered = {x.code for x in listing.languages if x.by in SPOKEN_BY}
    return offered.union(*(line.languages for line in listing.lines))


def speakers_of(listing: Listing) -> set[str]:
    """Return who speaks what, as `es/staff`."""
    return {f"{x.code}/{x.by}" for x in listing.languages if x.by in SPOKEN_BY}


def with_interpreted(codes: set[str], present: Sequence[str]) -> set[str]:
    """Return languages, those that "any language" stands for included."""
    if ANY_LANGUAGE not in codes:
        return codes
    return codes | (set(present) - NOT_INTERPRETED)


def speakers_with_interpreted(codes: set[str], present: Sequence[str]) -> set[str]:
    """Return the same for who speaks what."""
    found = set(codes)
    for by in SPOKEN_BY:
        if f"{ANY_LANGUAGE}/{by}" in codes:
            found |= {f"{x}/{by}" for x in present if x not in NOT_INTERPRETED}
    return found


def accessibility_of(listing: Listing) -> Iterator[str]:
    """Yield for whom something is recorded on access."""
    words = {word for text in listing.accessibility for word in folded_words(text)}
    yield from (code for code, signs in _ACCESS_WORDS.items() if signs & words)
    if any(line.kind == "tty" for line in listing.lines):
        yield "deaf"
    if any(offer.code == _SIGNED for offer in listing.languages):
        yield "deaf"


def confirmed_of(listing: Listing, day: dt.date) -> Iterator[str]:
    """Yield within how many months before `day` somebody confirmed the listing."""
    if listing.verified_on is None:
        return
    age = (day - listing.verified_on).days
    for code in VERIFIED:
        if code == "any" or age <= int(code) * _DAYS_OF_12_MONTHS // 12:
            yield code


def facts_of(listing: Listing) -> Iterator[str]:
    """Yield what a listing says of itself, as `attribute:value`."""
    for rule in listing.rules:
        if rule.effect != "excludes":
            yield from (f"{rule.attribute}:{value}" for value in rule.values)
    yield from (f"access:{way}" for way in listing.access)
    yield from (f"delivery:{way}" for way in listing.delivery)
    yield from (f"accessibility:{code}" for code in accessibility_of(listing))
    if listing.cost is not None:
        yield f"cost:{listing.cost.option}"
    if listing.focus != "general":
        yield "focus:trafficking"
    if listing.always_open:
        yield "open:always"
