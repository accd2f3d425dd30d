"""What was found out about every service that covers a need, and its score."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from matcher import bits, criteria
from matcher.attributes import SELDOM
from matcher.availability import OPEN_VALUES, Open, room_value
from matcher.bits import Bits, Mask, Rows
from matcher.candidate import Capacity
from matcher.catalog import Catalog
from matcher.eligibility import Verdicts
from matcher.language import Understood
from matcher.needs import Needs, Urgency
from matcher.reach import ASKED, EXCLUDED, Reached
from matcher.taxonomy import TREATED

# All providers of this directory are in North Carolina.
_ZONE = ZoneInfo("America/New_York")

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every criterion for every row that covers a need.

    `scope` are those rows as a set and `rows` in their order; the columns are in the
    same order. `covers` has a line for each need. `asks` and `others` say by attribute
    what must be asked, and what would rather have somebody else, where any is;
    `made_for` what is made for such a person. `is_open` says which rows neither a rule
    nor the reach closes. `openness` holds numbers of `Open`; `rooms` are by the
    place in `rows`.
    """

    scope: Bits
    rows: Rows
    covers: Mask
    verdicts: Verdicts
    asks: Mapping[str, Mask]
    others: Mapping[str, Mask]
    made_for: Mask
    reached: Reached
    understood: Understood
    openness: NDArray[np.int8]
    rooms: Mapping[int, Capacity]
    is_open: Mask


def judge(catalog: Catalog, needs: Needs) -> Judgement:
    """Apply every criterion to the rows of `catalog` that cover a need."""
    covering = [catalog.covers[need.code] for need in needs.needs]
    scope = reduce(np.bitwise_or, covering)
    rows = bits.to_rows(scope, catalog.size)
    verdicts = catalog.eligibility.judge(needs.person, needs.codes)
    reached = catalog.reaches.judge(needs, rows)
    closed, made_for = bits.empty(catalog.size), bits.empty(catalog.size)
    for verdict in verdicts.values():
        closed |= verdict.closes
        made_for |= verdict.made_for
    return Judgement(
        scope=scope,
        rows=rows,
        covers=np.array([bits.to_mask(c, catalog.size)[rows] for c in covering]),
        verdicts=verdicts,
        asks=_masks(catalog, scope, {n: v.asks for n, v in verdicts.items()}),
        others=_masks(catalog, scope, {n: v.others for n, v in verdicts.items()}),
        made_for=bits.to_mask(made_for, catalog.size)[rows],
        reached=reached,
        understood=catalog.languages.judge(
            needs.languages, rows, interpreter_ok=needs.interpreter_ok
        ),
        openness=catalog.availability.judge(needs.at.astimezone(_ZONE), rows),
        rooms=catalog.availability.rooms(needs.at, rows),
        is_open=~bits.to_mask(closed, catalog.size)[rows] & (reached.reach < EXCLUDED),
    )


def _masks(
    catalog: Catalog, scope: Bits, sets: Mapping[str, Bits]
) -> Mapping[str, Mask]:
    """Return what each of `sets` has of `scope`, as a column, if it has anything."""
    rows = bits.to_rows(scope, catalog.size)
    return {
        name: bits.to_mask(some, catalog.size)[rows]
        for name, some in sets.items()
        if (some & scope).any()
    }


def parts(catalog: Catalog, needs: Needs, judgement: Judgement) -> Mapping[str, Column]:
    """Return the value of each part of the score, between 0 and 1, by its name."""
    rows = judgement.rows
    return {
        "needs": _covered(catalog, needs, judgement),
        "eligibility": _certainty(judgement),
        "reach": judgement.reached.values,
        "language": judgement.understood.values,
        "focus": catalog.focus[rows],
        "tailored": judgement.made_for.astype(np.float64),
        "availability": _available(catalog, needs, judgement),
        "freshness": catalog.freshness.judge(catalog.day, rows),
        "phase": _usual(catalog, needs, judgement),
    }


def total(values: Mapping[str, Column]) -> Column:
    """Return the score: the sum of weight x value over all parts."""
    # Rounding makes equal what only the order of additions tells apart.
    parted = [criteria.WEIGHTS[name] * value for name, value in values.items()]
    scores: Column = np.clip(np.round(reduce(np.add, parted), 9), 0.0, 1.0)
    return scores


def _covered(catalog: Catalog, needs: Needs, judgement: Judgement) -> Column:
    """Return what share of the needs each row covers, urgent ones counting more."""
    rows = judgement.rows
    refers, remote = catalog.refers_only[rows], catalog.only_remote[rows]
    share = np.zeros(rows.size)
    for need, covers in zip(needs.needs, judgement.covers, strict=True):
        begins = remote if need.code in TREATED else np.zeros_like(remote)
        part = np.select([refers, begins], [criteria.REFERS_ONLY, criteria.BEGINS], 1.0)
        share += criteria.URGENCY[need.urgency] * covers * part
    total = sum(criteria.URGENCY[need.urgency] for need in needs.needs)
    called, doubtful = catalog.can_be_called[rows], catalog.doubtful_line[rows]
    line = np.select(
        [~called, doubtful], [criteria.NO_NUMBER, criteria.DOUBTFUL_LINE], 1.0
    )
    covered: Column = share / total * line
    return covered


def _certainty(judgement: Judgement) -> Column:
    """Return how sure it is that the person is taken."""
    reached = judgement.reached
    asked = reached.reach >= ASKED
    area = np.where(reached.likely, criteria.LIKELY_AREA_QUESTION, criteria.QUESTION)
    certainty = np.where(asked, area, 1.0)
    for name, asks in judgement.asks.items():
        left = criteria.SELDOM_QUESTION if name in SELDOM else criteria.QUESTION
        np.multiply(certainty, left, out=certainty, where=asks)
    others = reduce(np.logical_or, judgement.others.values(), np.zeros_like(asked))
    np.multiply(certainty, criteria.PREFERS_OTHERS, out=certainty, where=others)
    return certainty


def _available(catalog: Catalog, needs: Needs, judgement: Judgement) -> Column:
    """Return how sure it is that somebody answers and has room.

    Whether it is open at this moment matters where something is needed now.
    """
    values = np.full(judgement.rows.size, criteria.OPEN_UNKNOWN)
    urgent = np.array([need.urgency is Urgency.NOW for need in needs.needs])
    now = judgement.covers[urgent].any(axis=0)
    answered = catalog.always_answered[judgement.rows]
    openness = np.where(answered, Open.OPEN, judgement.openness)
    values = np.where(now, OPEN_VALUES[openness], values)
    for place, room in judgement.rooms.items():
        values[place] = room_value(room, needs.at)
    return values


def _usual(catalog: Catalog, needs: Needs, judgement: Judgement) -> Column:
    """Return 1 where a need that is covered is usual in the phase that was said."""
    usual = catalog.taxonomy.usual_in(needs.phase) if needs.phase else ()
    in_phase = np.array([need.code in usual for need in needs.needs])
    values: Column = judgement.covers[in_phase].any(axis=0).astype(np.float64)
    return values
