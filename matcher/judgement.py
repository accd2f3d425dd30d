"""What was found out about every service for one request."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from matcher import bits, criteria
from matcher.attributes import SOFT
from matcher.availability import OPEN_VALUES
from matcher.bits import Bits, Rows
from matcher.catalog import Catalog
from matcher.eligibility import Verdicts
from matcher.needs import Needs
from matcher.reach import EXCLUDED, Reach, Reached

# All providers of this directory are in North Carolina.
_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every criterion for every row: sets of rows, and columns of values.

    `scope` are the rows that cover a need, `open_doors` those of them that no rule
    closes. `language` and `openness` hold numbers of `LanguageMatch` and `Open`;
    `rooms` says how much is free where that was reported lately.
    """

    scope: Bits
    open_doors: Bits
    verdicts: Verdicts
    reached: Reached
    language: NDArray[np.int8]
    language_values: NDArray[np.float64]
    openness: NDArray[np.int8]
    rooms: dict[int, int]


def judge(catalog: Catalog, needs: Needs) -> Judgement:
    """Apply every criterion to every row of `catalog`."""
    scope = bits.empty(catalog.size)
    for need in needs.needs:
        scope = scope | catalog.covers[need.code]
    verdicts = catalog.eligibility.judge(needs.person)
    reached = catalog.reaches.judge(needs)
    language, language_values = catalog.languages.judge(
        needs.languages, interpreter_ok=needs.interpreter_ok
    )
    open_doors = scope & bits.of_mask(reached.reach < EXCLUDED)
    for closed in verdicts.closes.values():
        open_doors = open_doors & ~closed
    return Judgement(
        scope=scope,
        open_doors=open_doors,
        verdicts=verdicts,
        reached=reached,
        language=language,
        language_values=language_values,
        openness=catalog.availability.judge(needs.at.astimezone(_ZONE)),
        rooms=catalog.availability.rooms(needs.at),
    )


def score(
    catalog: Catalog, needs: Needs, judgement: Judgement, rows: Rows
) -> NDArray[np.float64]:
    """Return the score of each of `rows`, between 0 and 1."""
    wanted, usual = _coverage(catalog, needs, rows)
    scores: NDArray[np.float64] = (
        criteria.NEEDS * wanted
        + criteria.ELIGIBILITY * _certainty(catalog, judgement, rows)
        + criteria.REACH * judgement.reached.values[rows]
        + criteria.LANGUAGE * judgement.language_values[rows]
        + criteria.FOCUS * catalog.focus[rows]
        + criteria.AVAILABILITY * _available(judgement, rows)
        + criteria.FRESHNESS * catalog.freshness.judge(catalog.day)[rows]
        + criteria.PHASE * usual
    )
    return scores


def _coverage(
    catalog: Catalog, needs: Needs, rows: Rows
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what share of the needs each row covers, and whether the phase fits."""
    wanted, usual = np.zeros(rows.size), np.zeros(rows.size)
    in_phase = catalog.taxonomy.usual_in(needs.phase) if needs.phase else ()
    total = 0.0
    for need in needs.needs:
        weight = criteria.URGENCY[need.urgency]
        total += weight
        covered = bits.to_mask(catalog.covers[need.code], catalog.size)[rows]
        wanted += weight * covered
        if need.code in in_phase:
            usual = np.maximum(usual, covered)
    share = wanted / total
    share *= np.where(catalog.refers_only[rows], criteria.REFERS_ONLY, 1.0)
    share *= np.where(catalog.can_be_called[rows], 1.0, criteria.NO_NUMBER)
    return share, usual


def _certainty(
    catalog: Catalog, judgement: Judgement, rows: Rows
) -> NDArray[np.float64]:
    certainty = np.where(
        judgement.reached.reach[rows] >= Reach.PARTIAL, criteria.QUESTION, 1.0
    )
    for name, asks in judgement.verdicts.asks.items():
        if asks.any():
            left = criteria.SOFT_QUESTION if name in SOFT else criteria.QUESTION
            asked = bits.to_mask(asks, catalog.size)[rows]
            certainty = np.where(asked, certainty * left, certainty)
    return certainty


def _available(judgement: Judgement, rows: Rows) -> NDArray[np.float64]:
    available = OPEN_VALUES[judgement.openness[rows]]
    for row, room in judgement.rooms.items():
        at = np.searchsorted(rows, row)
        if at < rows.size and rows[at] == row:
            available[at] = 1.0 if room else 0.0
    return available
