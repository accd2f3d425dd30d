"""What may be there twice: the list, two side by side, and both answers."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from werkzeug.test import TestResponse

from directory.accounts import Role
from directory.curation.duplicates import Code
from directory.curation.history import Action, Event
from directory.curation.proposals import Proposal, State
from directory.database import reading, writing
from directory.hsds import Coverage, Location, Organization, Service, Visibility
from directory.mail import Letter, LetterKind
from directory.web.site import site_of
from directory.web.staff.pair import REASONS
from tests.builders import rows
from tests.builders.scenes import scene
from tests.web.desk import Browser, Desk, browser, set_up, words

PAIR = "/staff/duplicates/haven/haven-2"
NUMBER = "+19195550111"
TAKEN = ("take-name", "take-email", "take-description")


@pytest.fixture
def desk(tmp_path: Path, migrated_file: Path) -> Desk:
    made = set_up(tmp_path / "site", migrated_file)
    one = rows.organization(
        id="haven", name="Zephyr Haven", email="a@zephyr.example.org"
    )
    two = rows.organization(
        id="haven-2",
        name="Zephyr Haven, Inc.",
        email="b@zephyr.example.org",
        description="Helps people in Wake County.",
    )
    line, law = (
        rows.service(one, id="line", name="Crisis line"),
        rows.service(two, id="law", name="Legal aid"),
    )
    rows.save(
        made.engine,
        *(one, two, line, law),
        rows.area(line),
        rows.area(law),
        rows.phone(one, id="one", number=NUMBER),
        rows.phone(two, id="two", number=NUMBER),
    )
    return made


def sent(who: Browser, path: str = PAIR, **form: str) -> TestResponse:
    """Open the page of two listings, fill the form in and send it."""
    html = who.get(path).text
    version, once = (
        re.search(f'name="{name}" value="([^"]+)"', html)[1]  # type: ignore[index]
        for name in ("version", "once")
    )
    return who.post(f"{path}/merge", **{"version": version, "once": once, **form})


def ticked(html: str) -> dict[str, str]:
    """Return what the form of a merge has ticked by itself."""
    taken = re.findall(r'name="(take-[\w:]+)" value="(\w+)" checked', html)
    stays = re.findall(r'name="(stays)" value="(\w+)"', html)
    return dict([*taken, *stays])


def proposals(desk: Desk) -> list[Proposal]:
    with reading(desk.engine) as session:
        return list(session.exec(select(Proposal)).all())


def test_the_list_says_who_may_be_one_and_why(desk: Desk) -> None:
    said = desk.ann.reads("/staff/duplicates")
    assert "1 pair" in said
    assert "Zephyr Haven – Zephyr Haven, Inc." in said
    assert "the same number: 919-555-0111" in said
    assert "the same name" in said
    en_espanol = desk.ann.get("/es/staff/duplicates")
    assert en_espanol.status_code == 200


def test_there_are_words_for_every_reason() -> None:
    assert set(REASONS) == set(Code)


def test_the_list_has_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.web.staff.duplicates.PAGE", 1)
    three = rows.organization(id="haven-3", name="Zephyr Haven Inc")
    law = rows.service(three, id="law-3", name="Advice")
    rows.save(desk.engine, three, law, rows.area(law), rows.phone(three, number=NUMBER))
    said = desk.ann.reads("/staff/duplicates?page=2")
    assert "Page 2 of 3" in said
    assert desk.ann.reads("/staff/duplicates?page=99").count("Page 3 of 3") == 1


def test_two_listings_stand_side_by_side_with_the_fuller_value_ticked(
    desk: Desk,
) -> None:
    html = desk.ann.get(PAIR).text
    said = words(html)
    for text in ("a@zephyr.example.org", "b@zephyr.example.org", "Crisis line"):
        assert text in said
    # One stays, and all is as it says: nothing contradicts that.
    assert ticked(html) == {"stays": "left", **dict.fromkeys(TAKEN, "left")}
    html = desk.ann.get(f"{PAIR}?stays=right").text
    assert ticked(html) == {"stays": "right", **dict.fromkeys(TAKEN, "right")}


def test_what_the_one_that_stays_does_not_say_is_taken_from_the_other(
    desk: Desk,
) -> None:
    with writing(desk.engine) as session:
        session.get_one(Organization, "haven").email = None
        session.get_one(Organization, "haven-2").website = "https://z.example.org"
    taken = ticked(desk.ann.get(f"{PAIR}?stays=left").text)
    assert (taken["take-email"], taken["take-website"]) == ("right", "right")
    assert taken["take-name"] == "left"
    sent(desk.ann, stays="left")
    said = desk.bea.reads(f"/staff/proposals/{proposals(desk)[0].id}")
    assert (
        "Old address: Zephyr Haven, Inc. leads to Zephyr Haven Is added. Organization:"
        in said
    )
    desk.bea.post(f"/staff/proposals/{proposals(desk)[0].id}/approve")
    with reading(desk.engine) as session:
        kept = session.get_one(Organization, "haven")
        assert (kept.name, kept.email) == ("Zephyr Haven", "b@zephyr.example.org")
        assert kept.website == "https://z.example.org"


def test_a_merge_is_asked_for_and_somebody_else_agrees(desk: Desk) -> None:
    answer = sent(
        desk.ann,
        stays="left",
        **{"take-name": "right", "take-email": "left", "why": "I called them"},
    )
    assert (answer.status_code, answer.location) == (303, PAIR)
    [proposal] = proposals(desk)
    assert (proposal.state, proposal.why) == (State.WAITING, "I called them")
    assert proposal.subject == "organization:haven"
    assert "Another coordinator has to agree" in desk.ann.reads(PAIR)
    assert "waits for somebody else" in desk.ann.reads("/staff/duplicates")

    page = f"/staff/proposals/{proposal.id}"
    assert desk.ann.post(f"{page}/approve").status_code == 403
    said = desk.bea.reads(page)
    assert "Zephyr Haven, Inc." in said
    assert desk.bea.post(f"{page}/approve").status_code == 303

    with reading(desk.engine) as session:
        kept = session.get_one(Organization, "haven")
        assert session.get(Organization, "haven-2") is None
        assert kept.name == "Zephyr Haven, Inc."
        assert kept.email == "a@zephyr.example.org"
        assert session.get_one(Service, "law").organization_id == "haven"
        last = session.exec(select(Event).order_by(col(Event.seq).desc())).first()
    assert last is not None
    assert last.action is Action.MERGE


def test_what_was_merged_is_found_under_both_addresses(desk: Desk) -> None:
    sent(desk.ann, stays="left")
    desk.bea.post(f"/staff/proposals/{proposals(desk)[0].id}/approve")
    visitor = desk.app.test_client()
    old = visitor.get("/organizations/haven-2")
    assert (old.status_code, old.location) == (301, "/organizations/haven")
    assert "Legal aid" in visitor.get("/organizations/haven").text
    for code, ask in ((301, visitor.get), (308, visitor.post)):
        claim = ask("/es/organizations/haven-2/claim")
        assert claim.status_code == code
        assert claim.location == "/es/organizations/haven/claim"
    assert visitor.get("/organizations/haven/claim").status_code == 200
    assert visitor.get("/organizations/haven-3/claim").status_code == 404
    assert desk.ann.get(PAIR).status_code == 404
    assert "0 pairs" in desk.ann.reads("/staff/duplicates")


def test_a_merge_can_be_taken_back_at_the_desk(desk: Desk) -> None:
    sent(desk.ann)
    [proposal] = proposals(desk)
    desk.bea.post(f"/staff/proposals/{proposal.id}/approve")
    with reading(desk.engine) as session:
        seq = session.exec(select(Event.seq).where(Event.action == Action.MERGE)).one()
    assert desk.ann.get(f"/staff/history/{seq}").status_code == 200
    answer = desk.ann.post(f"/staff/history/{seq}/revert", why="They are two")
    assert answer.status_code == 303
    with reading(desk.engine) as session:
        assert session.get_one(Service, "law").organization_id == "haven-2"


def test_both_contacts_are_told_and_can_stop_it(desk: Desk) -> None:
    sent(desk.ann)
    with reading(desk.engine) as session:
        letters = session.exec(
            select(Letter).where(Letter.kind == LetterKind.NOTICE)
        ).all()
    assert {letter.to_address for letter in letters} == {
        "a@zephyr.example.org",
        "b@zephyr.example.org",
    }
    links = [re.findall(r"(/portal/object/\S+)", one.text)[0] for one in letters]
    for link in links:
        assert desk.app.test_client().get(link).status_code == 200
    desk.app.test_client().post(links[-1])
    assert proposals(desk)[0].state is State.REFUSED


def test_sending_twice_has_one_effect(desk: Desk) -> None:
    html = desk.ann.get(PAIR).text
    form = dict(re.findall(r'name="(version|once)" value="([^"]+)"', html))
    for _ in range(3):
        assert desk.ann.post(f"{PAIR}/merge", **form).status_code == 303
    assert len(proposals(desk)) == 1


def test_what_was_changed_meanwhile_is_looked_at_again(desk: Desk) -> None:
    html = desk.ann.get(PAIR).text
    form = dict(re.findall(r'name="(version|once)" value="([^"]+)"', html))
    with writing(desk.engine) as session:
        session.get_one(Organization, "haven-2").website = "https://new.example.org"
    answer = desk.ann.post(
        f"{PAIR}/merge", **form, **{"take-name": "right", "why": "typed this"}
    )
    assert answer.status_code == 409
    assert "typed this" in answer.text
    assert 'name="take-name" value="right" checked' in answer.text
    assert "new.example.org" in answer.text
    assert proposals(desk) == []


def test_a_merge_needs_a_fresh_sign_in_and_loses_nothing_typed(desk: Desk) -> None:
    old = browser(desk.app, Role.COORDINATOR, age=3600)
    answer = sent(old, stays="right", **{"take-name": "right", "why": "typed this"})
    assert answer.status_code == 401
    assert "typed this" in answer.text
    assert ticked(answer.text)["stays"] == "right"
    assert 'name="take-name" value="right" checked' in answer.text
    assert proposals(desk) == []


def test_what_is_not_the_same_does_not_come_back(desk: Desk) -> None:
    answer = desk.ann.post(f"{PAIR}/distinguish", why="Two towns")
    assert (answer.status_code, answer.location) == (303, "/staff/duplicates")
    assert "0 pairs" in desk.ann.reads("/staff/duplicates")
    # Seen from the other side it is the same pair, and it is said once.
    desk.bea.post("/staff/duplicates/haven-2/haven/distinguish")
    with reading(desk.engine) as session:
        told = session.exec(
            select(Event).where(Event.action == Action.DISTINGUISH)
        ).all()
    assert len(told) == 1
    assert told[0].organization_id == "haven"


def test_services_of_one_organization_can_be_merged(desk: Desk) -> None:
    owner = rows.organization(id="haven")
    rows.save(
        desk.engine,
        rows.service(owner, id="line-2", name="Crisis  line!", description="A line."),
    )
    said = desk.ann.reads("/staff/duplicates/line/line-2")
    assert "Crisis line" in said
    answer = sent(desk.ann, "/staff/duplicates/line/line-2", stays="left")
    assert answer.status_code == 303
    [proposal] = proposals(desk)
    assert proposal.subject == "service:line"


@pytest.mark.parametrize(
    "path",
    [
        "/staff/duplicates/haven/nothing",
        "/staff/duplicates/nothing/haven",
        "/staff/duplicates/haven/haven",
        "/staff/duplicates/haven/line",
        "/staff/duplicates/line/haven",
    ],
)
def test_no_pair_no_page(desk: Desk, path: str) -> None:
    assert desk.ann.get(path).status_code == 404
    assert desk.ann.post(f"{path}/merge").status_code == 404
    assert desk.ann.post(f"{path}/distinguish").status_code == 404


def test_services_of_two_organizations_are_refused_in_a_sentence(desk: Desk) -> None:
    answer = sent(desk.ann, "/staff/duplicates/line/law")
    assert answer.status_code == 409
    assert "Merge the organizations first" in answer.text


@pytest.mark.parametrize(
    "role", [Role.ADVOCATE, Role.HOTLINE, Role.ADMINISTRATOR, Role.PROVIDER]
)
def test_only_coordinators_see_any_of_it(desk: Desk, role: Role) -> None:
    other = browser(desk.app, role)
    for path in ("/staff/duplicates", PAIR):
        assert other.get(path).status_code == 404
    for what in ("merge", "distinguish"):
        assert other.post(f"{PAIR}/{what}").status_code == 404
    anonymous = desk.app.test_client().get(PAIR)
    assert anonymous.status_code == 303


def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    for what in ("merge", "distinguish"):
        answer = desk.ann.client.post(f"{PAIR}/{what}")
        assert answer.status_code == 400
    assert proposals(desk) == []


# --- What is hidden ----------------------------------------------------------


def hide(engine: Engine) -> None:
    """Write two hidden organizations that are alike, and hidden parts of `haven`."""
    for name in ("veiled", "veiled-2"):
        made = scene(Visibility.NETWORK, name=name, of=None)
        made.organization.name = "Quokka Lodge"
        made.service.name = f"Secret {name}"
        rows.save(engine, *made.records)
    owner = rows.organization(id="haven")
    rows.save(engine, *scene(Visibility.NETWORK, name="cellar", of=owner).records[1:])
    with writing(engine) as session:
        session.get_one(Service, "cellar").name = "Marzipan cellar"


VEILED = "/staff/duplicates/veiled-organization/veiled-2-organization"


def test_a_new_coordinator_does_not_learn_of_what_is_hidden(desk: Desk) -> None:
    hide(desk.engine)
    assert "Quokka" in desk.ann.get("/staff/duplicates").text
    new = browser(desk.app, Role.COORDINATOR, days=6)
    assert "Quokka" not in new.get("/staff/duplicates").text
    absent = new.get("/staff/duplicates/nothing/veiled-2-organization")
    one = new.get(VEILED)
    assert (one.status_code, absent.status_code) == (404, 404)
    page = new.get(PAIR).text
    assert "Marzipan" not in page
    assert "after your first seven days" in page
    assert "Ask to merge them" not in page
    assert "They are not the same" in page
    answer = new.post(f"{PAIR}/merge", version="x", once="x")
    assert answer.status_code == 403
    assert "first seven days" in answer.text
    assert "Marzipan" not in answer.text
    assert proposals(desk) == []


def test_a_look_at_two_hidden_listings_is_in_the_history(desk: Desk) -> None:
    hide(desk.engine)
    assert "Quokka Lodge" in desk.ann.reads("/staff/duplicates")
    assert "Secret veiled" in desk.ann.reads(VEILED)
    with reading(desk.engine) as session:
        seen = session.exec(
            select(Event.subject).where(Event.action == Action.VIEW)
        ).all()
    assert sorted(seen) == [
        "organization:veiled-2-organization",
        "organization:veiled-organization",
    ]


def test_a_hidden_listing_is_never_merged_with_a_public_one(desk: Desk) -> None:
    hide(desk.engine)
    answer = sent(desk.ann, "/staff/duplicates/haven/veiled-organization")
    assert answer.status_code == 409
    assert "Only approved staff may know of one of them" in answer.text
    assert proposals(desk) == []


def test_a_merge_that_tells_of_what_is_hidden_is_not_for_new_coordinators(
    desk: Desk,
) -> None:
    hide(desk.engine)
    # What goes has a hidden service, which moves with the rest.
    sent(desk.ann, stays="right")
    [proposal] = proposals(desk)
    new = browser(desk.app, Role.COORDINATOR, days=6)
    assert new.get(f"/staff/proposals/{proposal.id}").status_code == 404
    answer = new.post(f"/staff/proposals/{proposal.id}/approve")
    assert answer.status_code == 404
    assert "Marzipan" not in answer.text
    assert desk.bea.get(f"/staff/proposals/{proposal.id}").status_code == 200


def test_hiding_one_of_the_two_while_the_merge_waits_stops_it(desk: Desk) -> None:
    owner = rows.organization(id="haven-2")
    place = rows.location(owner, Visibility.COUNTY, id="law-place")
    law = rows.service(owner, id="law")
    rows.save(desk.engine, place, rows.given_at(law, place))
    sent(desk.ann)
    [proposal] = proposals(desk)
    with writing(desk.engine) as session:
        held = session.get_one(Location, "law-place")
        held.visibility, held.county_fips, held.region = Visibility.NETWORK, None, None
    answer = desk.bea.post(f"/staff/proposals/{proposal.id}/approve")
    assert answer.status_code == 409
    assert proposals(desk)[0].state is State.WAITING


def test_where_one_list_of_counties_is_whole_it_is_a_choice(desk: Desk) -> None:
    owner = rows.organization(id="haven")
    other = rows.service(
        owner, id="line-2", name="Crisis  line!", coverage=Coverage.COMPLETE
    )
    rows.save(desk.engine, other, rows.area(other, "37063"))
    path = "/staff/duplicates/line/line-2"
    said = desk.ann.reads(path)
    assert "These counties and no others Durham County" in said
    sent(desk.ann, path, stays="left", **{"take-coverage": "right"})
    desk.bea.post(f"/staff/proposals/{proposals(desk)[0].id}/approve")
    listing = site_of(desk.app).snapshot().listings["line"]
    assert (listing.coverage, listing.counties) == ("complete", ("37063",))


def test_two_places_that_show_the_same_are_shown_once(desk: Desk) -> None:
    owner = rows.organization(id="haven")
    there = rows.service(owner, id="line-2", name="Crisis  line!")
    rows.save(desk.engine, there)
    for of in (rows.service(owner, id="line"), there):
        place = rows.location(owner, Visibility.COUNTY)
        rows.save(desk.engine, place, rows.given_at(of, place))
    sent(desk.ann, "/staff/duplicates/line/line-2", stays="left")
    desk.bea.post(f"/staff/proposals/{proposals(desk)[0].id}/approve")
    visitor = desk.app.test_client()
    for code, ask in ((301, visitor.get), (308, visitor.post)):
        report = ask("/services/line-2/report")
        assert (report.status_code, report.location) == (code, "/services/line/report")
    assert visitor.get("/services/line-3/report").status_code == 404
    html = visitor.get("/services/line").text
    assert html.count("The address is shared when you call") == 1
