"""What a listing tells of what is recorded."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from directory.hsds import (
    AnsweredBy,
    AreaType,
    Coverage,
    Fact,
    Language,
    LanguageBy,
    OrganizationKind,
    PhoneType,
    ServiceRole,
    ServiceStatus,
    Verification,
    Visibility,
)
from directory.projection import Line, Listing, take_snapshot
from tests.builders import rows
from tests.builders.scenes import scene, stage


def listing(engine: Engine) -> Listing:
    """Return the one listing."""
    [only] = take_snapshot(engine).listings.values()
    return only


def lines(engine: Engine) -> list[str]:
    return [line.number for line in listing(engine).lines]


LAW = [AnsweredBy.DISPATCH, AnsweredBy.SHERIFF, AnsweredBy.POLICE]


@pytest.mark.parametrize("answered_by", AnsweredBy)
def test_a_line_of_law_enforcement_keeps_its_mark(
    sqlite: Engine, answered_by: AnsweredBy
) -> None:
    made = stage(sqlite)
    rows.save(sqlite, rows.phone(made.service, answered_by=answered_by))
    [line] = listing(sqlite).lines
    assert line.is_law_enforcement is (answered_by in LAW)


def test_numbers_of_the_service_stand_before_those_of_the_organization(
    engine: Engine,
) -> None:
    made = stage(engine)
    general = rows.phone(made.organization, number="+19195550101")
    rows.save(engine, general, rows.phone(made.service, number="+19195550102"))
    assert lines(engine) == ["+19195550102", "+19195550101"]


def test_a_number_of_both_stands_once(engine: Engine) -> None:
    made = stage(engine)
    rows.save(engine, rows.phone(made.organization), rows.phone(made.service))
    assert len(lines(engine)) == 1


def test_numbers_come_by_position_and_then_crisis_first(engine: Engine) -> None:
    made = stage(engine)
    rows.save(
        engine,
        rows.phone(made.service, number="+19195550101"),
        rows.phone(made.service, number="+19195550102", type=PhoneType.CRISIS),
        rows.phone(made.service, number="+19195550103", position=-1),
    )
    assert [number[-1] for number in lines(engine)] == ["3", "2", "1"]


def test_a_line_names_its_languages(engine: Engine) -> None:
    made = stage(engine)
    number = rows.phone(made.service)
    speaks = Language(phone_id=number.id, code="es", by=LanguageBy.STAFF)
    rows.save(engine, number, speaks)
    first: Line = listing(engine).lines[0]
    assert first.languages == ("es",)


def test_several_names_and_counties_are_told(engine: Engine) -> None:
    made = stage(engine, alternate_name="Haven; La Casa ;")
    rows.save(
        engine, rows.area(made.service, "37183"), rows.area(made.service, "37063")
    )
    told = listing(engine)
    assert told.alternate_names == ("Haven", "La Casa")
    assert told.counties == ("37063", "37183")


def test_a_tribal_area_is_told(engine: Engine) -> None:
    made = stage(engine)
    tribal = rows.area(made.service, type=AreaType.TRIBAL, description="Lumbee")
    tribal.fips = None
    rows.save(engine, tribal)
    assert (listing(engine).tribal_area, listing(engine).counties) == ("Lumbee", ())


def test_a_rule_is_told_with_its_words(engine: Engine) -> None:
    made = stage(engine)
    rows.save(engine, rows.rule(made.service))
    [rule] = listing(engine).rules
    assert (rule.attribute, rule.effect, rule.values) == (
        "gender",
        "requires",
        ("woman",),
    )
    assert rule.words == "Women only"


def test_the_newest_report_of_room_is_told(engine: Engine) -> None:
    made = stage(engine)
    later = rows.NOON + dt.timedelta(hours=1)
    newest = rows.capacity(made.service, available=0, as_of=later)
    rows.save(engine, newest, rows.capacity(made.service))
    room = listing(engine).room
    assert room is not None
    assert (room.available, room.as_of) == (0, later)


def test_the_newest_confirmation_of_each_fact_is_told(engine: Engine) -> None:
    made = stage(engine)
    rows.save(
        engine, *(confirmed(made.service.id, fact, day) for fact, day in CONFIRMED)
    )
    told = listing(engine)
    assert told.verified_on == dt.date(2026, 3, 1)
    assert told.verified == {
        "record": dt.date(2026, 3, 1),
        "hours": dt.date(2026, 2, 1),
    }


CONFIRMED = [
    (Fact.RECORD, dt.date(2026, 3, 1)),
    (Fact.RECORD, dt.date(2026, 1, 1)),
    (Fact.HOURS, dt.date(2026, 2, 1)),
]


def confirmed(service_id: str, fact: Fact, day: dt.date) -> Verification:
    return Verification(
        service_id=service_id, fact=fact, verified_on=day, verified_by="provider"
    )


def test_what_nobody_confirmed_says_so(engine: Engine) -> None:
    stage(engine)
    assert listing(engine).verified_on is None


STATES = {
    ServiceStatus.ACTIVE: (True, False),
    ServiceStatus.INACTIVE: (False, False),
    ServiceStatus.DEFUNCT: (False, True),
    ServiceStatus.TEMPORARILY_CLOSED: (False, True),
}


@pytest.mark.parametrize(("status", "shown"), STATES.items())
def test_a_closed_service_is_no_listing_and_says_so(
    sqlite: Engine, status: ServiceStatus, shown: tuple[bool, bool]
) -> None:
    stage(sqlite, status=status)
    snapshot = take_snapshot(sqlite)
    assert ("s" in snapshot.listings, "s" in snapshot.closed) == shown
    [owner] = snapshot.organizations.values()
    assert (owner.service_ids == ("s",)) is shown[0]


@pytest.mark.parametrize("visibility", [*Visibility][:-1])
def test_a_listing_knows_whether_a_place_is_hidden(
    sqlite: Engine, visibility: Visibility
) -> None:
    stage(sqlite, visibility)
    assert listing(sqlite).is_hidden is (visibility is not Visibility.PUBLIC)


KINDS = [
    (OrganizationKind.PROVIDER, ServiceRole.PROVISION, True),
    (OrganizationKind.PUBLIC_AGENCY, ServiceRole.PROVISION, True),
    (OrganizationKind.COALITION, ServiceRole.PROVISION, False),
    (OrganizationKind.PROVIDER, ServiceRole.REFERRAL, False),
]


@pytest.mark.parametrize(("kind", "role", "counts"), KINDS)
def test_only_help_that_a_person_gets_counts_as_coverage(
    sqlite: Engine,
    kind: OrganizationKind,
    role: ServiceRole,
    counts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    owner = rows.organization(kind=kind)
    rows.save(sqlite, *scene(of=owner, role=role).records)
    assert listing(sqlite).counts_as_coverage is counts


def test_statewide_is_told_from_a_list_of_counties(engine: Engine) -> None:
    stage(engine, coverage=Coverage.STATEWIDE)
    assert listing(engine).is_statewide


def test_bodies_of_one_name_are_told_apart(engine: Engine) -> None:
    rows.save(engine, rows.organization(id="o", name="DSS", county_label="Wake"))
    assert take_snapshot(engine).organizations["o"].full_name == "DSS (Wake)"


def test_the_sites_that_were_read_are_named_once(engine: Engine) -> None:
    stage(engine, source="https://www.a.org/x ; https://a.org/y ; http://b.org")
    assert listing(engine).provenance.hosts == ("a.org", "b.org")


def test_a_listing_cannot_be_changed(engine: Engine) -> None:
    stage(engine)
    with pytest.raises(AttributeError):
        listing(engine).name = "Changed"  # type: ignore[misc]
