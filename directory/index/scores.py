"""What is known of all listings for a query: one array for each kind of knowledge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.index import weights
from directory.index.boosts import Boost
from directory.index.column import Mask
from directory.index.mentions import Mentions
from directory.index.query import Clause

Scores = NDArray[np.float64]
Tiers = NDArray[np.int8]

NAMED, MEANT_TOO, MENTIONED = 0, 1, 2
"""How surely a listing gives what is asked for: its name or tag says so, it is what the
words can mean as well, its text has the words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClauseScore:
    """How well each listing has one clause (0 where it has not), and where.

    `said` are the listings that have the words that were typed, `named` those that have
    them in a name; the others may have a synonym, which `mentions` knows. `facts` says
    for each fact of the clause who is known to be so, and who not to be.
    """

    clause: Clause
    values: Scores
    tiers: Tiers
    said: Mask
    named: Mask
    facts: Mapping[str, tuple[Mask, Mask]]
    mentions: Mentions
    tagged: Mapping[str, Mask]

    @property
    def hit(self) -> Mask:
        """The listings that have the clause."""
        return self.values > 0

    @property
    def strong(self) -> Mask:
        """Those that have it in a name or a tag."""
        return self.values >= weights.STRONG

    @property
    def refuses(self) -> Mask:
        """Those that are known not to be so, and so in no other way either."""
        refuses = np.zeros_like(self.said)
        for _, are_not in self.facts.values():
            refuses |= are_not
        for are, _ in self.facts.values():
            refuses &= ~are
        return refuses

    @property
    def telling(self) -> Mask:
        """The listings that have it without those where it is but noise.

        Where more listings mention a kind of help than give it ("we refer to
        shelters"), only those that give it are meant.
        """
        given = self.hit & (self.tiers < MENTIONED)
        weak = int(np.count_nonzero(self.hit & ~given))
        strong = int(np.count_nonzero(given))
        is_noise = bool(self.tagged) and 0 < strong < weak
        return given if is_noise else self.hit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """The scores of a whole query.

    `required` is what a hit must have; `loose` are words that stand in no name and mean
    nothing of the field, beside others that do: they only lift what has them.
    `whole_name` are the listings whose name was typed, `bodies` those of the
    organization whose name was typed; `official` those that are set first for what was
    asked, by row. `hits` counts how much of what is required a listing has, `suits` for
    how many of those that were named it is said to be; `refuses` are those that are not
    for one of them.
    """

    clauses: tuple[ClauseScore, ...]
    required: tuple[ClauseScore, ...]
    loose: tuple[ClauseScore, ...]
    relevance: Scores
    whole_name: Mask
    bodies: Mask
    official: Mapping[int, Boost]
    hits: Tiers
    suits: Tiers
    refuses: Mask
    tiers: Tiers

    @property
    def is_name(self) -> bool:
        """Whether what was typed is a name and no kind of help."""
        return bool(self.bodies.any()) and not any(s.tagged for s in self.required)

    @property
    def is_soft(self) -> bool:
        """Whether all words only say for whom or in which language."""
        return all(score.clause.soft for score in self.required)

    def giving_all(self, base: Mask) -> Mask:
        """Return those of `base` that have all that is required, and not as noise."""
        for score in self.required:
            base = base & score.telling
        return base

    def having_all(self, base: Mask) -> Mask:
        """Return those of `base` that have everything that is required."""
        for score in self.required:
            base = base & score.hit
        return base

    def having_any(self, base: Mask) -> Mask:
        """Return those of `base` that have something of what is required."""
        hit = np.zeros_like(base)
        for score in self.required:
            hit |= score.hit
        return base & hit


def loose_of(scores: Sequence[ClauseScore]) -> tuple[ClauseScore, ...]:
    """Return the words that mean nothing of the field and stand in no name."""
    if not any(score.clause.concepts for score in scores):
        return ()
    return tuple(
        score
        for score in scores
        if not (score.clause.concepts or score.clause.quoted or score.strong.any())
    )


def required_of(scores: Sequence[ClauseScore]) -> tuple[ClauseScore, ...]:
    """Return what a hit must have: all that is not soft, or all if all is soft."""
    return tuple(s for s in scores if not s.clause.soft) or tuple(scores)
