"""What holds of every ranking, whatever the catalog and the request."""

import dataclasses
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.candidate import Area, Candidate, OutOfCounty, Site, Spoken
from matcher.language import LanguageMatch
from matcher.needs import Gender, Needs, Person
from matcher.ranking import rank
from matcher.reach import Reach
from tests.matcher.reference import verdict
from tests.matcher.world import (
    CODES,
    DAY,
    candidates,
    catalog_of,
    needs_of,
    requests,
    shelter,
)

ALL = 1000


@settings(max_examples=150, deadline=None)
@given(candidates(), requests(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    some: list[Candidate], needs: Needs, chance: random.Random
) -> None:
    shuffled = some.copy()
    chance.shuffle(shuffled)
    assert rank(catalog_of(some), needs, limit=ALL) == rank(
        catalog_of(shuffled), needs, limit=ALL
    )


@settings(max_examples=150, deadline=None)
@given(candidates(), requests())
def test_no_option_breaks_a_rule_and_scores_are_bounded(
    some: list[Candidate], needs: Needs
) -> None:
    matching = rank(catalog_of(some), needs, limit=ALL)
    by_id = {candidate.id: candidate for candidate in some}
    wanted = {need.code for need in needs.needs}
    for option in matching.options:
        words = verdict(by_id[option.service_id], needs.person, DAY)
        assert "no" not in words.values()
        assert option.eligibility == "ask" or not words
        assert 0 <= option.score <= 1
        assert set(option.covers) == wanted & by_id[option.service_id].codes
    assert matching.found == len(matching.options)
    scores = [option.score for option in matching.options]
    assert scores == sorted(scores, reverse=True)
    scope = sum(bool(wanted & candidate.codes) for candidate in some)
    assert matching.excluded.total == scope - matching.found


@settings(max_examples=150, deadline=None)
@given(candidates(), requests())
def test_telling_nothing_of_oneself_closes_no_door(
    some: list[Candidate], needs: Needs
) -> None:
    told = rank(catalog_of(some), needs, limit=ALL)
    silent = dataclasses.replace(needs, person=Person())
    untold = rank(catalog_of(some), silent, limit=ALL)
    assert {o.service_id for o in told.options} <= {
        o.service_id for o in untold.options
    }


@settings(max_examples=150, deadline=None)
@given(candidates(), requests())
def test_covering_one_need_more_never_ranks_lower(
    some: list[Candidate], needs: Needs
) -> None:
    wanted = [need.code for need in needs.needs]
    for candidate in some:
        # More kinds of service bring more usual doors; this is about the need alone.
        more = dataclasses.replace(candidate, codes=candidate.codes | set(wanted))
        before = rank(catalog_of([candidate]), needs, limit=1).options
        after = rank(catalog_of([more]), needs, limit=1).options
        if before and after and before[0].questions == after[0].questions:
            assert after[0].score >= before[0].score


@settings(max_examples=100, deadline=None)
@given(candidates(), requests())
def test_an_unrelated_service_changes_nothing(
    some: list[Candidate], needs: Needs
) -> None:
    wanted = {need.code for need in needs.needs}
    related = [candidate for candidate in some if wanted & candidate.codes]
    assert rank(catalog_of(some), needs, limit=ALL) == rank(
        catalog_of(related), needs, limit=ALL
    )


@settings(max_examples=100, deadline=None)
@given(candidates(), requests())
def test_what_would_open_is_what_another_answer_opens(
    some: list[Candidate], needs: Needs
) -> None:
    catalog = catalog_of(some)
    now = rank(catalog, needs, limit=ALL)
    for name, count in now.excluded.would_open:
        if name != "pets":
            continue
        changed = dataclasses.replace(needs.person, pets=not needs.person.pets)
        then = rank(catalog, dataclasses.replace(needs, person=changed), limit=ALL)
        opened = {o.service_id for o in then.options} - {
            o.service_id for o in now.options
        }
        assert len(opened) == count


def reach_of(candidate: Candidate, **said: object) -> Reach | None:
    """Return how `candidate` reaches a person in the first county."""
    needs = needs_of(*CODES, county="37001", **said)
    options = rank(catalog_of([candidate]), needs, limit=1).options
    return options[0].reach if options else None


def area(*counties: str, **more: object) -> Area:
    """Return an area of `counties`."""
    return Area(counties=frozenset(counties), **more)  # type: ignore[arg-type]


def test_a_complete_list_elsewhere_excludes_and_a_partial_one_asks() -> None:
    assert reach_of(shelter(area=area("37001", complete=True))) is Reach.SERVES_COUNTY
    assert reach_of(shelter(area=area("37003", complete=True))) is Reach.NEIGHBOR
    assert reach_of(shelter(area=area("37007", complete=True))) is None
    assert reach_of(shelter(area=area("37007"))) is Reach.PARTIAL
    takes = area("37007", complete=True, out_of_county=OutOfCounty.YES)
    assert reach_of(shelter(area=takes)) is Reach.TAKES_OTHERS
    refuses = area("37003", complete=True, out_of_county=OutOfCounty.NO)
    assert reach_of(shelter(area=refuses)) is None


def test_a_county_to_avoid_excludes_what_is_there() -> None:
    here = shelter(sites=(Site(county="37001"),))
    assert reach_of(here, avoid_counties=frozenset({"37001"})) is None
    hidden = shelter(sites=(Site(),))
    needs = needs_of(
        "emergency_shelter", county="37001", avoid_counties=frozenset({"37001"})
    )
    cautions = rank(catalog_of([hidden]), needs, limit=1).options[0].cautions
    assert "where_unknown" in {note.code for note in cautions}


def test_only_a_public_point_has_a_distance() -> None:
    hidden = shelter(id="a", sites=(Site(county="37001"),))
    public = shelter(id="b", sites=(Site(county="37001", point=(35.0, -80.0)),))
    needs = needs_of("emergency_shelter", county="37001")
    options = rank(catalog_of([hidden, public]), needs, limit=2).options
    assert {o.service_id: o.distance_miles for o in options} == {"a": None, "b": 0.0}


def test_staff_come_before_interpreters_and_silence_is_asked() -> None:
    some = [
        shelter(id="staff", languages={"es": Spoken.STAFF}),
        shelter(id="interpreter", languages={"mul": Spoken.INTERPRETER}),
        shelter(id="silent"),
        shelter(id="other", languages={"fr": Spoken.STAFF}),
    ]
    needs = needs_of("emergency_shelter", county="37001", languages=("es-MX",))
    options = rank(catalog_of(some), needs, limit=4).options
    assert [o.service_id for o in options] == [
        "staff",
        "interpreter",
        "silent",
        "other",
    ]
    assert options[2].language is LanguageMatch.NOT_RECORDED
    assert "language_ask" in {note.code for note in options[2].questions}


def test_nothing_that_was_said_is_in_a_repr() -> None:
    needs = needs_of("food", county="37003", person=Person(gender=Gender.MAN, age=41))
    text = f"{needs!r} {needs.needs!r} {needs.person!r}"
    assert not any(word in text for word in ("food", "37003", "man", "41"))
