"""The plan equals brute force."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.plan import Offer, best_plan, other_plans

NEEDS = 8
WEIGHTS = [3.0] * NEEDS


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    """Draw up to nine offers over eight needs."""
    masks = draw(st.lists(st.integers(1, 2**NEEDS - 1), max_size=9))
    return [
        Offer(
            organization_id=f"o{n}", covers=mask, score=draw(st.integers(0, 100)) / 100
        )
        for n, mask in enumerate(masks)
    ]


@settings(max_examples=300, deadline=None)
@given(offers())
def test_the_plan_is_the_smallest_cover_with_the_best_score(some: list[Offer]) -> None:
    goal = 0
    for offer in some:
        goal |= offer.covers
    covers = [
        chosen
        for size in range(len(some) + 1)
        for chosen in combinations(some, size)
        if _covered(chosen) == goal
    ]
    fewest = min(len(chosen) for chosen in covers)
    best = max(
        round(sum(offer.score for offer in chosen), 9)
        for chosen in covers
        if len(chosen) == fewest
    )
    plan = best_plan(some, WEIGHTS)
    assert plan.covers == goal == _covered(plan.offers)
    assert len(plan.offers) == fewest
    assert round(sum(offer.score for offer in plan.offers), 9) == best


def test_who_surely_reaches_the_person_comes_first() -> None:
    near = Offer(organization_id="near", covers=0b01, score=0.4)
    far = Offer(organization_id="far", covers=0b11, score=0.9, near=False)
    names = [o.organization_id for o in best_plan([near, far], WEIGHTS).offers]
    assert sorted(names) == ["far", "near"]


def test_the_most_urgent_need_is_called_about_first() -> None:
    later = Offer(organization_id="later", covers=0b01, score=0.9)
    now = Offer(organization_id="now", covers=0b10, score=0.1)
    names = [o.organization_id for o in best_plan([later, now], [1.0, 3.0]).offers]
    assert names == ["now", "later"]


def test_alternatives_differ_and_cover_the_same() -> None:
    some = [
        Offer(organization_id=name, covers=0b11, score=score)
        for name, score in (("a", 0.9), ("b", 0.8), ("c", 0.7))
    ]
    first = best_plan(some, WEIGHTS)
    others = other_plans(some, WEIGHTS, first=first, most=3)
    assert [o.organization_id for o in first.offers] == ["a"]
    assert [[o.organization_id for o in plan.offers] for plan in others] == [["b"]]


def _covered(chosen: tuple[Offer, ...]) -> int:
    covered = 0
    for offer in chosen:
        covered |= offer.covers
    return covered
