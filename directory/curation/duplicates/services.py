"""Services that one organization may list twice: same needs, same name, same places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from directory.curation.duplicates.evidence import Code, Evidence
from directory.curation.duplicates.likeness import likest
from directory.curation.duplicates.name import Name, name_of
from directory.curation.duplicates.weights import (
    LIKE_NAME,
    SERVICE_NAME,
    SERVICE_NEEDS,
    SERVICE_PLACES,
    SERVICE_SHOWN_FROM,
)
from directory.projection import Listing

Found = tuple[str, str, float, tuple[Evidence, ...]]
"""The two ids, the lower first, the score and the evidence."""


def like_services(listings: Iterable[Listing]) -> Iterator[Found]:
    """Yield the pairs of services of one organization that may be one."""
    of: Mapping[str, list[Listing]] = defaultdict(list)
    for listing in sorted(listings, key=lambda one: one.id):
        of[listing.organization.id].append(listing)
    for services in of.values():
        for left, right in combinations(services, 2):
            evidence = _compare(left, right)
            points = _points(evidence)
            if points >= SERVICE_SHOWN_FROM:
                yield left.id, right.id, points, evidence


def _compare(left: Listing, right: Listing) -> tuple[Evidence, ...]:
    found = [*_needs(left, right), *_places(left, right)]
    # Names take longest to compare, and are so where the rest can still suffice.
    if _points(found) + SERVICE_NAME >= SERVICE_SHOWN_FROM:
        found.extend(_names(left, right))
    return tuple(sorted(found, key=lambda one: (-one.points, one.code)))


def _points(evidence: Iterable[Evidence]) -> float:
    return round(sum(one.points for one in evidence), 4)


def _names(left: Listing, right: Listing) -> Iterator[Evidence]:
    here, there = _words(left), _words(right)
    words = {word for name in (*here, *there) for word in name.words}
    found = likest(here, there, dict.fromkeys(words, 1.0))
    if found is not None and found.value >= LIKE_NAME:
        code = Code.SAME_NAME if found.value == 1 else Code.LIKE_NAME
        yield Evidence(code, SERVICE_NAME * found.value, found.names)


def _words(listing: Listing) -> list[Name]:
    names = map(name_of, (listing.name, *listing.alternate_names))
    return [name for name in names if name is not None]


def _needs(left: Listing, right: Listing) -> Iterator[Evidence]:
    share, shared = _shared(left.codes, right.codes)
    if shared:
        yield Evidence(Code.SAME_NEEDS, SERVICE_NEEDS * share, shared)


def _places(left: Listing, right: Listing) -> Iterator[Evidence]:
    """Yield how far both are given in the same places, for the same counties."""
    towns, in_towns = _shared(_towns(left), _towns(right))
    served, in_counties = _shared(_served(left), _served(right))
    known = [towns] * bool(_towns(left) or _towns(right)) + [served]
    points = SERVICE_PLACES * sum(known) / len(known)
    if in_towns:
        yield Evidence(Code.SAME_PLACE, points, in_towns)
    elif in_counties:
        counties = tuple(code for code in in_counties if code.isdigit())
        code = Code.SAME_COUNTY if counties else Code.SAME_PLACE
        yield Evidence(code, points, counties)


def _towns(listing: Listing) -> Collection[str]:
    known = (place.street or place.city for place in listing.places)
    return [town for town in known if town]


def _served(listing: Listing) -> Collection[str]:
    """Return the counties it is given in or for; where there are none, how far."""
    inside = (place.county for place in listing.places)
    return [*listing.counties, *filter(None, inside)] or [listing.coverage]


def _shared(
    left: Collection[str], right: Collection[str]
) -> tuple[float, tuple[str, ...]]:
    """Return which share of all is in both, and what that is."""
    here, there = set(left), set(right)
    share = len(here & there) / len(here | there) if here or there else 0.0
    return share, tuple(sorted(here & there))
