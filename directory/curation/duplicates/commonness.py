"""Commonness: how many bodies have a word, a number, a domain or a house.

It is counted by sites and not by rows: ten rows of one body at one address are no
reason to trust its number less, ten addresses with one number are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log2

from directory.curation.duplicates.name import GENERIC_WORDS
from directory.curation.duplicates.sketch import Sketch
from directory.curation.duplicates.weights import (
    COMMON_FROM,
    GENERIC,
    HELD_BY_GOVERNMENT,
    WORD_FADES,
    WORTH_OF_SHARED,
)

_OF_GOVERNMENT = (".gov", ".us", ".mil", ".edu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """How much each thing that two bodies may share tells, from 0 to 1."""

    words: Mapping[str, float]
    phones: Mapping[str, float]
    domains: Mapping[str, float]
    houses: Mapping[str, float]


def commonness(sketches: Collection[Sketch]) -> Commonness:
    """Count what `sketches` share."""
    words: dict[str, set[str]] = defaultdict(set)
    phones: dict[str, set[str]] = defaultdict(set)
    domains: dict[str, set[str]] = defaultdict(set)
    houses: dict[str, set[str]] = defaultdict(set)
    for one in sketches:
        site = one.site
        _note(words, one.words, site)
        _note(phones, one.body.phones, site)
        _note(domains, one.domains, site)
        door = min(one.body.phones, default=site)
        _note(houses, {street.key for street in one.streets}, door)
    return Commonness(
        words={word: _weight(word, len(sites)) for word, sites in words.items()},
        phones={key: _worth(len(sites)) for key, sites in phones.items()},
        domains={key: _worth(_holders(key, sites)) for key, sites in domains.items()},
        houses={key: _worth(len(doors)) for key, doors in houses.items()},
    )


def _note(seen: dict[str, set[str]], keys: Iterable[str], site: str) -> None:
    for key in keys:
        seen[key].add(site)


def _worth(holders: int) -> float:
    return 1 / (1 + WORTH_OF_SHARED * max(0, holders - 2))


def _holders(domain: str, sites: Collection[str]) -> int:
    if domain.endswith(_OF_GOVERNMENT):
        return max(len(sites), HELD_BY_GOVERNMENT)
    return len(sites)


def _weight(word: str, sites: int) -> float:
    """Return what a word tells; a number always tells, as in `School 12`."""
    if word.isdigit():
        return 1.0
    doubled = log2(max(sites, COMMON_FROM) / COMMON_FROM)
    weight = 1 / (1 + WORD_FADES * doubled)
    return min(weight, GENERIC) if word in GENERIC_WORDS else weight
