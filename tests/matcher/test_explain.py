"""Every sentence is there in both languages."""

import string

import pytest

from matcher.attributes import ATTRIBUTES
from matcher.explain import LANGUAGES, SENTENCES, SPOKEN, Note, language_name

WORDS = {"county": "Wake", "language": "Mam", "count": "2", "day": "2026-11-25"}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_has_its_sentence_with_the_same_words_in_both(code: str) -> None:
    used = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in SENTENCES[code]
    ]
    assert used[0] == used[1] <= WORDS.keys()
    texts = {Note(code=code, words=WORDS).text(language) for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES)


@pytest.mark.parametrize("attribute", [a.name for a in ATTRIBUTES])
def test_every_attribute_can_be_asked_about_on_the_phone(attribute: str) -> None:
    note = Note(code=attribute)
    assert note.text().startswith("Ask")
    assert note.text("es").startswith("Pregunte")
    assert (note.say() or "").endswith("?")
    assert (note.say("es") or "").startswith("¿")


@pytest.mark.parametrize("code", SPOKEN)
def test_what_is_said_is_a_question_with_a_sentence(code: str) -> None:
    assert code in SENTENCES
    assert (Note(code=code, words=WORDS).say() or "").endswith("?")


def test_a_reason_is_nothing_to_say() -> None:
    assert Note(code="statewide").say() is None


def test_a_language_without_a_name_keeps_its_tag() -> None:
    assert language_name("es-MX") == "Spanish"
    assert language_name("mam", "es") == "mam"
    assert language_name("xx") == "xx"
