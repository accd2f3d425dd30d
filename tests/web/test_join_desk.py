"""Asking to be listed, as the desk sees it: it may be listed already."""

import re

import pytest

from directory.curation.joining import Newcomer, ask_to_join
from directory.database import writing
from directory.paths import shipped
from directory.vocabulary import read_terms
from directory.web.site import site_of
from tests.builders import rows
from tests.web.desk import Desk, words


@pytest.fixture(autouse=True)
def words_for_needs(desk: Desk) -> None:
    """Write the one word that a newcomer needs."""
    taxonomy = rows.taxonomy()
    food = rows.term(taxonomy, "food")
    food.id = read_terms(shipped("seed_data"))["food"].id
    rows.save(desk.engine, taxonomy, food)


def ask(desk: Desk, **told: str) -> str:
    """Ask to be listed; return the address of the page of the change."""
    newcomer = Newcomer(
        **{
            "name": "New Dawn",
            "description": "Food.",
            "website": "https://newdawnaid.org",
            "email": "info@newdawnaid.org",
            "number": "+19198341234",
            "county": "37183",
            **told,
        },
        codes=("food",),
    )
    site = site_of(desk.app)
    with writing(desk.engine) as session:
        made = ask_to_join(
            session, newcomer, lint=site.lint(), once=None, now=site.now()
        )
        return f"/staff/proposals/{made.id}"


def test_a_newcomer_like_nobody_is_shown_alone(desk: Desk) -> None:
    said = desk.ann.reads(ask(desk))
    assert "It may be listed already" not in said
    assert "another organization" not in said
    assert said.count("Belongs to the organization New Dawn") == 2
    assert "Belongs to the service New Dawn" in said


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (
            {"number": "+19198287740", "name": "Harbour House"},
            "the same number: 919-828-7740",
        ),
        ({"name": "Harbor House"}, "the same name: Harbor House"),
    ],
)
def test_a_newcomer_that_may_be_listed_leads_to_who_it_may_be(
    desk: Desk, told: dict[str, str], reason: str
) -> None:
    path = ask(desk, **told)
    answer = desk.ann.get(path)
    said = words(answer.text)
    assert "It may be listed already" in said
    assert reason in said
    assert re.search(r"\d\d percent", said)
    assert 'href="/organizations/s-organization"' in answer.text
    assert 'href="/staff/organizations/s-organization/edit"' in answer.text
    desk.ann.post(f"{path}/refuse", reason="It is listed.")
    assert "It may be listed already" not in desk.ann.reads(path)
