"""What letters say: enough to answer them, and nothing that could be misused."""

import pytest
from sqlalchemy import Engine

from directory.curation.letters.asking import Question, write_asking
from directory.curation.letters.notice import send_notice
from directory.curation.letters.topic import NAMES, Topic, names_of_topics, topics_of
from directory.curation.letters.writing import write
from directory.curation.links import Purpose, opened
from directory.curation.proposals import Proposal, Risk, risk_of
from directory.curation.records.cells import BY_NAME
from directory.curation.records.patch import RecordChange, compared, made, removed
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading, writing
from directory.hsds import Organization
from directory.mail import Letter, LetterKind
from tests.builders.changes import PROVIDER, ask, dossier, patch_of
from tests.builders.letters import ADDRESS, SITE, letters, provider, token_in
from tests.builders.rows import NOON

NEW = "thief@evil.example"


def send(engine: Engine, proposal: Proposal) -> Letter | None:
    with writing(engine) as session:
        session.expire_on_commit = False
        return send_notice(session, proposal, site_url=SITE, now=NOON)


def change(engine: Engine, **cells: str) -> Proposal:
    """Ask for other cells of the organization."""
    about = organization_subject("s-organization")
    held = dossier(engine, about)
    patch = patch_of(held, "organization", about.id, **cells)
    return ask(engine, patch, by=PROVIDER, subject=about)


def test_the_old_contact_is_told_that_its_address_is_to_change(engine: Engine) -> None:
    provider(engine)
    proposal = change(engine, email=NEW)
    letter = send(engine, proposal)
    assert letter is not None
    assert (letter.to_address, letter.kind) == (ADDRESS, LetterKind.NOTICE)
    assert letter.about == proposal.id
    assert "- the email address\n" in letter.text
    assert "- el correo electrónico\n" in letter.text
    assert NEW not in letter.text + letter.subject
    token = token_in(letter.text, "object")
    assert f"{SITE}/es/portal/object/{token}" in letter.text
    with reading(engine) as session:
        link = opened(session, token, Purpose.OBJECT, now=NOON)
        assert link.about == proposal.id


def test_the_old_contact_is_told_even_after_the_change(sqlite: Engine) -> None:
    provider(sqlite)
    proposal = change(sqlite, email=NEW)
    with writing(sqlite) as session:
        session.get_one(Organization, "s-organization").email = NEW
    letter = send(sqlite, proposal)
    assert letter is not None
    assert letter.to_address == ADDRESS


@pytest.mark.parametrize("address", [None, "no address", "a@b.org\nBcc: c@d.org"])
def test_nobody_is_told_where_there_is_no_address(
    sqlite: Engine, address: str | None
) -> None:
    provider(sqlite, email=address)
    assert send(sqlite, change(sqlite, website="https://other.example")) is None
    assert letters(sqlite, LetterKind.NOTICE) == []


def test_a_new_address_does_not_get_the_notice_about_itself(sqlite: Engine) -> None:
    provider(sqlite, email=None)
    assert send(sqlite, change(sqlite, email=NEW)) is None


def test_a_number_is_named_by_its_kind_only(sqlite: Engine) -> None:
    what = provider(sqlite)
    cells = {
        "service_id": what.id,
        "number": "+19198349999",
        "type": "voice",
        "answered_by": "agency",
        "basis": "own_page",
        "source": "https://example.org/a",
        "source_date": "2026-10",
        "read_on": "2026-11-25",
        "evidence": "A",
    }
    proposal = ask(
        sqlite, (made("phone", cells),), by=PROVIDER, subject=service_subject("s")
    )
    letter = send(sqlite, proposal)
    assert letter is not None
    assert "- phone numbers\n" in letter.text
    assert "8349999" not in letter.text


def fields() -> list[tuple[str, str]]:
    """Return every field of every table that can be edited."""
    return [
        (name, column.field)
        for name, table in BY_NAME.items()
        for column in table.columns
        if column.field != "id"
    ]


@pytest.mark.parametrize(("table", "field"), fields())
def test_every_change_that_sends_a_notice_has_a_name(table: str, field: str) -> None:
    before, after = ("public", "county") if field == "visibility" else ("1", "2")
    change = RecordChange(
        table=table, id="x", before={field: before}, after={field: after}
    )
    if risk_of((change,)) is Risk.HIGH and field != "kind":
        (topic,) = topics_of((change,))
        assert topic is not Topic.OTHER


def test_every_field_has_a_topic() -> None:
    for name, table in BY_NAME.items():
        cells = {column.field: "" for column in table.columns}
        assert topics_of((removed(name, "x", cells),)), name


def test_where_a_fact_comes_from_is_no_topic() -> None:
    before = {"hours_note": "", "source": "a", "read_on": "2026-11-25"}
    after = {"hours_note": "Call first.", "source": "b", "read_on": "2026-11-26"}
    patch = compared("service", "s", before, after)
    assert topics_of(patch) == (Topic.HOURS,)
    assert names_of_topics((Topic.HOURS,), "es") == ("el horario",)


def test_topics_have_names_in_both_languages() -> None:
    assert set(NAMES) == set(Topic)
    assert all(en and es and en != es for en, es in NAMES.values())


@pytest.mark.parametrize("template", ["notice", "asking", "room"])
def test_a_letter_without_a_value_is_not_written(template: str) -> None:
    with pytest.raises(Exception, match="undefined"):
        write(template)


def test_a_letter_names_some_services_and_counts_the_others() -> None:
    question = Question(
        organization="Harbor House",
        services=[f"Service {n}" for n in range(11)],
        rooms=[("a", "Shelter\nFrom: x")],
        confirm="sesame",
        room="simsim",
    )
    asking = write_asking(question, SITE)
    assert "- Service 7\n- and 3 more\n" in asking.text
    assert "- y 3 más\n" in asking.text
    assert f"- Shelter From: x: {SITE}/portal/confirm/simsim/room/a\n" in asking.text
    assert "sesame" not in repr(asking) + repr(question)
    # The first line of a template is the subject; none of it is left in the text.
    assert "/ ¿" in asking.subject
    assert asking.text.startswith("Hello,")
