"""Whatever is typed, there is an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.index.result import SearchRequest
from directory.index.words import fold, terms_of_word
from tests.index.listings import NOON, World, ids

ANY_TEXT = st.text(max_size=200) | st.text(
    st.sampled_from(
        "shelter durham 28801 gu \"“”«»'()[]{}*?:^~+-|&!\\/\0\u202e\ud800ñé,."
    ),
    max_size=60,
)


@given(text=ANY_TEXT, place=ANY_TEXT, page=st.integers(1, 10**9))
def test_any_text_gives_a_result(town: World, text: str, place: str, page: int) -> None:
    request = SearchRequest(text=text, place=place, page=page)
    result = town.searcher.search(town.snapshot, request, NOON)
    assert 0 <= result.total <= len(town.snapshot.listings)
    assert len(result.hits) <= result.total
    assert sum(result.groups.values()) == result.total


@given(value=ANY_TEXT)
def test_any_value_of_a_filter_gives_a_result(town: World, value: str) -> None:
    request = SearchRequest(
        county=value,
        services=(value,),
        languages=(value,),
        eligibility=(value,),
        delivery=(value,),
        cost=(value,),
        language_by=(value,),
        accessibility=(value,),
        verified=(value,),
    )
    result = town.searcher.search(town.snapshot, request, NOON)
    assert result.total == 0 or value == ""


@given(
    text=ANY_TEXT, language=st.sampled_from(["en", "es", "xx"]), places=st.booleans()
)
def test_any_text_can_be_completed(
    town: World,
    text: str,
    language: str,
    places: bool,  # noqa: FBT001 - hypothesis gives it by name
) -> None:
    found = town.searcher.suggest(town.snapshot, text, language, places=places)
    assert len(found) <= 8


@given(word=st.text(st.sampled_from("aeglouñqv"), min_size=1, max_size=8))
def test_any_word_has_stems(word: str) -> None:
    assert terms_of_word(fold(word), ("en", "es"))


@pytest.mark.parametrize("word", ["argue", "ague", "lengue", "alvergue"])
def test_words_that_a_stemmer_dies_of_are_searched(town: World, word: str) -> None:
    assert town.search(f"shelter {word}").total


@pytest.mark.parametrize(
    "text",
    [
        '"shelter"',
        "shelter*",
        "shelter OR NOT (",
        "name:shelter",
        "shelter~2",
        "[shelter TO zebra]",
        "¿shelter?",
        "#shelter!!!",
        "she\u200blter shelter",
        "ＳＨＥＬＴＥＲ",  # noqa: RUF001 - letters of another width on purpose
    ],
)
def test_punctuation_is_harmless(town: World, text: str) -> None:
    assert "shelter-wake" in town.found(text)


def test_a_very_long_text_is_cut(town: World) -> None:
    assert ids(town.search("shelter " * 10_000)) == town.found("shelter")
