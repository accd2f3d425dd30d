"""Blocking: which bodies are compared at all, without comparing all of them.

Bodies that share a number, a domain, a house, a telling word, or a word and a ZIP code
or county, stand in a block, and only those of one block are compared.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from directory.curation.duplicates.commonness import Commonness
from directory.curation.duplicates.name import Name
from directory.curation.duplicates.sketch import Sketch
from directory.curation.duplicates.weights import (
    LARGEST_BLOCK,
    SHORTEST_ACRONYM,
    TELLING,
    WORD_START,
)

Pair = tuple[int, int]
"""Two places in the list of sketches, the lower first."""


def pairs(sketches: Sequence[Sketch], common: Commonness) -> list[Pair]:
    """Return the pairs to compare, each once, in order."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(sketches):
        for key in _keys(one, common):
            blocks[key].append(number)
    found: set[Pair] = set()
    for members in blocks.values():
        for block in _small(members, sketches):
            found.update(combinations(block, 2))
    return sorted(found)


def _keys(one: Sketch, common: Commonness) -> set[str]:
    keys = {f"phone {phone}" for phone in one.body.phones}
    keys |= {f"domain {domain}" for domain in one.domains}
    keys |= {f"house {street.key}" for street in one.streets}
    for name in one.names:
        keys.add(f"name {' '.join(sorted(name.words))}")
        keys |= set(_keys_of_letters(one, name))
    for word in one.words:
        if common.words[word] >= TELLING:
            start = word[:WORD_START]
            keys |= {f"word {start}", *_near(one, start)}
    return keys


def _keys_of_letters(one: Sketch, name: Name) -> Iterator[str]:
    """Yield what finds an acronym, and a name whose telling word is mistyped."""
    if name.acronym is not None:
        yield f"letters {name.acronym}"
    if len(name.initials) >= SHORTEST_ACRONYM:
        yield f"letters {name.initials}"
    yield from _near(one, f"letters {name.initials}")


def _near(one: Sketch, key: str) -> Iterator[str]:
    """Yield `key` for each ZIP code and county."""
    for code in one.zips:
        yield f"zip {code} {key}"
    for fips in one.body.counties:
        yield f"county {fips} {key}"


def _small(
    members: Sequence[int], sketches: Sequence[Sketch]
) -> Iterator[Sequence[int]]:
    """Yield a block, or its parts by words where it is too large to compare all."""
    if len(members) <= LARGEST_BLOCK:
        yield members
        return
    parts: Mapping[str, list[int]] = defaultdict(list)
    for number in members:
        for word in sketches[number].words:
            parts[word].append(number)
    for part in parts.values():
        if len(part) <= LARGEST_BLOCK:
            yield part
