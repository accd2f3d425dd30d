"""What the desk counts, over a snapshot and the tables: pure, and on both databases."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from directory.curation.desk.dead_ends import dead_ends
from directory.curation.desk.flags import count_by_kind, flags_of_letters
from directory.curation.desk.mailbox import (
    failed_letters,
    mailbox,
    notice_of,
    unanswered_letters,
)
from directory.curation.desk.place import Shown, place_patch
from directory.curation.desk.queue import PAGE, queue, waiting
from directory.curation.desk.secret import NOTHING, Secret, dormant, secret
from directory.curation.desk.stale import (
    Wanted,
    count_by_reason,
    stale_listings,
)
from directory.curation.desk.told import open_count
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.records.subject import service_subject
from directory.curation.reports import NewReport, ReportKind, Settlement, settle, take
from directory.curation.verification import Reason, Reminder
from directory.database import reading, writing
from directory.hsds import (
    Doubt,
    DoubtKind,
    Fact,
    ServiceStatus,
    Verification,
    Visibility,
)
from directory.mail import LetterKind, post
from directory.projection import Audience, Snapshot, take_snapshot
from tests.builders import changes, rows
from tests.builders.rows import DAY, NOON
from tests.builders.scenes import stage

NETWORK = Audience.NETWORK


def ago(days: float) -> dt.datetime:
    return NOON - dt.timedelta(days=days)


def confirm(engine: Engine, service_id: str, fact: Fact, days: int) -> None:
    rows.save(
        engine,
        Verification(
            service_id=service_id,
            fact=fact,
            verified_on=DAY - dt.timedelta(days=days),
            verified_by="provider",
        ),
    )


def stale(engine: Engine, **wanted: object) -> dict[str, tuple[Reason, ...]]:
    found = stale_listings(take_snapshot(engine), NOON, wanted=Wanted(**wanted))  # type: ignore[arg-type]
    return {one.listing.id: one.reasons for one in found}


def test_what_is_stale_and_why(sqlite: Engine) -> None:
    for name, days in (("new", None), ("old", 181), ("hours", 100), ("fresh", 10)):
        stage(sqlite, name=name)
        if days is not None:
            confirm(sqlite, name, Fact.RECORD, days)
    room = stage(sqlite, name="room")
    confirm(sqlite, "room", Fact.RECORD, 10)
    rows.save(sqlite, rows.capacity(room.service, as_of=ago(9), expires=ago(6), id="c"))
    assert stale(sqlite) == {
        "new": (Reason.NEW,),
        "room": (Reason.ROOM,),
        "old": (Reason.RECORD, Reason.HOURS),
        "hours": (Reason.HOURS,),
    }
    assert [*stale(sqlite, reason=Reason.HOURS)] == ["old", "hours"]
    found = stale_listings(take_snapshot(sqlite), NOON, wanted=Wanted())
    assert count_by_reason(found) == {
        Reason.NEW: 1,
        Reason.ROOM: 1,
        Reason.RECORD: 1,
        Reason.HOURS: 2,
    }


def test_crisis_lines_and_shelters_go_first_among_equals(sqlite: Engine) -> None:
    taxonomy = rows.taxonomy(id="x")
    food = rows.term(taxonomy, "food")
    shelter = rows.term(taxonomy, "emergency_shelter")
    rows.save(sqlite, taxonomy, food, shelter)
    for name, term in (("a", food), ("b", shelter), ("c", food)):
        scene = stage(sqlite, name=name)
        rows.save(sqlite, rows.attribute(scene.service, term))
    assert [*stale(sqlite)] == ["b", "a", "c"]
    assert [*stale(sqlite, code="food")] == ["a", "c"]


def test_stale_listings_of_a_county_are_those_that_serve_it(sqlite: Engine) -> None:
    here, there = stage(sqlite, name="here"), stage(sqlite, name="there")
    stage(sqlite, name="everywhere", coverage="statewide")
    rows.save(sqlite, rows.area(here.service), rows.area(there.service, "37063"))
    assert [*stale(sqlite, county=rows.WAKE)] == ["everywhere", "here"]


def test_who_is_called_and_at_which_number(sqlite: Engine) -> None:
    for name, email in (("mail", "house@example.org"), ("call", None)):
        owner = rows.organization(id=f"{name}-organization", email=email)
        offer = rows.service(owner, id=name)
        rows.save(
            sqlite,
            owner,
            offer,
            rows.phone(offer, number="+19198287740", type="crisis", position=0),
            rows.phone(offer, number="+19198341234", position=1),
            rows.phone(offer, number="+19198341299", type="fax", position=2),
        )
    assert [*stale(sqlite, to_call=True)] == ["call"]
    doubtful = {("mail-organization", "house@example.org")}
    found = stale_listings(
        take_snapshot(sqlite), NOON, wanted=Wanted(to_call=True), doubtful=doubtful
    )
    assert [one.listing.id for one in found] == ["call", "mail"]
    # The crisis line is for people in need: the office is called first.
    line = found[0].line
    assert line is not None
    assert line.number == "+19198341234"
    only_fax = stage(sqlite, name="fax")
    rows.save(sqlite, rows.phone(only_fax.service, type="fax"))
    (fax,) = (
        one
        for one in stale_listings(take_snapshot(sqlite), NOON, wanted=Wanted())
        if one.listing.id == "fax"
    )
    assert fax.line is None


def test_what_leads_nowhere(sqlite: Engine) -> None:
    stage(sqlite, name="silent")
    stage(sqlite, name="page", url="https://example.org/x")
    stage(sqlite, name="box", email="house@example.org")
    stage(sqlite, name="ask", access=("through_211",))
    doubted = stage(sqlite, name="doubted")
    half = stage(sqlite, name="half")
    phones = [
        rows.phone(doubted.service, id="d"),
        rows.phone(half.service, id="h1"),
        rows.phone(half.service, id="h2", number="+19198341234"),
    ]
    rows.save(sqlite, *phones)
    for phone in phones[:2]:
        rows.save(
            sqlite,
            Doubt(
                phone_id=phone.id,
                number=phone.number,
                kind=DoubtKind.WRONG_NUMBER,
                count=2,
                since=DAY,
                last=DAY,
            ),
        )
    rows.save(sqlite, rows.organization(id="empty"))
    rows.save(sqlite, rows.organization(id="planners", kind="planning_body"))
    found = dead_ends(take_snapshot(sqlite), DAY)
    assert [x.id for x in found.unreachable] == ["silent"]
    assert [x.id for x in found.through_211] == ["ask"]
    assert [x.id for x in found.doubted] == ["doubted"]
    assert [x.id for x in found.empty] == ["empty"]
    assert found.count == 4
    # What users told is forgotten in time.
    later = dead_ends(take_snapshot(sqlite), DAY + dt.timedelta(days=91))
    assert later.doubted == []


def test_flags_are_counted_once_and_those_of_letters_are_listed(sqlite: Engine) -> None:
    for name in ("a", "b"):
        stage(sqlite, name=name)
    for name, kind, count in (
        ("a", DoubtKind.SILENCE, 3),
        ("b", DoubtKind.SILENCE, 2),
        ("b", DoubtKind.BOUNCE, 1),
    ):
        rows.save(
            sqlite,
            Doubt(
                organization_id=f"{name}-organization",
                kind=kind,
                count=count,
                since=DAY,
                last=DAY,
            ),
        )
    rows.save(
        sqlite,
        Doubt(service_id="a", kind=DoubtKind.CLOSED, count=2, since=DAY, last=DAY),
    )
    snapshot = take_snapshot(sqlite)
    flags = flags_of_letters(snapshot, DAY)
    assert [(f.organization.id, f.doubt.kind) for f in flags] == [
        ("b-organization", "bounce"),
        ("a-organization", "silence"),
    ]
    assert count_by_kind(snapshot, DAY) == {"silence": 1, "bounce": 1, "closed": 1}


def waits(engine: Engine, days: float, **given: object) -> str:
    proposal = Proposal(
        organization_id="s-organization",
        subject="service:s",
        actor="provider:p1",
        made_at=ago(days),
        patch="[]",
        risk=Risk.HIGH,
        state=State.WAITING,
    )
    for name, value in given.items():
        setattr(proposal, name, value)
    with writing(engine) as session:
        session.add(proposal)
        session.flush()
        return proposal.id


def test_the_queue_is_counted_aged_and_paged(engine: Engine) -> None:
    with reading(engine) as session:
        empty = waiting(session, NOON)
        assert (empty.count, empty.late, empty.oldest) == (0, 0, None)
        assert queue(session).pages == 1
    old = waits(engine, 9)
    waits(engine, 300, state=State.REFUSED)
    low = waits(engine, 1, risk=Risk.LOW)
    for n in range(PAGE):
        waits(engine, n / 100)
    with reading(engine) as session:
        found = waiting(session, NOON)
        assert (found.count, found.late, found.oldest) == (PAGE + 2, 1, ago(9))
        first, second = queue(session), queue(session, page=2)
        assert [p.id for p in first.proposals[:2]] == [old, low]
        assert (first.pages, len(second.proposals)) == (2, 2)
        assert queue(session, page=99).page == 2
        assert queue(session, page=-1).page == 1
        only = queue(session, risk=Risk.LOW)
    assert [p.id for p in only.proposals] == [low]


def test_what_somebody_may_not_know_of_is_not_even_counted(engine: Engine) -> None:
    waits(engine, 9)
    waits(engine, 8, organization_id="hidden")
    waits(engine, 7, subject="service:hidden")
    unknown = Secret(
        organization_ids=frozenset({"hidden"}), service_ids=frozenset({"hidden"})
    )
    with reading(engine) as session:
        assert waiting(session, NOON).count == 3
        seen = waiting(session, NOON, unknown)
        assert (seen.count, seen.oldest) == (1, ago(9))
        assert queue(session, without=unknown).count == 1
    assert unknown.holds("service:hidden", "o")
    assert unknown.holds("organization:o", "hidden")
    assert not unknown.holds("service:s", "o")
    assert not NOTHING.holds("service:hidden", None)


def test_secret_is_what_only_the_network_knows(sqlite: Engine) -> None:
    stage(sqlite, Visibility.PUBLIC, name="p")
    stage(sqlite, Visibility.NETWORK, name="n")
    mixed = stage(sqlite, Visibility.PUBLIC, name="m")
    inner = rows.service(mixed.organization, id="inner")
    place = rows.location(mixed.organization, Visibility.NETWORK, id="x")
    rows.save(sqlite, inner, place, rows.given_at(inner, place))
    found = secret(snapshots(sqlite)[0], snapshots(sqlite)[1])
    assert found.organization_ids == {"n-organization"}
    assert found.service_ids == {"n", "inner"}


def test_what_is_dormant_and_hidden_is_secret_too(engine: Engine) -> None:
    for name, visibility in (("p", Visibility.PUBLIC), ("n", Visibility.NETWORK)):
        stage(engine, visibility, name=name, status=ServiceStatus.INACTIVE)
    stage(engine, name="nowhere", status=ServiceStatus.INACTIVE)
    with reading(engine) as session:
        assert dormant(session) == {"n"}
    one, other = snapshots(engine)
    assert secret(one, other, frozenset({"n"})).service_ids == {"n"}


def snapshots(engine: Engine) -> tuple[Snapshot, Snapshot]:
    return take_snapshot(engine), take_snapshot(engine, NETWORK)


def test_the_mailbox_tells_what_waits_fails_and_stays_unanswered(
    engine: Engine,
) -> None:
    with writing(engine) as session:
        for kind, about, minutes in (
            (LetterKind.NOTICE, "p1", 90),
            (LetterKind.VERIFICATION, None, 5),
        ):
            post(
                session,
                kind,
                "a@example.org",
                subject="",
                text="",
                about=about,
                now=NOON - dt.timedelta(minutes=minutes),
            )
        for days in (3, 200):
            lost = post(
                session,
                LetterKind.CLAIM,
                "b@example.org",
                subject="",
                text="",
                now=NOON,
            )
            lost.next_try_at, lost.failed_at = None, ago(days)
        for answered in (None, NOON):
            session.add(
                Reminder(
                    organization_id="o",
                    letter_id="l",
                    reasons=("new",),
                    written_at=ago(4),
                    answered_at=answered,
                )
            )
    with reading(engine) as session:
        found = mailbox(session, NOON)
        assert (found.waiting, found.failed, found.unanswered) == (2, 1, 1)
        assert found.since == NOON - dt.timedelta(minutes=90)
        assert found.late
        assert not mailbox(session, NOON - dt.timedelta(minutes=60)).late
        assert len(failed_letters(session, NOON)) == 1
        assert [r.written_at for r in unanswered_letters(session)] == [ago(4)]
        notice = notice_of(session, "p1")
        assert notice is not None
        assert notice_of(session, "p2") is None


def test_reports_that_nobody_has_looked_at_are_counted(engine: Engine) -> None:
    scene = stage(engine)
    rows.save(engine, rows.phone(scene.service))
    told = NewReport(service_id="s", kind=ReportKind.CLOSED, reporter="one")
    with writing(engine) as session:
        take(session, told, ago(2))
    with reading(engine) as session:
        assert open_count(session, DAY) == 1
        assert open_count(session, DAY + dt.timedelta(days=100)) == 0
    with writing(engine) as session:
        settle(session, "s", ReportKind.CLOSED, Settlement.DISMISSED, NOON)
    with reading(engine) as session:
        assert open_count(session, DAY) == 0


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_place_holds_no_more_than_it_shows(
    sqlite: Engine, visibility: Visibility
) -> None:
    scene = stage(sqlite, Visibility.PUBLIC)
    rows.save(sqlite, rows.address(scene.places[0], id="a"))
    held = changes.dossier(sqlite, service_subject("s"))
    shown = Shown(
        visibility=visibility,
        county=rows.WAKE,
        region="Piedmont",
        address={"address_1": "9 New St", "city": "Cary"},
    )
    patch = place_patch(held, "s-0", shown)
    told = {c.table: c.after for c in patch}
    if visibility is Visibility.PUBLIC:
        assert told == {
            "address": {"address_1": "9 New St", "city": "Cary", "postal_code": ""}
        }
        return
    assert told["address"] is None
    location = told["location"]
    assert location is not None
    kept = {"county_fips", "region"} - location.keys()
    expected = {"county": {"county_fips", "region"}, "region": {"region"}}
    assert kept == expected.get(visibility.value, set())
    assert location["latitude"] == location["longitude"] == ""
