"""Suggestions while somebody types."""

import pytest

from tests.index.listings import World


def texts(town: World, typed: str, language: str = "en") -> list[str]:
    found = town.searcher.suggest(town.snapshot, typed, language)
    return [suggestion.text for suggestion in found]


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("emerg", "en", "Emergency shelter"),
        ("alberg", "es", "Albergue de emergencia"),
        ("consejeria", "es", "Consejería y salud mental"),
        ("durham c", "en", "Durham County"),
        ("condado de dur", "es", "Condado de Durham"),
    ],
)
def test_what_is_typed_is_completed(
    town: World, typed: str, language: str, first: str
) -> None:
    assert texts(town, typed, language)[0] == first


def test_the_language_of_the_page_comes_first(town: World) -> None:
    assert texts(town, "den", "en")[0] == "Dental care"
    assert "dentista" in texts(town, "den", "es")[:2]


def test_words_in_the_middle_and_other_names_are_found(town: World) -> None:
    assert "Legal Aid of North Carolina" in texts(town, "aid of n")
    assert "Pisgah Legal Services" in texts(town, "pisg")
    assert "LANC" in texts(town, "lanc")


def test_there_are_at_most_eight_and_no_repeats(town: World) -> None:
    found = texts(town, "co")
    assert len(found) == len(set(found)) == 8


@pytest.mark.parametrize("typed", ["", " ", "a", "%%", "zzzzzz"])
def test_nothing_is_suggested_for_nothing(town: World, typed: str) -> None:
    assert texts(town, typed) == []
