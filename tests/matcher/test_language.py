"""Whether a person can be understood."""

import pytest

from matcher.candidate import Spoken
from matcher.language import LanguageMatch
from matcher.option import Option
from matcher.ranking import rank
from tests.matcher.world import catalog_of, needs_of, shelter


def option_of(spoken: dict[str, Spoken], **said: object) -> Option:
    """Return a shelter where `spoken` is offered, for somebody who says `said`."""
    needs = needs_of("emergency_shelter", county="37001", **said)
    return rank(catalog_of([shelter(languages=spoken)]), needs, limit=1).options[0]


def notes(option: Option) -> dict[str, str]:
    """Return the language in each sentence about it."""
    said = (*option.reasons, *option.questions, *option.cautions)
    return {n.code: n.words["language"] for n in said if n.code.startswith("language")}


STAFF, BY_PHONE, PAPER = Spoken.STAFF, Spoken.INTERPRETER, Spoken.MATERIAL


@pytest.mark.parametrize(
    ("spoken", "expected", "said"),
    [
        ({"es": STAFF}, LanguageMatch.STAFF, {"language_staff"}),
        ({"es": BY_PHONE}, LanguageMatch.INTERPRETER, {"language_interpreter"}),
        ({"mul": BY_PHONE}, LanguageMatch.INTERPRETER, {"language_interpreter"}),
        ({}, LanguageMatch.NOT_RECORDED, {"language_ask"}),
        ({"es": PAPER}, LanguageMatch.NOT_RECORDED, {"language_ask"}),
        (
            {"fr": STAFF},
            LanguageMatch.NOT_LISTED,
            {"language_ask", "language_not_listed"},
        ),
    ],
)
def test_staff_before_interpreter_before_silence_before_others_only(
    spoken: dict[str, Spoken], expected: LanguageMatch, said: set[str]
) -> None:
    option = option_of(spoken, languages=("es-MX",))
    assert option.language is expected
    assert notes(option).keys() == said


def test_the_ways_rank_in_that_order() -> None:
    some = [
        shelter(id="1", languages={"fr": STAFF}),
        shelter(id="2"),
        shelter(id="3", languages={"mul": BY_PHONE}),
        shelter(id="4", languages={"es": STAFF}),
    ]
    needs = needs_of("emergency_shelter", county="37001", languages=("es",))
    options = rank(catalog_of(some), needs, limit=4).options
    assert [option.service_id for option in options] == ["4", "3", "2", "1"]


def test_nobody_is_dropped_for_a_language() -> None:
    assert option_of({"fr": STAFF}, languages=("mam",)).language


def test_who_wants_no_interpreter_is_not_offered_one() -> None:
    option = option_of({"mul": BY_PHONE}, languages=("mam",), interpreter_ok=False)
    assert option.language is LanguageMatch.NOT_RECORDED


def test_the_sentence_names_the_language_that_is_spoken() -> None:
    option = option_of({"es": STAFF}, languages=("mam", "es"))
    assert notes(option) == {"language_staff": "es"}
    assert option.score < option_of({"es": STAFF}, languages=("es",)).score
    assert notes(option_of({}, languages=("mam", "es"))) == {"language_ask": "mam"}


def test_english_is_spoken_everywhere_and_the_first_language_is_better() -> None:
    assert option_of({"es": STAFF}, languages=("en",)).language is LanguageMatch.STAFF
    second = option_of({}, languages=("es", "en"))
    assert second.language is LanguageMatch.STAFF
    assert notes(second) == {}
    assert second.score < option_of({"es": STAFF}, languages=("es", "en")).score


def test_without_a_language_nothing_is_said_of_it() -> None:
    option = option_of({"fr": STAFF})
    assert option.language is None
    assert notes(option) == {}
