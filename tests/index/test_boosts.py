"""The listings that staff set first, as a table."""

import csv

import pytest

from directory.index.boosts import read_boosts
from directory.index.phrases import Phrasebook
from directory.index.words import FUNCTION_WORDS, folded_words
from directory.vocabulary import read_synonyms
from tests.index.listings import SEED_DATA, TERMS

BOOSTS = read_boosts(SEED_DATA)


def table(name: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table of the seed data by their ids."""
    with (SEED_DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_each_row_names_a_listing_that_is_there() -> None:
    services, organizations = table("services.csv"), table("organizations.csv")
    for boost in BOOSTS:
        service = services[boost.service_id]
        organization = organizations[service["organization_id"]]
        assert boost.name == f"{organization['name']}: {service['name']}"
        assert service["status"] == "active"


def test_each_row_says_why_in_both_languages_and_where_it_is_from() -> None:
    for boost in BOOSTS:
        assert boost.reason_en, boost
        assert boost.reason_es, boost
        assert boost.source, boost


@pytest.mark.parametrize("phrase", [p for boost in BOOSTS for p in boost.phrases])
def test_each_phrase_is_one_that_people_type(phrase: str) -> None:
    phrasebook = Phrasebook(read_synonyms(SEED_DATA), TERMS)
    words = [word for word in folded_words(phrase) if word not in FUNCTION_WORDS]
    assert phrasebook.meaning(words)
