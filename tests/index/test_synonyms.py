"""The synonyms that staff edit as a table."""

from directory.vocabulary import read_synonyms
from tests.index.listings import SEED_DATA, TERMS

LEAST = 150


def test_there_are_enough_and_every_code_is_a_service() -> None:
    concepts = read_synonyms(SEED_DATA)
    assert len(concepts) >= LEAST
    services = {code for code, term in TERMS.items() if not term.is_group}
    assert {code for c in concepts for code in c.codes} <= services


def test_every_row_is_in_both_languages_and_says_where_it_is_from() -> None:
    for concept in read_synonyms(SEED_DATA):
        assert concept.english, concept
        assert concept.spanish, concept
        assert concept.source, concept


def test_only_rows_that_say_for_whom_may_have_no_codes() -> None:
    for concept in read_synonyms(SEED_DATA):
        assert concept.codes or concept.soft, concept


def test_every_service_can_be_said_otherwise() -> None:
    meant = {code for c in read_synonyms(SEED_DATA) for code in c.codes}
    services = {code for code, term in TERMS.items() if not term.is_group}
    assert services <= meant


def test_facts_are_such_as_listings_have() -> None:
    attributes = {
        *("access", "accessibility", "age", "children", "cost", "delivery"),
        *("exploitation", "focus", "gender", "justice", "language", "lgbtq"),
        *("occupation", "open", "pets", "pregnant", "tribal", "victimization"),
    }
    for concept in read_synonyms(SEED_DATA):
        for fact in concept.facts:
            attribute, colon, value = fact.partition(":")
            assert attribute in attributes, fact
            assert colon, fact
            assert value, fact
        assert not concept.facts or concept.soft, concept


def test_no_phrase_stands_twice_in_a_row() -> None:
    for concept in read_synonyms(SEED_DATA):
        for phrases in (concept.english, concept.spanish):
            assert len(set(phrases)) == len(phrases), concept


def test_trafficking_in_persons_is_not_smuggling() -> None:
    for concept in read_synonyms(SEED_DATA):
        assert not {"trata", "tráfico de personas"} <= set(concept.spanish)
