"""What each organization offers: several services of one are one call."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.bits import Rows
from matcher.catalog import Catalog
from matcher.criteria import MAX_NEEDS
from matcher.judgement import Column, Judgement
from matcher.needs import Needs
from matcher.plan import Offer
from matcher.reach import SURE
from matcher.taxonomy import TREATED

_ENOUGH = 2
"""Of those that offer the same: the best, and who stands in for it."""


class _Callers:
    """Organizations by their number: what they cover, how surely, and how well.

    The masks are lines of a table: what they cover, can be called about, cover surely.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.masks: NDArray[np.int64] = np.zeros((3, size), dtype=np.int64)
        self._points: Column = np.zeros(size)
        self._weights: Column = np.zeros(size)

    def add(self, bit: int, weight: float, who: Sequence[Rows], scores: Column) -> None:
        """Take in a need: who covers it, can be called about it, covers it surely.

        The `scores` are those of the first.
        """
        for line, numbers in enumerate(who):
            self.masks[line][numbers] |= 1 << bit
        best: Column = np.zeros(self._size)
        np.maximum.at(best, who[0], scores)
        self._points += weight * best
        # Added once to each, however many of its services cover the need.
        self._weights[who[0]] += weight

    def best(self) -> Rows:
        """Return the numbers of those that could be in a plan or stand in for one."""
        numbers = np.flatnonzero(self.masks[0])
        covers, called, sure = self.masks[:, numbers]
        kind = (covers << 2 * MAX_NEEDS) | (called << MAX_NEEDS) | sure
        order = np.lexsort((numbers, -self.scores[numbers], kind))
        kind = kind[order]
        enough = np.ones(order.size, dtype=np.bool_)
        enough[_ENOUGH:] = kind[_ENOUGH:] != kind[:-_ENOUGH]
        chosen: Rows = numbers[order[enough]]
        return chosen

    @property
    def scores(self) -> Column:
        """How well each does what it covers, urgent needs counting more."""
        scores: Column = self._points / np.maximum(self._weights, 1.0)
        return np.round(scores, 9)


def offers_of(
    catalog: Catalog, needs: Needs, judgement: Judgement, scores: Column
) -> list[Offer]:
    """Return the offers that the best plans can be made of.

    Who only sends people on offers nothing. An organization is as good at a need as the
    best of its services for it. Who is said not to answer at any number is in a plan
    only where nobody else can be called.
    """
    places = np.flatnonzero(judgement.is_open & ~catalog.refers_only[judgement.rows])
    rows = judgement.rows[places]
    answered = catalog.can_be_called[rows] & ~catalog.doubtful_line[rows]
    called = answered & judgement.reached.usable[places]
    sure = called & (judgement.reached.reach[places] <= SURE)
    sure &= ~np.isin(places, _full(judgement))
    treats = sure & ~catalog.only_remote[rows]
    callers = _Callers(len(catalog.organizations))
    for bit, need in enumerate(needs.needs):
        covered = judgement.covers[bit][places]
        surely = treats if need.code in TREATED else sure
        callers.add(
            bit,
            criteria.URGENCY[need.urgency],
            [
                catalog.organization[rows[covered & m]]
                for m in (covered, called, surely)
            ],
            scores[places[covered]],
        )
    values = callers.scores
    return [
        Offer(
            organization_id=catalog.organizations[number],
            covers=int(callers.masks[0, number]),
            called=int(callers.masks[1, number]),
            sure=int(callers.masks[2, number]),
            score=float(values[number]),
        )
        for number in callers.best()
    ]


def _full(judgement: Judgement) -> list[int]:
    """Return the places of those that lately said they are full."""
    return [place for place, room in judgement.rooms.items() if not room.available]
