"""What each organization offers: several services of one are one call."""

import numpy as np
from numpy.typing import NDArray

from matcher import criteria
from matcher.bits import Mask, Rows
from matcher.catalog import Catalog
from matcher.judgement import Column, Judgement
from matcher.needs import Needs
from matcher.plan import Offer
from matcher.reach import SURE

_ENOUGH = 2
"""Of those that offer the same: the best, and who stands in for it."""


class _Callers:
    """Organizations by their number: what they cover, how surely, and how well."""

    def __init__(self, size: int) -> None:
        self.covers: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.surely: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self._points: Column = np.zeros(size)
        self._weights: Column = np.zeros(size)

    def add(self, bit: int, weight: float, best: Column, surely: Mask) -> None:
        """Take in a need: the best score of each that covers it, below 0 for others."""
        offered = best >= 0
        self.covers |= offered.astype(np.int64) << bit
        self.surely |= surely.astype(np.int64) << bit
        self._points += weight * np.where(offered, best, 0.0)
        self._weights += weight * offered

    def best(self) -> Rows:
        """Return the numbers of those that could be in a plan or stand in for one."""
        numbers = np.flatnonzero(self.covers)
        covers, surely = self.covers[numbers], self.surely[numbers]
        order = np.lexsort((numbers, -self.scores[numbers], surely, covers))
        kind = np.stack((covers, surely))[:, order]
        enough = np.ones(order.size, dtype=np.bool_)
        enough[_ENOUGH:] = (kind[:, _ENOUGH:] != kind[:, :-_ENOUGH]).any(axis=0)
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
    best of its services for it.
    """
    places = np.flatnonzero(judgement.is_open & ~catalog.refers_only[judgement.rows])
    organization = catalog.organization[judgement.rows[places]]
    sure = _sure(catalog, judgement)[places]
    size = len(catalog.organizations)
    callers = _Callers(size)
    for bit, need in enumerate(needs.needs):
        covered = judgement.covers[bit][places]
        best, surely = np.full(size, -1.0), np.zeros(size, dtype=np.bool_)
        np.maximum.at(best, organization[covered], scores[places[covered]])
        surely[organization[covered & sure]] = True
        callers.add(bit, criteria.URGENCY[need.urgency], best, surely)
    values = callers.scores
    return [
        Offer(
            organization_id=catalog.organizations[number],
            covers=int(callers.covers[number]),
            sure=int(callers.surely[number]),
            score=float(values[number]),
        )
        for number in callers.best()
    ]


def _sure(catalog: Catalog, judgement: Judgement) -> Mask:
    """Tell what reaches the person without doubt, can be called, and is not full."""
    sure = (judgement.reached.reach <= SURE) & catalog.can_be_called[judgement.rows]
    for place, room in judgement.rooms.items():
        if not room.available:
            sure[place] = False
    return sure
