"""Asking to be listed."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from directory.cli.setup import make_tables
from directory.curation.actor import Actor, ActorKind
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.review import approve
from directory.database import reading, writing
from directory.interchange.load import load_package
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.settings import load_settings
from directory.vocabulary import read_terms
from directory.web.app import create_app
from directory.web.site import site_of
from tests.builders import packages

FORM: dict[str, str | list[str]] = {
    "name": "New Dawn",
    "description": "Helps people who were trafficked with food.",
    "website": "newdawnaid.org",
    "number": "(919) 834-1234",
    "email": "info@newdawnaid.org",
    "county": "37183",
    "needs": ["food", "clothing"],
    "once": "a-key",
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """Return a site that knows the vocabulary."""
    settings = load_settings(
        {"AFTERCARE_DATA_DIR": str(tmp_path / "data"), "AFTERCARE_LIMITS": "no"}
    )
    engine = make_tables(settings)
    folder = packages.write_folder(
        tmp_path / "package", {"organizations": [packages.organization()]}
    )
    load_package(engine, read_package(folder), read_terms(shipped("seed_data")))
    engine.dispose()
    return create_app(settings)


def proposals(app: Flask) -> list[Proposal]:
    with reading(site_of(app).database) as session:
        found = session.exec(select(Proposal)).all()
        session.expunge_all()
        return list(found)


def names(app: Flask) -> set[str]:
    return {o.name for o in site_of(app).snapshot().organizations.values()}


def test_a_newcomer_waits_and_is_listed_once_staff_agrees(app: Flask) -> None:
    assert app.test_client().post("/join", data=FORM).status_code == 202
    [proposal] = proposals(app)
    assert (proposal.state, proposal.risk) == (State.WAITING, Risk.HIGH)
    assert "New Dawn" not in names(app)
    staff = Actor(kind=ActorKind.STAFF, id="s")
    with writing(site_of(app).database) as session:
        found = session.get_one(Proposal, proposal.id)
        approve(session, found, by=staff, now=site_of(app).now())
    assert "New Dawn" in names(app)
    [listing] = site_of(app).snapshot().listings.values()
    assert listing.codes == ("clothing", "food")
    assert [line.number for line in listing.lines] == ["+19198341234"]
    assert listing.website == "https://newdawnaid.org"
    assert listing.counties == ("37183",)


def test_a_form_sent_twice_has_one_effect(app: Flask) -> None:
    for _ in range(3):
        assert app.test_client().post("/join", data=FORM).status_code == 202
    assert len(proposals(app)) == 1


def test_all_of_the_state_can_be_served(app: Flask) -> None:
    assert (
        app.test_client().post("/join", data={**FORM, "county": ""}).status_code == 202
    )
    assert '"coverage": "statewide"' in proposals(app)[0].patch


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "a\u202eb"),
        ("description", ""),
        ("description", "x" * 2001),
        ("website", "javascript:alert(1)"),
        ("website", "no page"),
        ("number", "12"),
        ("number", "919-555-0100"),
        ("email", "nobody"),
        ("email", "a@b.org\nBcc: c@d.org"),
        ("county", "99999"),
        ("needs", []),
        ("needs", ["zanzibar"]),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    app: Flask, field: str, typed: str | list[str]
) -> None:
    answer = app.test_client().post("/join", data={**FORM, field: typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    kept = "New Dawn" if field != "name" else "newdawnaid.org"
    assert kept in answer.text
    assert proposals(app) == []


def test_nothing_sets_a_cookie(app: Flask) -> None:
    client = app.test_client()
    assert "Set-Cookie" not in client.get("/join").headers
    assert "Set-Cookie" not in client.post("/join", data=FORM).headers
    assert client.get("/es/join").status_code == 200
