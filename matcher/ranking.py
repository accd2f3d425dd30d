"""Ranks the services of a catalog for one request, and says why."""

from dataclasses import dataclass

import numpy as np

from matcher import criteria
from matcher.barrier import Excluded, count_excluded
from matcher.bits import Rows
from matcher.bundle import offers_of
from matcher.catalog import Catalog
from matcher.judgement import Column, Judgement, judge, parts, total
from matcher.needs import Needs
from matcher.option import Option, Seen, option_of
from matcher.plan import Plan, best_plan, other_plans
from matcher.taxonomy import Phase

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
    scores = total(parts(catalog, needs, judgement))
    order = best_first(judgement, scores)
    offers = offers_of(catalog, needs, judgement, scores)
    urgencies = [need.urgency for need in needs.needs]
    plan = best_plan(offers, urgencies)
    return Matching(
        options=tuple(
            option_of(
                Seen(catalog=catalog, needs=needs, judgement=judgement, place=place),
                float(scores[place]),
            )
            for place in _shown(judgement, order, limit).tolist()
        ),
        found=int(order.size),
        plan=plan,
        alternatives=tuple(
            other_plans(offers, urgencies, first=plan, most=criteria.ALTERNATIVES)
        ),
        uncovered=tuple(
            need.code
            for bit, need in enumerate(needs.needs)
            if not plan.covers >> bit & 1
        ),
        excluded=count_excluded(catalog, needs, judgement),
        next_needs=_next_needs(catalog, needs),
    )


def best_first(judgement: Judgement, scores: Column) -> Rows:
    """Return the places of what is found, best first; ties go by id."""
    places = np.flatnonzero(judgement.is_open)
    ranked: Rows = places[np.argsort(-scores[places], kind="stable")]
    return ranked


def _shown(judgement: Judgement, order: Rows, limit: int) -> Rows:
    """Return the best `limit` of `order`, and among them the best of each need.

    Else a need that few meet would be pushed out by one that many meet.
    """
    of_each = min(criteria.BEST_OF_EACH, limit // len(judgement.covers))
    chosen = np.zeros(order.size, dtype=np.bool_)
    for covered in judgement.covers:
        chosen[np.flatnonzero(covered[order])[:of_each]] = True
    room = limit - int(chosen.sum())
    chosen[np.flatnonzero(~chosen)[:room]] = True
    return order[chosen]


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
