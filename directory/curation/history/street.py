"""Streets as people write them in a sentence: without the kind, or the number."""

from collections.abc import Iterable, Iterator

from directory.places.spelling import folded

SHORTEST = 4
"""Letters of a word that is looked for in other texts; shorter ones are anywhere."""

_KINDS = """
    alley aly ave avenue bend blvd boulevard bypass causeway circle close court cove
    crescent crossing drive expressway expy extension freeway highway hill hills
    junction landing lane loop mews parkway pass path pike pkwy place plaza point ridge
    road route row run square station street terr terrace tpke trace trail trailer
    turnpike view walk
    apartment apartments apt bldg box building floor lobby office post room rural suite
    unit
    north south east west northeast northwest southeast southwest
    norte este oeste calle avenida
"""
_SAY_NOTHING = frozenset(_KINDS.split())
"""Kinds of streets, parts of a house and directions that tell no street."""
_DIRECTIONS = frozenset({"north", "south", "east", "west", "ne", "nw", "se", "sw"})


def spoken(text: str) -> str:
    """Return the words of `text`, a space around each, to look for phrases in.

    Directions and single letters are left out: `417 N. Oak` is `417 Oak`.
    """
    words = folded(text.replace("'", " ")).replace(",", " ").split()
    kept = [w for w in words if w not in _DIRECTIONS and (len(w) > 1 or w.isdigit())]
    return f" {' '.join(kept)} "


def phrases_of(street: str) -> Iterable[str]:
    """Yield what tells of `street` in a text that `spoken` has made.

    Each word of its name, and the number of the house with the name.
    """
    words = spoken(street).split()
    for word in words:
        if len(word) >= SHORTEST and word.isalpha() and word not in _SAY_NOTHING:
            yield f" {word} "
    for number, name in _numbers(words):
        yield f" {number} {name} "


def _numbers(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each number with the word after it; a house can stand after its name."""
    for place, word in enumerate(words[:-1]):
        if word[0].isdigit():
            yield word, words[place + 1]
