"""Ranks the services of a catalog for one request, and says why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher import bits, criteria
from matcher.barrier import Excluded, count_excluded
from matcher.bits import Rows
from matcher.catalog import Catalog
from matcher.judgement import Judgement, judge, score
from matcher.needs import Needs
from matcher.option import Option, Seen, option_of
from matcher.plan import Offer, Plan, best_plan, other_plans
from matcher.reach import Reach
from matcher.taxonomy import Phase

_SURE = Reach.REMOTE
_NEXT_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The answer to one request; `found` counts all options, not only those shown."""

    options: tuple[Option, ...]
    found: int
    plan: Plan
    alternatives: tuple[Plan, ...]
    uncovered: tuple[str, ...]
    excluded: Excluded
    next_needs: tuple[str, ...]


def rank(catalog: Catalog, needs: Needs, *, limit: int) -> Matching:
    """Return the best `limit` services for `needs`, the plan, and what was left out.

    The catalog must be of the day of `needs.at`. Same input, same output, whatever the
    order in which candidates were given; ties are broken by id.
    """
    judgement = judge(catalog, needs)
    rows = bits.to_rows(judgement.open_doors, catalog.size)
    # Rounding makes equal what only the order of additions tells apart.
    scores = np.round(score(catalog, needs, judgement, rows), 9)
    shown = np.lexsort((rows, -scores))[:limit]
    offers = _offers(catalog, needs, judgement, rows, scores)
    weights = [criteria.URGENCY[need.urgency] for need in needs.needs]
    plan = best_plan(offers, weights)
    return Matching(
        options=tuple(
            option_of(
                Seen(
                    catalog=catalog,
                    needs=needs,
                    judgement=judgement,
                    row=int(rows[place]),
                ),
                float(scores[place]),
            )
            for place in shown
        ),
        found=int(rows.size),
        plan=plan,
        alternatives=tuple(
            other_plans(offers, weights, first=plan, most=criteria.ALTERNATIVES)
        ),
        uncovered=tuple(
            need.code
            for bit, need in enumerate(needs.needs)
            if not plan.covers >> bit & 1
        ),
        excluded=count_excluded(catalog, needs, judgement),
        next_needs=_next_needs(catalog, needs),
    )


def _offers(
    catalog: Catalog,
    needs: Needs,
    judgement: Judgement,
    rows: Rows,
    scores: NDArray[np.float64],
) -> list[Offer]:
    """Return what each organization offers: several services of one are one call."""
    masks = np.zeros(rows.size, dtype=np.int64)
    for bit, need in enumerate(needs.needs):
        covered = bits.to_mask(catalog.covers[need.code], catalog.size)[rows]
        masks |= covered.astype(np.int64) << bit
    merged: dict[str, Offer] = {}
    for place in np.flatnonzero(~catalog.refers_only[rows]):
        offer = Offer(
            organization_id=catalog.candidates[rows[place]].organization_id,
            covers=int(masks[place]),
            score=float(scores[place]),
            near=bool(
                judgement.reached.reach[rows[place]] <= _SURE
                and catalog.can_be_called[rows[place]]
            ),
        )
        other = merged.get(offer.organization_id)
        merged[offer.organization_id] = (
            offer if other is None else _together(other, offer)
        )
    return [merged[key] for key in sorted(merged)]


def _together(one: Offer, other: Offer) -> Offer:
    """Return one offer for two services of one organization."""
    if one.near != other.near:
        # What surely reaches the person is not made doubtful by what may not.
        return one if one.near else other
    return Offer(
        organization_id=one.organization_id,
        covers=one.covers | other.covers,
        score=max(one.score, other.score),
        near=one.near,
    )


def _next_needs(catalog: Catalog, needs: Needs) -> tuple[str, ...]:
    """Return what people usually need in the phase that follows, as a prompt.

    Without a phase, it is the one after the earliest in which the needs are usual.
    """
    asked = {need.code for need in needs.needs}
    phases = list(Phase)
    usual = (p for code in asked for p in catalog.taxonomy.terms[code].phases)
    now = needs.phase or min(usual, key=phases.index, default=Phase.INITIAL_FREEDOM)
    following = phases[min(phases.index(now) + 1, len(phases) - 1)]
    fresh = (
        term.code
        for term in catalog.taxonomy.terms.values()
        if following in term.phases and now not in term.phases
    )
    return tuple(code for code in fresh if code not in asked)[:_NEXT_SHOWN]
