"""Which rules keep people out, and which other answer would open a door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from matcher import bits
from matcher.attributes import held_answers, ranges
from matcher.bits import Bits
from matcher.catalog import Catalog
from matcher.judgement import Judgement
from matcher.needs import (
    INCOME_BANDS,
    Household,
    Immigration,
    Insurance,
    Justice,
    Needs,
    Person,
    PoliceReport,
)
from matcher.reach import REACH_RULES

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """How many services that cover a need are left out, and what would open them.

    `by_rule` counts a service once for each rule that closes it; `would_open` counts
    those that are found if one answer is changed and nothing else.
    """

    total: int
    by_rule: Counts
    would_open: Counts


def count_excluded(catalog: Catalog, needs: Needs, judgement: Judgement) -> Excluded:
    """Count what `judgement` closed, by rule and by the answer that would open it."""
    closed_by = {
        name: verdict.closes & judgement.scope
        for name, verdict in judgement.verdicts.items()
    }
    in_reach = judgement.scope
    by_rule = [(name, bits.count(closed)) for name, closed in closed_by.items()]
    for reach, rule in REACH_RULES.items():
        there = judgement.rows[judgement.reached.reach == reach]
        in_reach = in_reach & ~bits.of_rows(there, catalog.size)
        by_rule.append((rule, int(there.size)))
    return Excluded(
        total=int((~judgement.is_open).sum()),
        by_rule=_ordered(by_rule),
        would_open=_ordered(_openings(catalog, needs, in_reach, closed_by)),
    )


def other_answers(person: Person, name: str) -> list[Person]:
    """Return the person with the answer about `name` changed, in every way.

    Only what was answered is changed, and only what a life can change: a paper, a pet,
    a report, and not an age or a disability.
    """
    field, answers = _CHANGEABLE[name]
    said = getattr(person, field)
    if said is None:
        return []
    return [replace(person, **{field: a}) for a in answers if a != said]


_CHANGEABLE: Mapping[str, tuple[str, Sequence[Any]]] = {
    "children": ("children", (0, 1)),
    "partner": ("partner_was_trafficker", (True, False)),
    "immigration": ("immigration", [frozenset({status}) for status in Immigration]),
    "substances": ("using_substances", (True, False)),
    "pets": ("pets", (True, False)),
    "photo_id": ("photo_id", (True, False)),
    "police_report": ("police_report", list(PoliceReport)),
    "justice": (
        "justice_involved",
        [frozenset(), *(frozenset({matter}) for matter in Justice)],
    ),
    "insurance": ("insurance", list(Insurance)),
    "income": ("income_band", list(INCOME_BANDS)),
    "pregnant": ("pregnant", (True, False)),
    "household": ("household", list(Household)),
    "faith": ("faith_based_ok", (True, False)),
}
"""By what it is about, the field of the person and the answers that it can have."""

CHANGEABLE = tuple(_CHANGEABLE)
"""What "what would open" asks about."""


def _openings(
    catalog: Catalog, needs: Needs, in_reach: Bits, closed_by: Mapping[str, Bits]
) -> Iterator[tuple[str, int]]:
    """Yield how many services the best other answer to each question would open."""
    shut = {name: closed & in_reach for name, closed in closed_by.items()}
    shut = {name: closed for name, closed in shut.items() if closed.any()}
    closed_now = _any(shut.values(), in_reach)
    for name in CHANGEABLE:
        # Nothing opens where nothing is closed; most questions close nothing.
        if shut.keys() & _TOUCHES.get(name, {name}):
            opened = [
                bits.count(closed_now & ~_closed_to(catalog, needs, shut, other))
                for other in other_answers(needs.person, name)
            ]
            yield name, max(opened, default=0)


_TOUCHES: Mapping[str, frozenset[str]] = {
    # Children come along in both.
    "children": frozenset({"children", "household"}),
    "household": frozenset({"children", "household"}),
}


def _closed_to(
    catalog: Catalog, needs: Needs, shut: Mapping[str, Bits], other: Person
) -> Bits:
    """Return what is closed to `other`, judging again what their answer touches."""
    before = {**held_answers(needs.person, needs.codes), **ranges(needs.person)}
    after = {**held_answers(other, needs.codes), **ranges(other)}
    touched = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    judged = catalog.eligibility.judge_some(sorted(touched), other, needs.codes)
    rest = [closed for name, closed in shut.items() if name not in touched]
    return _any(
        [*rest, *(verdict.closes for verdict in judged.values())],
        bits.empty(catalog.size),
    )


def _any(sets: Iterable[Bits], like: Bits) -> Bits:
    return reduce(np.bitwise_or, sets, bits.none_of(like))


def _ordered(counts: Iterable[tuple[str, int]]) -> Counts:
    some = [(name, count) for name, count in counts if count]
    return tuple(sorted(some, key=lambda pair: (-pair[1], pair[0])))
