"""The fewest organizations that together cover what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from matcher.needs import Urgency

_IMPOSSIBLE = np.iinfo(np.int64).min // 2
_GRAIN = 1_000_000_000

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one organization could do, in one call.

    `covers` are the needs that it covers, as a bit mask; `called` are those of them
    about which somebody not too far away can be called, and `sure` those of these that
    it covers for this person without doubt: it reaches them and is not full. `score` is
    between 0 and 1.
    """

    organization_id: str
    covers: int
    called: int
    sure: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Offers that together cover the bit mask `covers`, the most urgent first."""

    offers: tuple[Offer, ...] = ()
    covers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Puzzle:
    """What is to be covered, and by what: one bit a need.

    `goal` has a bit for every need that anybody covers. A need that somebody covers
    surely must be covered surely, so only those pieces have its bit; else one about
    which somebody can be called must be covered by a call. `masks` and
    `grains` are what the pieces cover and their scores, in whole numbers that add up
    the same in any order.
    """

    goal: int
    urgent: int
    pieces: tuple[Offer, ...]
    masks: Whole
    grains: Whole


def best_plan(offers: Sequence[Offer], urgencies: Sequence[Urgency]) -> Plan:
    """Return the exact best plan for needs of these `urgencies`, by bit.

    It covers every need that any offer covers, surely where anybody does, and else by
    a call where anybody can be called. Among those plans it has the fewest
    organizations; among those the urgent needs take the fewest calls; among those the
    sum of scores is the highest.
    """
    puzzle = _puzzle(offers, urgencies)
    chosen = [puzzle.pieces[piece] for piece in _solve(puzzle)]
    covers = reduce(or_, (offer.covers for offer in chosen), 0)
    return Plan(offers=tuple(_in_order(chosen, urgencies)), covers=covers)


def other_plans(
    offers: Sequence[Offer], urgencies: Sequence[Urgency], *, first: Plan, most: int
) -> list[Plan]:
    """Return up to `most` further plans, each without one provider of the first.

    They cover the same needs, and no two call the same organizations.
    """
    plans: dict[frozenset[str], Plan] = {}
    for gone in first.offers:
        rest = [o for o in offers if o.organization_id != gone.organization_id]
        plan = best_plan(rest, urgencies)
        if plan.covers == first.covers:
            plans.setdefault(frozenset(o.organization_id for o in plan.offers), plan)
    ranked = sorted(
        plans.values(), key=lambda p: (len(p.offers), -sum(o.score for o in p.offers))
    )
    return ranked[:most]


def _puzzle(offers: Sequence[Offer], urgencies: Sequence[Urgency]) -> _Puzzle:
    goal = reduce(or_, (offer.covers for offer in offers), 0)
    surely = reduce(or_, (offer.sure for offer in offers), 0)
    called = reduce(or_, (offer.called for offer in offers), 0) & ~surely
    other = goal & ~surely & ~called
    now = sum(1 << bit for bit, u in enumerate(urgencies) if u is Urgency.NOW)
    best: dict[int, Offer] = {}
    for offer in sorted(offers, key=_rank):
        sure, by_call = offer.sure & surely, offer.called & called
        best.setdefault(sure | by_call | (offer.covers & other), offer)
    best.pop(0, None)
    masks = np.array(list(best), dtype=np.int64)
    grains = np.array([round(o.score * _GRAIN) for o in best.values()], dtype=np.int64)
    useful = np.flatnonzero(_undominated(masks, grains))
    pieces = tuple(best.values())
    return _Puzzle(
        goal=goal,
        urgent=goal & now,
        pieces=tuple(pieces[piece] for piece in useful),
        masks=masks[useful],
        grains=grains[useful],
    )


def _undominated(masks: Whole, grains: Whole) -> NDArray[np.bool_]:
    """Leave out what another piece does as well, with more and with a better score."""
    within = (masks[:, None] & masks[None, :]) == masks[:, None]
    worse: NDArray[np.bool_] = within & (grains[:, None] < grains[None, :])
    return np.logical_not(worse.any(axis=1))


def _solve(puzzle: _Puzzle) -> list[int]:
    """Return the pieces of the best plan, by their numbers."""
    start = np.full(puzzle.goal + 1, _IMPOSSIBLE, dtype=np.int64)
    start[0] = 0
    layers = [start]
    while layers[-1][puzzle.goal] < 0:
        layers.append(_one_more(puzzle, layers[-1]))
    return _urgent_first(puzzle, layers)


def _urgent_first(puzzle: _Puzzle, layers: Sequence[Whole]) -> list[int]:
    """Return the fewest pieces, of which the fewest cover the urgent needs."""
    routes = (_route(puzzle, layers, calls) for calls in range(len(layers)))
    later = next(route for route in routes if route[-1][puzzle.goal] >= 0)
    calls = len(layers) - len(later)
    chosen, reached = _walk_back(puzzle, later, puzzle.goal)
    return [*_walk_back(puzzle, layers[: calls + 1], reached)[0], *chosen]


def _route(puzzle: _Puzzle, layers: Sequence[Whole], calls: int) -> list[Whole]:
    """Return what the pieces after the first `calls` add, if those are the urgent."""
    met = np.arange(puzzle.goal + 1) & puzzle.urgent == puzzle.urgent
    later = [np.where(met, layers[calls], _IMPOSSIBLE)]
    while len(later) < len(layers) - calls and later[0].max() >= 0:
        later.append(_one_more(puzzle, later[-1]))
    return later


def _one_more(puzzle: _Puzzle, before: Whole) -> Whole:
    """Return the best score for each set of needs after one piece more."""
    after = np.full(before.size, _IMPOSSIBLE, dtype=np.int64)
    covered = np.flatnonzero(before >= 0)
    reached = covered[:, None] | puzzle.masks
    scores = before[covered][:, None] + puzzle.grains
    gains = reached != covered[:, None]
    np.maximum.at(after, reached[gains], scores[gains])
    return after


def _walk_back(
    puzzle: _Puzzle, layers: Sequence[Whole], reached: int
) -> tuple[list[int], int]:
    """Return the pieces that led to `reached`, and from where they started."""
    chosen = []
    for before, after in zip(layers[-2::-1], layers[:0:-1], strict=True):
        piece, reached = _last_step(puzzle, before, reached, int(after[reached]))
        chosen.append(piece)
    return chosen, reached


def _last_step(
    puzzle: _Puzzle, before: Whole, reached: int, score: int
) -> tuple[int, int]:
    """Return the piece that made the best of `reached`, and what was reached before.

    Of several the first by rank and the smallest set are taken, so ties are stable.
    """
    covered = np.flatnonzero(before >= 0)
    made = covered[:, None] | puzzle.masks
    same = (made == reached) & (covered != reached)[:, None]
    same &= before[covered][:, None] + puzzle.grains == score
    piece, place = np.argwhere(same.T)[0].tolist()
    return piece, int(covered[place])


def _in_order(offers: Sequence[Offer], urgencies: Sequence[Urgency]) -> list[Offer]:
    """Return `offers` in the order in which to call."""
    return sorted(
        offers,
        key=lambda o: (not o.sure, not o.called, *_soonest(o, urgencies), _rank(o)),
    )


def _soonest(offer: Offer, urgencies: Sequence[Urgency]) -> list[int]:
    """Return how many needs of each urgency are covered, the most urgent first."""
    covered = [u for bit, u in enumerate(urgencies) if offer.covers >> bit & 1]
    return [-covered.count(urgency) for urgency in Urgency]


def _rank(offer: Offer) -> tuple[float, str]:
    return -offer.score, offer.organization_id
