"""The fewest organizations that together cover what is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one organization could do: the needs it covers as a bit mask, and how well.

    `score` is between 0 and 1; `near` says that it surely reaches the
    person and can be called.
    """

    organization_id: str
    covers: int
    score: float
    near: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Offers that together cover the bit mask `covers`, the most urgent first."""

    offers: tuple[Offer, ...] = ()
    covers: int = 0


def best_plan(offers: Sequence[Offer], weights: Sequence[float]) -> Plan:
    """Return the exact best plan.

    It covers every need that any offer covers. Among those it has the fewest
    organizations, among those the highest sum of scores, and then the smallest ids.
    Whoever surely reaches the person comes first: others join only for what is left.
    `weights` are the urgencies of the needs, by bit.
    """
    near = _cover([offer for offer in offers if offer.near])
    left = [_without(offer, near.covers) for offer in offers if not offer.near]
    far = _cover([offer for offer in left if offer.covers])
    chosen = (*near.offers, *far.offers)
    by_id = {offer.organization_id: offer for offer in offers}
    whole = [by_id[offer.organization_id] for offer in chosen]
    whole.sort(
        key=lambda o: (
            not o.near,
            -_weight(o.covers, weights),
            -o.score,
            o.organization_id,
        )
    )
    return Plan(offers=tuple(whole), covers=near.covers | far.covers)


def other_plans(
    offers: Sequence[Offer], weights: Sequence[float], *, first: Plan, most: int
) -> list[Plan]:
    """Return up to `most` further plans, each without one provider of the first."""
    plans: list[Plan] = []
    seen = {_names(first)}
    for gone in first.offers:
        rest = [o for o in offers if o.organization_id != gone.organization_id]
        plan = best_plan(rest, weights)
        if plan.covers == first.covers and _names(plan) not in seen:
            seen.add(_names(plan))
            plans.append(plan)
    plans.sort(key=lambda p: (len(p.offers), -sum(o.score for o in p.offers)))
    return plans[:most]


def _cover(offers: Sequence[Offer]) -> Plan:
    """Return the smallest exact cover of all that `offers` cover together."""
    goal = 0
    for offer in offers:
        goal |= offer.covers
    best: dict[int, tuple[Offer, ...]] = {0: ()}
    for mask, offer in sorted(_best_by_mask(offers).items()):
        for covered, chosen in list(best.items()):
            reached = covered | mask
            if reached == covered:
                continue
            rival = best.get(reached)
            if rival is None or _rank((*chosen, offer)) < _rank(rival):
                best[reached] = (*chosen, offer)
    return Plan(offers=best[goal], covers=goal)


def _best_by_mask(offers: Sequence[Offer]) -> Mapping[int, Offer]:
    """Return the best offer for each set of needs; the others cannot be in a plan."""
    best: dict[int, Offer] = {}
    for offer in offers:
        rival = best.get(offer.covers)
        if rival is None or _rank((offer,)) < _rank((rival,)):
            best[offer.covers] = offer
    return best


def _rank(offers: tuple[Offer, ...]) -> tuple[int, float, tuple[str, ...]]:
    # Rounded, so that the order in which floats were added decides nothing.
    total = round(sum(offer.score for offer in offers), 9)
    return len(offers), -total, tuple(sorted(o.organization_id for o in offers))


def _without(offer: Offer, covered: int) -> Offer:
    return Offer(
        organization_id=offer.organization_id,
        covers=offer.covers & ~covered,
        score=offer.score,
        near=offer.near,
    )


def _weight(covers: int, weights: Sequence[float]) -> float:
    return sum(weight for bit, weight in enumerate(weights) if covers >> bit & 1)


def _names(plan: Plan) -> frozenset[str]:
    return frozenset(offer.organization_id for offer in plan.offers)
