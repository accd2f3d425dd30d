"""The plan equals brute force."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.needs import Urgency
from matcher.plan import Offer, Plan, best_plan, other_plans
from tests.matcher.reference import Call, best_rank, plan_rank

NEEDS = 8
NOW, SOON, LATER = Urgency.NOW, Urgency.SOON, Urgency.LATER


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    """Draw up to nine offers over eight needs."""
    masks = draw(st.lists(st.integers(1, 2**NEEDS - 1), max_size=9))
    return [
        Offer(
            organization_id=f"o{n}",
            covers=mask,
            **drawn_tiers(draw, mask),
            score=draw(st.integers(0, 100)) / 100,
        )
        for n, mask in enumerate(masks)
    ]


def drawn_tiers(draw: st.DrawFn, mask: int) -> dict[str, int]:
    """Draw which of the needs can be called about, and which are sure."""
    some = st.sampled_from([0, -1, 0b01010101, 0b00001111])
    called = mask & draw(some)
    return {"called": called, "sure": called & draw(some)}


def as_call(offer: Offer) -> Call:
    """Return an offer in the form of the oracle."""
    return Call(
        name=offer.organization_id,
        covers=bits_of(offer.covers),
        called=bits_of(offer.called),
        sure=bits_of(offer.sure),
        score=offer.score,
    )


def bits_of(mask: int) -> frozenset[str]:
    """Return the bits of a mask as names of needs."""
    return frozenset(str(bit) for bit in range(NEEDS) if mask >> bit & 1)


@settings(max_examples=200, deadline=None)
@given(offers(), st.lists(st.sampled_from(Urgency), min_size=NEEDS, max_size=NEEDS))
def test_the_plan_is_the_best_of_all_that_there_could_be(
    some: list[Offer], urgencies: list[Urgency]
) -> None:
    plan = best_plan(some, urgencies)
    urgent = frozenset(str(bit) for bit, u in enumerate(urgencies) if u is NOW)
    chosen = [as_call(offer) for offer in plan.offers]
    mine = plan_rank(chosen, urgent)
    assert mine == best_rank([as_call(offer) for offer in some], urgent)
    assert bits_of(plan.covers) == frozenset().union(*(as_call(o).covers for o in some))


@settings(max_examples=100, deadline=None)
@given(offers(), st.lists(st.sampled_from(Urgency), min_size=NEEDS, max_size=NEEDS))
def test_alternatives_cover_the_same_and_call_others(
    some: list[Offer], urgencies: list[Urgency]
) -> None:
    first = best_plan(some, urgencies)
    others = other_plans(some, urgencies, first=first, most=3)
    assert len(others) <= 3
    assert all(plan.covers == first.covers for plan in others)
    called = [names(plan) for plan in [first, *others]]
    assert len({frozenset(some) for some in called}) == len(called)


def names(plan: Plan) -> list[str]:
    """Return whom to call, in order."""
    return [offer.organization_id for offer in plan.offers]


def offer(
    name: str, covers: int, score: float, *, sure: bool = True, called: bool = True
) -> Offer:
    """Return an offer in few words."""
    return Offer(
        organization_id=name,
        covers=covers,
        called=covers if called else 0,
        sure=covers if sure and called else 0,
        score=score,
    )


def test_who_surely_reaches_the_person_is_called_about_what_they_cover() -> None:
    near, far = offer("near", 0b01, 0.4), offer("far", 0b11, 0.9, sure=False)
    assert names(best_plan([near, far], [NOW, NOW])) == ["near", "far"]


def test_who_cannot_be_called_is_in_no_plan_while_another_can() -> None:
    silent = offer("silent", 0b01, 0.9, called=False)
    doubtful = offer("doubtful", 0b01, 0.2, sure=False)
    assert names(best_plan([silent, doubtful], [NOW])) == ["doubtful"]
    assert names(best_plan([silent], [NOW])) == ["silent"]


def test_one_doubtful_call_is_spared_when_a_sure_one_does_the_same() -> None:
    far, near = offer("far", 0b11, 0.9, sure=False), offer("near", 0b11, 0.3)
    assert names(best_plan([far, near], [NOW, NOW])) == ["near"]


def test_the_most_urgent_need_is_called_about_first() -> None:
    later, now = offer("later", 0b01, 0.9), offer("now", 0b10, 0.1)
    assert names(best_plan([later, now], [LATER, NOW])) == ["now", "later"]


def test_among_the_fewest_calls_the_urgent_needs_take_one() -> None:
    # Two calls either way; in one of the ways both urgent needs are met by the first.
    split = [offer("a", 0b0101, 0.9), offer("b", 0b1010, 0.9)]
    first = [offer("c", 0b0011, 0.5), offer("d", 0b1100, 0.5)]
    urgencies = [NOW, NOW, LATER, SOON]
    assert names(best_plan([*split, *first], urgencies)) == ["c", "d"]


def test_nothing_to_offer_makes_no_plan() -> None:
    assert best_plan([], [NOW]) == Plan()
    assert other_plans([], [NOW], first=Plan(), most=3) == []


def test_alternatives_differ_and_cover_the_same() -> None:
    some = [offer("a", 0b11, 0.9), offer("b", 0b11, 0.8), offer("c", 0b01, 0.7)]
    first = best_plan(some, [NOW, NOW])
    others = other_plans(some, [NOW, NOW], first=first, most=3)
    assert names(first) == ["a"]
    assert [names(plan) for plan in others] == [["b"]]
