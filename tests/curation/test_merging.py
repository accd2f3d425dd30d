"""Two listings of one body become one, and nothing of either is lost."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, col, select

from directory.accounts import Membership
from directory.curation.claims import Claim
from directory.curation.history import Action, Event, EventDetail
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, entries
from directory.curation.history.reverting import revert
from directory.curation.links import Link
from directory.curation.merging import MergeRefusedError, Side, read_estate
from directory.curation.merging.choosing import choices
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.review import SecondPersonError, approve
from directory.curation.records.moving import models
from directory.curation.records.patch import PatchConflictError
from directory.curation.records.subject import organization_subject, service_subject
from directory.curation.reports import Report
from directory.curation.verification.reminder import Reminder
from directory.database import reading, writing
from directory.errors import InvalidRequestError
from directory.hsds import (
    Attribute,
    Capacity,
    CostOption,
    Doubt,
    DoubtKind,
    EligibilityRule,
    Language,
    Location,
    Organization,
    Phone,
    Redirect,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Verification,
    Visibility,
)
from directory.projection import Audience, take_snapshot
from tests.builders import changes, rows
from tests.builders.changes import COORDINATOR, SECOND
from tests.builders.scenes import scene
from tests.curation.twins import (
    FAR,
    LEFT,
    NEAR,
    NUMBER,
    OTHER,
    RIGHT,
    agree,
    ask_to_merge,
    everything,
    merged,
    patch_for,
    take_back,
    write_organizations,
    write_services,
)

Cells = tuple[object, ...]


@pytest.fixture
def bodies(engine: Engine) -> Engine:
    """Return a database in which one organization is listed twice."""
    write_organizations(engine)
    return engine


@pytest.fixture
def offers(engine: Engine) -> Engine:
    """Return a database in which one service is listed twice."""
    write_services(engine)
    return engine


@pytest.fixture
def body(sqlite: Engine) -> Engine:
    """Return the same as `bodies`, where one database is enough."""
    write_organizations(sqlite)
    return sqlite


@pytest.fixture
def offer(sqlite: Engine) -> Engine:
    """Return the same as `offers`, where one database is enough."""
    write_services(sqlite)
    return sqlite


def ids(engine: Engine, model: type[SQLModel], **where: str | None) -> set[str]:
    """Return the ids of the records of `model` that hold the given values."""
    with reading(engine) as session:
        found = session.exec(select(model).filter_by(**where)).all()
        return {row.id for row in found}  # type: ignore[attr-defined]


def without_the_merge(cells: Mapping[str, list[Cells]]) -> Mapping[str, list[Cells]]:
    """Leave out the proposals that asked for merges."""
    kept = [row for row in cells["proposal"] if "redirect" not in str(row)]
    return {**cells, "proposal": kept}


def test_a_merge_waits_for_a_second_coordinator(body: Engine) -> None:
    proposal = ask_to_merge(body, LEFT, RIGHT)
    assert (proposal.risk, proposal.state) == (Risk.HIGH, State.WAITING)
    assert ids(body, Organization) == {"left", "right", "branch"}
    with pytest.raises(SecondPersonError):
        agree(body, proposal, by=COORDINATOR)


def test_an_organization_takes_over_all_that_hangs_on_the_other(
    bodies: Engine,
) -> None:
    merged(bodies, LEFT, RIGHT)
    assert ids(bodies, Organization) == {"left", "branch"}
    assert ids(bodies, Organization, parent_organization_id="left") == {"branch"}
    assert ids(bodies, Service, organization_id="left") == {"near", "far"}
    assert ids(bodies, Location, organization_id="left") == {"place"}
    assert ids(bodies, Phone, organization_id="left") == {"left-1", "right-1"}
    assert ids(bodies, Redirect, to_id="left") == {"older", "right"}


def test_a_number_that_both_have_stands_once_with_what_both_say_of_it(
    body: Engine,
) -> None:
    merged(body, LEFT, RIGHT)
    listing = take_snapshot(body).organizations["left"]
    assert [line.number for line in listing.lines] == [NUMBER, OTHER]
    first, second = listing.lines
    assert (first.note, first.languages) == ("Front desk", ("fr",))
    assert second.languages == ("es",)


def test_every_name_can_still_be_found(body: Engine) -> None:
    merged(body, LEFT, RIGHT)
    with reading(body) as session:
        kept = session.get_one(Organization, "left")
    assert kept.name == "Harbor House"
    assert kept.alternate_name == "HH; The Harbor; Harbor House, Inc."
    # What only one of them says is taken over, whichever stays.
    assert kept.email == "desk@harbor.example.org"
    assert kept.website == "https://harbor.example.org"


def test_the_value_that_was_chosen_is_taken(body: Engine) -> None:
    merged(body, LEFT, RIGHT, name=Side.GONE, description=Side.GONE)
    with reading(body) as session:
        kept = session.get_one(Organization, "left")
    assert (kept.name, kept.description) == (
        "Harbor House, Inc.",
        "Helps in Wake County.",
    )
    assert "Harbor House" in (kept.alternate_name or "").split("; ")


def test_only_what_differs_is_asked_and_usual_is_what_the_kept_one_says(
    body: Engine,
) -> None:
    with reading(body) as session:
        kept, gone = read_estate(session, RIGHT), read_estate(session, LEFT)
        assert kept is not None
        assert gone is not None
        asked = {choice.name: choice.usual for choice in choices(kept, gone)}
    assert asked == {
        "name": Side.KEPT,
        "description": Side.KEPT,
        "website": Side.GONE,
        "email": Side.KEPT,
        "source": Side.KEPT,
    }


def test_accounts_letters_claims_and_doubts_follow(bodies: Engine) -> None:
    merged(bodies, LEFT, RIGHT)
    with reading(bodies) as session:
        assert len(session.exec(select(Membership)).all()) == 2
        for model in (Membership, Link, Reminder, Claim):
            owners = session.exec(select(model.organization_id)).all()
            assert set(owners) == {"left"}, model
        doubts = session.exec(select(Doubt).order_by(col(Doubt.kind))).all()
    assert [(d.kind, d.count, d.organization_id, d.phone_id) for d in doubts] == [
        (DoubtKind.BOUNCE, 1, "left", None),
        (DoubtKind.SILENCE, 2, "left", None),
        (DoubtKind.WRONG_NUMBER, 2, None, "left-1"),
    ]


def test_every_table_that_points_at_a_listing_is_moved(bodies: Engine) -> None:
    merged(bodies, LEFT, RIGHT)
    with reading(bodies) as session:
        for name, model in models().items():
            table = model.metadata.tables[name]
            for column in {"organization_id", "subject", "to_id"} & {*table.c.keys()}:
                if not name.startswith("event"):
                    left = table.c[column].in_(["right", str(RIGHT)])
                    assert not session.exec(select(model).where(left)).all(), name


def test_the_history_says_merge_and_holds(body: Engine) -> None:
    merged(body, LEFT, RIGHT)
    with reading(body) as session:
        assert first_broken(session) is None
        actions = session.exec(select(Event.action).order_by(col(Event.seq))).all()
        assert actions == [Action.PROPOSE, Action.MERGE]


def test_what_was_done_to_the_other_is_in_the_history_of_the_one(
    body: Engine,
) -> None:
    merged(body, RIGHT, LEFT)
    merged(body, organization_subject("branch"), RIGHT)
    with reading(body) as session:
        told = entries(session, Asked(organization_id="branch"))
    assert [entry.action for entry in told].count(Action.MERGE) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_reverting_brings_both_back_cell_for_cell(bodies: Engine, times: int) -> None:
    before = everything(bodies)
    for _ in range(times):
        merged(bodies, LEFT, RIGHT, name=Side.GONE)
        take_back(bodies)
        assert without_the_merge(everything(bodies)) == before


def test_a_merge_that_was_taken_back_can_be_made_again_by_reverting_that(
    bodies: Engine,
) -> None:
    merged(bodies, LEFT, RIGHT)
    after = everything(bodies)
    take_back(bodies)
    take_back(bodies, Action.REVERT)
    assert everything(bodies) == after


def test_services_become_one_with_everything_of_both(offers: Engine) -> None:
    merged(offers, NEAR, FAR)
    assert ids(offers, Service) == {"near"}
    assert ids(offers, Phone, service_id="near") == {"near-1", "far-2"}
    assert ids(offers, Language, service_id="near") == {"near-es", "far-km"}
    assert ids(offers, Language, phone_id="near-1") == {"far-fr"}
    assert ids(offers, ServiceArea, service_id="near") == {"near-wake", "far-durham"}
    assert ids(offers, ServiceAtLocation) == {"near-at", "far-at-2"}
    assert len(ids(offers, Attribute, service_id="near")) == 2
    assert ids(offers, CostOption) == {"far-cost"}
    assert ids(offers, Report, service_id="near") == {"told"}
    assert ids(offers, Doubt, service_id="near") == {"shut"}
    with reading(offers) as session:
        proposal = session.get_one(Proposal, "earlier")
        assert proposal.subject == "service:near"


def test_rules_about_one_thing_come_from_one_side(offer: Engine) -> None:
    merged(offer, NEAR, FAR)
    assert ids(offer, EligibilityRule) == {"near-gender", "far-pets"}


def test_rules_of_the_side_that_was_chosen_stay(offer: Engine) -> None:
    merged(offer, NEAR, FAR, **{"rules:gender": Side.GONE})
    assert ids(offer, EligibilityRule) == {"far-gender", "far-pets"}


def test_the_week_comes_from_one_side_and_hours_at_a_place_stay_there(
    offer: Engine,
) -> None:
    merged(offer, NEAR, FAR, hours=Side.GONE)
    assert ids(offer, Schedule) == {"far-week", "near-here", "far-there"}
    with reading(offer) as session:
        kept = session.get_one(Service, "near")
        assert (kept.always_open, kept.hours_note) == (True, None)


def test_the_week_of_the_one_that_stays_can_be_kept(offer: Engine) -> None:
    merged(offer, NEAR, FAR, hours=Side.KEPT)
    assert ids(offer, Schedule) == {"near-week", "near-here", "far-there"}


def test_a_fact_is_confirmed_as_of_the_day_on_which_it_was_for_both(
    offer: Engine,
) -> None:
    merged(offer, NEAR, FAR)
    assert ids(offer, Verification) == {"far-record", "far-hours"}


def test_the_newest_word_on_room_counts(offer: Engine) -> None:
    merged(offer, NEAR, FAR)
    assert ids(offer, Capacity, service_id="near") == {"near-room", "far-room"}
    room = take_snapshot(offer).listings["near"].room
    assert room is not None
    assert room.available == 1


def test_reverting_brings_both_services_back_cell_for_cell(offers: Engine) -> None:
    before = everything(offers)
    merged(offers, NEAR, FAR, hours=Side.GONE, name=Side.GONE)
    take_back(offers)
    assert without_the_merge(everything(offers)) == before


def test_what_was_said_of_room_since_does_not_stand_in_the_way_of_reverting(
    offer: Engine,
) -> None:
    merged(offer, NEAR, FAR)
    with writing(offer) as session:
        for room in session.exec(select(Capacity)).all():
            session.delete(room)
    take_back(offer)
    assert ids(offer, Service) == {"near", "far"}


def test_services_of_one_name_become_one_when_their_organizations_do(
    engine: Engine,
) -> None:
    left = rows.organization(id="left")
    right = rows.organization(id="right", name="Harbor House Inc")
    near = rows.service(left, id="near", name="Crisis line")
    far = rows.service(right, id="far", name="crisis line")
    rows.save(engine, left, right, near, far, rows.phone(far, id="p", number=NUMBER))
    before = everything(engine)
    merged(engine, LEFT, RIGHT)
    assert ids(engine, Service) == {"near"}
    assert ids(engine, Redirect) == {"right", "far"}
    assert ids(engine, Phone, service_id="near") == {"p"}
    take_back(engine)
    assert without_the_merge(everything(engine)) == before


def test_a_part_can_go_up_in_what_it_is_a_part_of_and_the_other_way_round(
    sqlite: Engine,
) -> None:
    whole = rows.organization(id="left", name="Harbor")
    part = rows.organization(id="right", name="Haven", parent_organization_id="left")
    rows.save(sqlite, whole, part)
    for kept, gone in ((LEFT, RIGHT), (RIGHT, LEFT)):
        merged(sqlite, kept, gone)
        with reading(sqlite) as session:
            only = session.get_one(Organization, kept.id)
            assert only.parent_organization_id is None
        take_back(sqlite)


def test_a_circle_of_parts_is_refused(sqlite: Engine) -> None:
    rows.save(
        sqlite,
        rows.organization(id="left", name="A"),
        rows.organization(id="b", name="B", parent_organization_id="left"),
        rows.organization(id="right", name="C", parent_organization_id="b"),
    )
    with pytest.raises(MergeRefusedError, match="part of a part"):
        ask_to_merge(sqlite, RIGHT, LEFT)
    merged(sqlite, LEFT, RIGHT)


def test_services_of_two_organizations_are_not_merged(body: Engine) -> None:
    with pytest.raises(MergeRefusedError, match="two organizations"):
        ask_to_merge(body, NEAR, FAR)


def test_a_listing_is_not_merged_with_itself_or_with_something_else(
    body: Engine,
) -> None:
    with pytest.raises(MergeRefusedError):
        ask_to_merge(body, LEFT, LEFT)
    with pytest.raises(MergeRefusedError):
        ask_to_merge(body, LEFT, NEAR)


PUBLIC, HIDDEN = Visibility.COUNTY, Visibility.NETWORK


def stage_two(sqlite: Engine, one: Visibility, other: Visibility) -> None:
    """Write two organizations, each with a service at a place."""
    left, right = scene(one, name="near"), scene(other, name="far")
    rows.save(sqlite, *left.records, *right.records)


@pytest.mark.parametrize(("one", "other"), [(PUBLIC, HIDDEN), (HIDDEN, PUBLIC)])
def test_a_hidden_organization_is_never_merged_with_a_public_one(
    sqlite: Engine, one: Visibility, other: Visibility
) -> None:
    stage_two(sqlite, one, other)
    pair = map(organization_subject, ("near-organization", "far-organization"))
    with pytest.raises(MergeRefusedError, match="Only approved staff"):
        ask_to_merge(sqlite, *pair)


@pytest.mark.parametrize(("one", "other"), [(PUBLIC, HIDDEN), (HIDDEN, PUBLIC)])
def test_a_hidden_service_is_never_merged_with_a_public_one(
    sqlite: Engine, one: Visibility, other: Visibility
) -> None:
    owner = rows.organization(id="left")
    near, far = scene(one, of=owner, name="near"), scene(other, of=owner, name="far")
    rows.save(sqlite, *near.records, *far.records[1:])
    with pytest.raises(MergeRefusedError, match="Only approved staff"):
        ask_to_merge(sqlite, NEAR, FAR)


def test_nothing_is_merged_that_was_hidden_while_it_waited(sqlite: Engine) -> None:
    stage_two(sqlite, PUBLIC, PUBLIC)
    near, far = map(organization_subject, ("near-organization", "far-organization"))
    with writing(sqlite) as session:
        # Services of one name would be merged as well.
        session.get_one(Service, "far").name = "Legal aid"
    proposal = ask_to_merge(sqlite, near, far)
    with writing(sqlite) as session:
        place = session.get_one(Location, "far-0")
        place.visibility, place.county_fips, place.region = HIDDEN, None, None
    with pytest.raises(MergeRefusedError):
        agree(sqlite, proposal)


@pytest.mark.parametrize("visibility", list(Visibility))
def test_merging_changes_the_visibility_of_no_place(
    sqlite: Engine, visibility: Visibility
) -> None:
    owner = rows.organization(id="left")
    ours = HIDDEN if visibility is HIDDEN else PUBLIC
    near = scene(ours, of=owner, name="near")
    far = scene(visibility, of=owner, name="far")
    rows.save(sqlite, *near.records, *far.records[1:])
    with reading(sqlite) as session:
        patch = patch_for(session, NEAR, FAR)
    assert not [c for c in patch if c.table in {"location", "address"}]
    merged(sqlite, NEAR, FAR)
    with reading(sqlite) as session:
        shown = [session.get_one(Location, i).visibility for i in ("near-0", "far-0")]
    assert shown == [ours, visibility]
    public = take_snapshot(sqlite).listings
    assert ("near" in public) is (visibility is not HIDDEN)
    assert "near" in take_snapshot(sqlite, Audience.NETWORK).listings


def test_what_was_added_while_it_waited_stands_in_the_way(bodies: Engine) -> None:
    proposal = ask_to_merge(bodies, LEFT, RIGHT)
    rows.save(
        bodies,
        rows.phone(rows.organization(id="right"), id="new", number="+19195550199"),
    )
    before = everything(bodies)
    with pytest.raises(PatchConflictError) as caught:
        agree(bodies, proposal)
    assert [(c.table, c.id) for c in caught.value.clashes] == [("phone", "new")]
    assert everything(bodies) == before


def test_what_was_changed_while_it_waited_stands_in_the_way(body: Engine) -> None:
    proposal = ask_to_merge(body, LEFT, RIGHT)
    with writing(body) as session:
        session.get_one(Organization, "right").website = "https://new.example.org"
    with pytest.raises(PatchConflictError):
        agree(body, proposal)


def test_room_told_while_it_waited_comes_along(offer: Engine) -> None:
    proposal = ask_to_merge(offer, NEAR, FAR)
    far = rows.service(rows.organization(id="left"), id="far")
    rows.save(offer, rows.capacity(far, id="newest", available=9, as_of=rows.NOON))
    agree(offer, proposal)
    assert "newest" in ids(offer, Capacity, service_id="near")


def test_what_was_wrong_with_one_of_them_before_does_not_stop_a_merge(
    body: Engine,
) -> None:
    with writing(body) as session:
        session.get_one(Service, "far").url = "no address"
    merged(body, LEFT, RIGHT)


def test_a_merge_that_makes_something_wrong_is_refused(sqlite: Engine) -> None:
    owner = rows.organization(id="left")
    rows.save(
        sqlite,
        owner,
        rows.service(owner, id="near", name="Aid", access=("through_211",)),
        rows.service(owner, id="far", name="Help", url="https://example.org/help"),
    )
    before = everything(sqlite)
    with pytest.raises(InvalidRequestError):
        # Then nobody could reach it: no number, no page, and not through NC 211.
        ask_to_merge(sqlite, NEAR, FAR, access=Side.GONE, url=Side.KEPT)
    assert everything(sqlite) == before
    merged(sqlite, NEAR, FAR)


def test_older_redirects_are_led_on_and_back(bodies: Engine) -> None:
    merged(bodies, LEFT, RIGHT)
    branch = organization_subject("branch")
    merged(bodies, branch, LEFT)
    assert ids(bodies, Redirect, to_id="branch") == {"older", "right", "left"}
    take_back(bodies)
    assert ids(bodies, Redirect, to_id="left") == {"older", "right"}


def test_a_merge_below_another_is_taken_back_last(body: Engine) -> None:
    merged(body, LEFT, RIGHT)
    with reading(body) as session:
        [first] = entries(session, Asked(actions=(Action.MERGE,)))
    merged(body, organization_subject("branch"), LEFT)
    with pytest.raises(PatchConflictError), writing(body) as session:
        revert(session, first, by=COORDINATOR, why="", now=rows.NOON)


STREET = "742 Canary Way"


def test_hiding_a_place_takes_it_out_of_the_history_of_what_was_merged(
    sqlite: Engine,
) -> None:
    owner = rows.organization(id="right", name="Haven")
    place = scene(Visibility.PUBLIC, of=owner, name="s")
    rows.save(
        sqlite,
        rows.organization(id="left"),
        *place.records,
        rows.address(place.places[0], id="street", address_1="1 Old Way"),
    )
    changes.ask_for(sqlite, "address", "street", {"address_1": STREET}, by=COORDINATOR)
    with writing(sqlite) as session:
        [asked] = session.exec(select(Proposal)).all()
        approve(session, asked, by=SECOND, now=rows.NOON)
    # A text of the body that goes, which names no record of the place.
    for said in (f"Ring the bell at {STREET}.", "Ring the bell."):
        changes.ask_for(sqlite, "service", "s", {"description": said}, by=COORDINATOR)
    merged(sqlite, LEFT, RIGHT)
    assert STREET in str(history(sqlite))
    hidden = changes.hiding(
        changes.dossier(sqlite, service_subject("s")), "s-0", "county"
    )
    changes.ask(sqlite, hidden, by=COORDINATOR)
    assert STREET.casefold() not in str(history(sqlite)).casefold()
    assert STREET.casefold() not in str(everything(sqlite)).casefold()


def history(engine: Engine) -> list[str]:
    """Return the details of all events."""
    with reading(engine) as session:
        assert first_broken(session) is None
        return list(session.exec(select(EventDetail.text)).all())


def test_a_pair_of_nothing_has_no_estate(sqlite: Engine) -> None:
    with reading(sqlite) as session:
        assert read_estate(session, service_subject("nothing")) is None
