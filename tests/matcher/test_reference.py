"""The columns equal the plain rules, in everything, on catalogs of any kind.

`AFTERCARE_ORACLE_CATALOGS=10000` compares as many; without it two hundred are
compared, so that the whole of the tests stays quick.
"""

import dataclasses
import os

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from matcher.attributes import ATTRIBUTES
from matcher.candidate import Candidate
from matcher.needs import Needs
from matcher.ranking import Matching, rank
from matcher.reach import REACH_RULES
from tests.matcher import reference
from tests.matcher.reference import Call, Seen, World
from tests.matcher.world import (
    DAY,
    GEOGRAPHY,
    TAXONOMY,
    candidates,
    catalog_of,
    requests,
)

CATALOGS = int(os.environ.get("AFTERCARE_ORACLE_CATALOGS", "200"))
SLOW = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
)
ALL = 1000


# A catalog that differs is not made smaller: that takes minutes, and its parts are
# noted whole.
@settings(
    max_examples=CATALOGS,
    # Who asks for more gets others each time.
    derandomize="AFTERCARE_ORACLE_CATALOGS" not in os.environ,
    deadline=None,
    suppress_health_check=SLOW,
    phases=(Phase.explicit, Phase.generate),
)
@given(candidates(), requests())
def test_the_columns_equal_the_plain_reference(
    some: list[Candidate], needs: Needs
) -> None:
    note(f"{some}\n{dataclasses.asdict(needs)}")
    world = World(some, TAXONOMY, GEOGRAPHY, DAY)
    matching = rank(catalog_of(some), needs, limit=ALL)
    seen = reference.look(world, needs)
    assert found(matching) == [one.id for one in seen if not one.closed_by]
    compare_options(matching, [one for one in seen if not one.closed_by])
    compare_excluded(matching, seen)
    assert dict(matching.excluded.would_open) == reference.would_open(world, needs)
    compare_plan(matching, reference.calls(world, needs), needs)


def found(matching: Matching) -> list[str]:
    """Return the ids of the options in their order."""
    return [option.service_id for option in matching.options]


def compare_options(matching: Matching, seen: list[Seen]) -> None:
    """Compare what is said of each option."""
    for option, one in zip(matching.options, seen, strict=True):
        said = {note.code for note in option.questions}
        assert said & ATTRIBUTE_NAMES == one.asks
        assert ("ride" in said) == one.ride
        assert (option.eligibility == "ask") == bool(
            one.asks or any(code.startswith("area_") for code in said)
        )
        assert option.score == pytest.approx(one.score, abs=2e-4)
        assert (option.reach, option.distance_miles) == (one.reach, one.miles)
        assert option.open == one.open
        assert option.language in {None, one.match}
        cautions = {note.code for note in option.cautions}
        assert ("near_danger" in cautions) == one.near_danger
        assert ("prefers_others" in cautions) == bool(one.others - {"faith"})
        assert ("tailored" in {n.code for n in option.reasons}) == bool(one.made_for)


ATTRIBUTE_NAMES = frozenset(a.name for a in ATTRIBUTES)


def compare_excluded(matching: Matching, seen: list[Seen]) -> None:
    """Compare the counts of what is left out."""
    rules = [*ATTRIBUTE_NAMES, *REACH_RULES.values()]
    counts = {name: sum(name in one.closed_by for one in seen) for name in rules}
    assert matching.excluded.total == sum(bool(one.closed_by) for one in seen)
    assert dict(matching.excluded.by_rule) == {n: c for n, c in counts.items() if c}


def compare_plan(matching: Matching, calls: list[Call], needs: Needs) -> None:
    """Compare the plan with the best of all that there could be."""
    urgent = frozenset(n.code for n in needs.needs if n.urgency == "now")
    by_name = {call.name: call for call in calls}
    chosen = [by_name[offer.organization_id] for offer in matching.plan.offers]
    coverable = frozenset().union(*(call.covers for call in calls))
    assert set(matching.uncovered) == needs.codes - coverable
    mine, best = reference.plan_rank(chosen, urgent), reference.best_rank(calls, urgent)
    assert mine[:2] == best[:2]
    assert mine[2] == pytest.approx(best[2], abs=1e-7)
