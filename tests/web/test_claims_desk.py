"""Claims: what who claims is told, and what the desk sees and does."""

import re
from collections.abc import Iterable

import pytest
from sqlmodel import select
from werkzeug.test import TestResponse

from directory.accounts import Role
from directory.curation.claims import (
    MOST_OPEN,
    MOST_TO_ONE,
    Claim,
    Claimant,
    ClaimState,
    claim,
)
from directory.database import reading, writing
from directory.hsds import Organization, Visibility
from directory.mail import Letter
from directory.web.site import site_of
from tests.builders.scenes import stage
from tests.web.desk import Desk, browser, words

PATH = "/organizations/s-organization/claim"
ALL = "/staff/organizations/s-organization/claims/refuse"


@pytest.fixture(autouse=True)
def contact(desk: Desk) -> None:
    """Put an address on record."""
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = "a@harbor.example"


def send(desk: Desk, who: str, address: str = "10.0.0.1") -> TestResponse:
    """Claim the organization from an address."""
    form = {"name": who, "email": f"{who}@example.org", "part": "Director"}
    return desk.app.test_client().post(
        PATH, data=form, environ_base={"REMOTE_ADDR": address}
    )


def flood(desk: Desk, count: int) -> None:
    """Claim it from as many networks."""
    for n in range(count):
        assert send(desk, f"thief{n}", f"10.0.{n}.1").status_code == 202


def claims(desk: Desk) -> list[Claim]:
    with reading(desk.engine) as session:
        found = session.exec(select(Claim)).all()
        session.expunge_all()
    return sorted(found, key=lambda made: made.made_at)


def states(desk: Desk) -> Iterable[ClaimState]:
    return {made.state for made in claims(desk)}


def test_one_network_gets_two_in_and_no_mark_is_an_address(desk: Desk) -> None:
    statuses = [
        send(desk, f"thief{n}", f"10.0.0.{n}").status_code
        for n in range(MOST_TO_ONE + 1)
    ]
    assert statuses == [202] * MOST_TO_ONE + [429]
    assert send(desk, "anna", "10.0.1.1").status_code == 202
    marks = {made.network or "" for made in claims(desk)}
    assert len(marks) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", mark) for mark in marks)


def test_who_is_not_kept_is_told_so_and_what_to_do(desk: Desk) -> None:
    flood(desk, MOST_OPEN)
    answer = send(desk, "anna", "10.1.0.1")
    assert answer.status_code == 429
    said = words(answer.text)
    assert "We did not keep your request." in said
    assert "We have what you sent" not in said
    assert "Do you read the email address on record?" in said
    assert 'value="anna@example.org"' in answer.text
    assert len(claims(desk)) == MOST_OPEN


def test_the_desk_says_truly_whether_the_contact_was_asked(desk: Desk) -> None:
    flood(desk, 4)
    said = desk.ann.reads("/staff/claims")
    assert said.count("the contact has not answered") == 3
    assert said.count("the contact was not asked about this one") == 1
    assert "no contact on record" not in said
    for made in claims(desk):
        page = desk.ann.reads(f"/staff/claims/{made.id}")
        assert "There is none" not in page
        expected = (
            "was not asked yet: our email waits"
            if made.asked
            else "was not asked about this one"
        )
        assert expected in page
    with writing(desk.engine) as session:
        for letter in session.exec(select(Letter)):
            letter.sent_at = letter.made_at
    asked = next(made for made in claims(desk) if made.asked)
    assert "has not answered" in desk.ann.reads(f"/staff/claims/{asked.id}")
    with writing(desk.engine) as session:
        session.get_one(Organization, "s-organization").email = None
    assert "no contact on record: call them" in desk.ann.reads("/staff/claims")


def test_a_claim_is_refused_for_a_reason_only(desk: Desk) -> None:
    flood(desk, 1)
    [made] = claims(desk)
    path = f"/staff/claims/{made.id}/answer"
    answer = desk.ann.post(path, answer="no", reason=" ")
    assert answer.status_code == 409
    assert "Say why: it stays in the history." in words(answer.text)
    assert states(desk) == {ClaimState.WAITING}
    assert desk.ann.post(path, answer="no", reason="Unknown.").status_code == 200
    assert states(desk) == {ClaimState.REFUSED}


def test_all_claims_to_one_organization_are_refused_at_once(desk: Desk) -> None:
    flood(desk, 3)
    assert "Refuse all 3 claims" in desk.ann.reads("/staff/claims")
    refused = desk.ann.post(ALL, reason="")
    assert refused.status_code == 422
    assert states(desk) == {ClaimState.WAITING}
    assert desk.ann.post(ALL, reason="A flood.").status_code == 303
    assert states(desk) == {ClaimState.REFUSED}
    assert "None waits." in desk.ann.reads("/staff/claims")
    assert desk.ann.post(ALL.replace("s-org", "x"), reason="x").status_code == 404


def test_to_refuse_takes_a_fresh_sign_in_and_loses_nothing(desk: Desk) -> None:
    flood(desk, 2)
    tired = browser(desk.app, Role.COORDINATOR, age=11 * 60)
    answer = tired.post(ALL, reason="A flood of them.")
    assert answer.status_code == 401
    assert 'value="A flood of them."' in answer.text
    path = f"/staff/claims/{claims(desk)[0].id}/answer"
    answer = tired.post(path, answer="no", reason="Unknown there.")
    assert answer.status_code == 401
    assert 'value="Unknown there."' in answer.text
    assert states(desk) == {ClaimState.WAITING}


def test_a_claim_to_a_hidden_organization_is_for_who_may_know_of_it(
    desk: Desk,
) -> None:
    stage(desk.engine, Visibility.NETWORK, name="n")
    claimant = Claimant(name="Ann", email="ann@safehouse.org", part="Director")
    with writing(desk.engine) as session:
        now = site_of(desk.app).now()
        made = claim(session, "n-organization", claimant, site_url="", now=now)
        assert made is not None
        path = f"/staff/claims/{made.id}"
    new = browser(desk.app, Role.COORDINATOR, days=1)
    assert "safehouse" not in new.get("/staff/claims").text
    assert new.get(path).status_code == 404
    assert new.post(f"{path}/answer", answer="yes", checked="x").status_code == 404
    every = "/staff/organizations/n-organization/claims/refuse"
    assert new.post(every, reason="x").status_code == 404
    assert "Claims of listings" in new.reads("/staff/").split("Nothing to do here")[1]
    assert "safehouse" in desk.ann.get(path).text
    assert [made.state for made in claims(desk)] == [ClaimState.WAITING]
