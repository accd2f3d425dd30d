"""Likeness of names: which words both share, weighed by how much each tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rapidfuzz import fuzz

from directory.curation.duplicates.name import Name
from directory.curation.duplicates.weights import (
    ACRONYM,
    CLASHING_WORD,
    LEAST_CLASH,
    MISTYPED,
    SPARE_WORD,
    TYPING_ERROR,
)

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How like two names are, from 0 to 1, and what the words they share weigh.

    `clashes` says that both are named as parts, and as different ones.
    """

    value: float
    telling: float
    clashes: bool
    names: tuple[str, str]


def likest(
    left: Sequence[Name], right: Sequence[Name], weights: Weights
) -> Likeness | None:
    """Return the two names that are most alike, of all that two bodies bear."""
    return max((_compare(a, b, weights) for a in left for b in right), default=None)


def _compare(left: Name, right: Name, weights: Weights) -> Likeness:
    names = (left.written, right.written)
    if _stands_for(left, right) or _stands_for(right, left):
        return Likeness(ACRONYM, 1.0, clashes=False, names=names)
    shared = _weight(set(left.words) & set(right.words), weights)
    typed, spare, other = _mistyped(
        [word for word in left.words if word not in right.words],
        [word for word in right.words if word not in left.words],
        weights,
    )
    rest = sorted((_left_over(spare, weights), _left_over(other, weights)))
    whole = shared + typed + CLASHING_WORD * rest[0] + SPARE_WORD * rest[1]
    alike = shared + MISTYPED * typed
    value = alike / whole if whole else 0.0
    return Likeness(value, alike, clashes=_clash(left, right), names=names)


def _clash(left: Name, right: Name) -> bool:
    """Tell whether both are parts, and neither part is said in the other name."""
    here, there = set(left.part), set(right.part)
    return bool(here and there) and not here <= there and not there <= here


def _stands_for(short: Name, long: Name) -> bool:
    return len(long.words) > 1 and short.acronym == long.initials


def _mistyped(
    left: list[str], right: list[str], weights: Weights
) -> tuple[float, list[str], list[str]]:
    """Return what the words weigh that are mistyped, and those that are left over.

    Words may also be written as one: `SafePlace`, `Safe Place`.
    """
    if not left or not right:
        return 0.0, left, right
    if _same("".join(left), "".join(right)):
        return min(_weight(left, weights), _weight(right, weights)), [], []
    found, here, there = 0.0, list(left), list(right)
    for word in left:
        twin = next((other for other in there if _same(word, other)), None)
        if twin is not None:
            found += min(weights[word], weights[twin])
            here.remove(word)
            there.remove(twin)
    return found, here, there


def _same(left: str, right: str) -> bool:
    """Tell whether two words are one; few mistype the first letter, or a number."""
    return (
        left[0] == right[0]
        and fuzz.ratio(left, right, score_cutoff=TYPING_ERROR) > 0
        and _figures(left) == _figures(right)
    )


def _figures(word: str) -> list[str]:
    return [letter for letter in word if letter.isdigit()]


def _left_over(words: Sequence[str], weights: Weights) -> float:
    return max(_weight(words, weights), LEAST_CLASH) if words else 0.0


def _weight(words: Sequence[str] | set[str], weights: Weights) -> float:
    return fsum(weights[word] for word in words)
