"""Which pairs of organizations are shown as possible duplicates, and why."""

import itertools
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.curation.duplicates import (
    Body,
    Candidate,
    Code,
    Evidence,
    among,
    undecided,
)
from directory.curation.duplicates.blocking import pairs
from directory.curation.duplicates.commonness import commonness
from directory.curation.duplicates.sketch import sketch
from directory.curation.duplicates.street import street_of
from directory.curation.duplicates.weights import PHONE as PHONE_POINTS
from tests.curation.duplicate_bodies import (
    NOT_SHOWN,
    OTHER_PHONE,
    PHONE,
    SHOWN,
    WAKE,
    Situation,
    body,
)

# A few of each, so that the bodies that are drawn have something in common.
NAMES = st.sampled_from(
    [
        "Tanager House",
        "Tanager Haus",
        "The Tanager House, Inc.",
        "Tanager House - Ashe",
        "Tanager House - Burke",
        "Oldbridge Mission 2",
        "Oldbridge Mission 3",
        "Mision Oldbridge",
        "Safe Place",
        "SafePlace",
        "Family Aid Center",
        "FAC",
        "***",
    ]
)
BODIES = st.builds(
    body,
    st.just("?"),
    NAMES,
    county=st.sampled_from([None, WAKE, "37063"]),
    phone=st.sampled_from([PHONE, OTHER_PHONE]),
    web=st.sampled_from(["tanager.example", "co.ashe.nc.us", "facebook.com"]),
    mail=st.sampled_from(["tanager.example", "gmail.com"]),
    street=st.sampled_from(
        ["12 Oak St", "12 N Oak Street", "P.O. Box 7", "Oak Street"]
    ),
    city=st.sampled_from(["Cary", "Boone"]),
    zip=st.sampled_from(["27513", "28607"]),
)
WORLDS = st.lists(BODIES, min_size=2, max_size=7).map(
    lambda bodies: [replace(one, id=f"{n}") for n, one in enumerate(bodies)]
)


def scores(bodies: list[Body]) -> dict[frozenset[str], float]:
    """Return every score of the bodies that are compared, by pair."""
    return {one.pair: one.score for one in among(bodies, shown_from=0.0)}


def reasons(one: Candidate) -> dict[Code, Evidence]:
    """Return what speaks for one body, by its code."""
    return {reason.code: reason for reason in one.reasons}


def pair_of(case: Situation) -> frozenset[str]:
    """Return the ids of the two bodies."""
    return frozenset({case.left.id, case.right.id})


def pairs_shown(case: Situation) -> set[frozenset[str]]:
    """Return the pairs that are shown of all bodies of the situation."""
    return {one.pair for one in among([case.left, case.right, *case.others])}


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: case.what)
def test_a_pair_is_shown_where_a_person_should_look(case: Situation) -> None:
    assert pair_of(case) in pairs_shown(case)


@pytest.mark.parametrize("case", NOT_SHOWN, ids=lambda case: case.what)
def test_a_pair_is_not_shown_that_is_two(case: Situation) -> None:
    assert pair_of(case) not in pairs_shown(case)


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_scores_are_between_0_and_1_and_best_first(bodies: list[Body]) -> None:
    found = among(bodies, shown_from=0.0)

    assert all(0 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted(
        (one.score for one in found), reverse=True
    )
    assert all(one.left < one.right for one in found)


@settings(max_examples=60, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(bodies: list[Body], chance: Random) -> None:
    mixed = list(bodies)
    chance.shuffle(mixed)

    assert among(mixed, shown_from=0.0) == among(bodies, shown_from=0.0)


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_it_does_not_matter_which_of_two_comes_first(bodies: list[Body]) -> None:
    turned = {one.id: f"{9 - int(one.id)}" for one in bodies}
    mirrored = [replace(one, id=turned[one.id]) for one in bodies]
    expected = {
        frozenset(turned[key] for key in pair): score
        for pair, score in scores(bodies).items()
    }

    assert scores(mirrored) == expected


@settings(max_examples=60, deadline=None)
@given(WORLDS)
def test_nothing_is_more_like_a_body_than_its_copy(bodies: list[Body]) -> None:
    copy = replace(bodies[0], id="copy")
    found = scores([*bodies, copy])
    of_first = {pair: score for pair, score in found.items() if bodies[0].id in pair}

    assert of_first[frozenset({bodies[0].id, "copy"})] == max(of_first.values())


@settings(max_examples=30, deadline=None)
@given(WORLDS)
def test_a_higher_threshold_only_takes_away(bodies: list[Body]) -> None:
    everything = among(bodies, shown_from=0.0)

    for least in (0.01, 0.3, 0.9):
        assert among(bodies, shown_from=least) == tuple(
            one for one in everything if one.score >= least
        )


def test_reasons_are_codes_with_what_agrees() -> None:
    (found,) = among(
        [
            body("b", "Tanager Haven", phone=PHONE, web="t.example", zip="27513"),
            body(
                "a",
                "Tanager Haven, Inc.",
                phone=PHONE,
                web="t.example",
                zip="27513-1200",
                county="37063",
            ),
        ]
    )

    assert {one.code: one.values for one in found.reasons} == {
        Code.SAME_NAME: ("Tanager Haven, Inc.", "Tanager Haven"),
        Code.SAME_PHONE: (PHONE,),
        Code.SAME_DOMAIN: ("t.example",),
        Code.SAME_ZIP: ("27513",),
    }
    assert [one.code for one in found.doubts] == [Code.OTHER_PLACE]
    weights = [abs(one.points) for one in found.evidence]
    assert weights == sorted(weights, reverse=True)


def test_a_name_with_a_typing_error_is_like_and_not_the_same() -> None:
    (found,) = among([body("a", "Wolfberry Haven"), body("b", "Wolfbery Haven")])

    assert found.reasons[0].code is Code.LIKE_NAME


def test_what_more_bodies_share_tells_less() -> None:
    def told(sharing: int) -> float:
        others = [
            body(f"o{n}", f"Other{'x' * n} Ward", phone=PHONE) for n in range(sharing)
        ]
        pair = [
            body("a", "Tanager Alliance", phone=PHONE),
            body("b", "Tanager", phone=PHONE),
        ]
        return scores([*pair, *others])[frozenset({"a", "b"})]

    told_by = [told(sharing) for sharing in (0, 1, 4, 10)]

    assert told_by == sorted(told_by, reverse=True)
    assert len(set(told_by)) == len(told_by)


def test_rows_of_one_body_at_one_address_do_not_make_its_number_common() -> None:
    rows = [
        body(f"{n}", f"Tanager {word}", phone=PHONE, street="12 Oak St", city="Cary")
        for n, word in enumerate(["House", "Preschool", "Clinic", "Pantry", "Kitchen"])
    ]
    found = among(rows)

    assert len(found) == len(list(itertools.combinations(rows, 2)))
    assert {reasons(one)[Code.SAME_PHONE].points for one in found} == {PHONE_POINTS}


def test_a_domain_of_government_tells_less_and_one_of_anybody_nothing() -> None:
    def told(domain: str) -> float:
        (found,) = among([body(key, "Tanager Haven", web=domain) for key in ("a", "b")])
        known = reasons(found).get(Code.SAME_DOMAIN)
        return known.points if known else 0.0

    own, of_county, of_anybody = map(
        told, ("tanager.example", "co.ashe.nc.us", "facebook.com")
    )

    assert own > of_county > of_anybody == 0


def test_a_name_of_plain_words_tells_less() -> None:
    plain = [body(key, "Family Services") for key in ("a", "b")]
    telling = [body(key, "Tanager Wolfberry") for key in ("a", "b")]

    (of_plain,), (of_telling,) = among(plain), among(telling)

    assert of_plain.score < of_telling.score


def test_a_street_of_another_town_is_no_reason() -> None:
    bodies = [
        body(key, "Tanager", county=None, phone=PHONE, street="12 Oak St", city=city)
        for key, city in (("a", "Cary"), ("b", "Boone"))
    ]

    (found,) = among(bodies)

    assert Code.SAME_STREET not in reasons(found)


def test_a_decided_pair_is_not_shown_again() -> None:
    bodies = [body(key, "Steps to Morning") for key in "abc"]

    found = undecided(among(bodies), frozenset({frozenset({"b", "a"})}))

    assert [one.pair for one in found] == [frozenset("ac"), frozenset("bc")]


def test_a_body_without_a_name_or_with_signs_only_is_no_trouble() -> None:
    bodies = [body("a"), body("b", "***"), body("c", "", phone=PHONE)]

    assert among(bodies) == ()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("518 W. 103rd St.", "518 W 103 RD STREET", True),
        ("6514-16 W. Higgins Ave.", "6514 West Higgins", True),
        ("12 Oak St # 4", "12 Oak Street (rear)", True),
        ("P.O. Box 12", "PO Box 12", True),
        ("5365 W North Ave", "5365 W Noth", True),
        ("12 Oak St", "14 Oak St", False),
        ("12 N Oak St", "12 S Oak St", False),
        ("12 Oak St", "12 Elm St", False),
        ("PO Box 12", "12 Oak St", False),
    ],
)
def test_one_street_is_written_in_many_ways(
    left: str, right: str, *, same: bool
) -> None:
    here, there = street_of(left), street_of(right)

    assert here is not None
    assert there is not None
    assert here.meets(there) is same


@pytest.mark.parametrize("text", [None, "", "Oak Street", "near the old mill"])
def test_what_has_no_number_is_no_street(text: str | None) -> None:
    assert street_of(text) is None


def test_many_that_share_one_thing_are_not_all_compared() -> None:
    bodies = [
        body(f"{n:04d}", f"W{n:04d}a Haven", phone=PHONE, web="one.example")
        for n in range(1000)
    ]
    sketches = [sketch(one) for one in bodies]

    assert len(pairs(sketches, commonness(sketches))) < 20 * len(bodies)
