"""A sentence is its English, and remembers what it was made of."""

import copy

from directory.sentence import Sentence


def test_a_sentence_is_its_english() -> None:
    assert Sentence("It ends on %(day)s.", day="Monday") == "It ends on Monday."
    assert Sentence("All of it, 100%.") == "All of it, 100%."


def test_a_sentence_knows_its_template_and_its_values() -> None:
    town = Sentence("the town %(town)s", town="Cary")
    sentence = Sentence("tells %(what)s", what=town)
    for one in (sentence, copy.deepcopy(sentence)):
        assert one == "tells the town Cary"
        assert one.template == "tells %(what)s"
        assert one.values == {"what": "the town Cary"}
        inner = one.values["what"]
        assert isinstance(inner, Sentence)
        assert inner.values == {"town": "Cary"}
