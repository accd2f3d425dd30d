"""Which rules keep people out, and which other answer would open a door."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher import bits
from matcher.bits import Bits
from matcher.catalog import Catalog
from matcher.judgement import Judgement
from matcher.needs import Needs
from matcher.reach import REACH_RULES

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """How many services that cover a need are left out, and what would open them.

    `by_rule` counts a service once for each rule that closes it; `would_open` counts
    those that one other answer alone would open.
    """

    total: int
    by_rule: Counts
    would_open: Counts


def count_excluded(catalog: Catalog, needs: Needs, judgement: Judgement) -> Excluded:
    """Count what `judgement` closed, by rule and by the answer that would open it."""
    closed_by = _closed_by(judgement)
    once, twice = bits.empty(catalog.size), bits.empty(catalog.size)
    for closed in closed_by.values():
        twice = twice | (once & closed)
        once = once | closed
    opens = (
        (name, max((bits.count(alone & ~other) for other in others), default=0))
        for name, others in catalog.eligibility.alternatives(needs.person).items()
        for alone in (closed_by[name] & ~twice,)
    )
    return Excluded(
        total=bits.count(once),
        by_rule=_ordered((name, bits.count(b)) for name, b in closed_by.items()),
        would_open=_ordered(opens),
    )


def _closed_by(judgement: Judgement) -> dict[str, Bits]:
    closed_by = {
        name: closed & judgement.scope
        for name, closed in judgement.verdicts.closes.items()
    }
    for reach, rule in REACH_RULES.items():
        there = bits.of_mask(judgement.reached.reach == reach)
        closed_by[rule] = judgement.scope & there
    return closed_by


def _ordered(counts: Iterable[tuple[str, int]]) -> Counts:
    some = [(name, count) for name, count in counts if count]
    return tuple(sorted(some, key=lambda pair: (-pair[1], pair[0])))
