"""Who is asked whether their listings are still right, when, and in which order."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.curation.verification import Due, Past, Reason, Round, due
from directory.projection import (
    Audience,
    Doubt,
    Listing,
    OrganizationListing,
    Provenance,
    Room,
    Snapshot,
)
from directory.referral.request import ZONE

NOW = dt.datetime(2026, 11, 26, 7, tzinfo=ZONE)
TODAY = NOW.date()
ADDRESS = "desk@harbor.example"
_PROVENANCE = Provenance(
    links=(), date="2026-10", read_on=dt.date(2026, 11, 25), evidence="A"
)


def ago(days: float) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def organization(
    name: str = "o", *, email: str | None = ADDRESS, silences: int = 0
) -> OrganizationListing:
    doubt = Doubt(kind="silence", count=silences, since=ago(60), last=ago(1))
    return OrganizationListing(
        id=name,
        name=f"House {name}",
        alternate_names=(),
        county_label=None,
        kind="provider",
        description="Helps.",
        website=None,
        email=email,
        faith_based=None,
        parent_id=None,
        lines=(),
        service_ids=(),
        provenance=_PROVENANCE,
        doubts=(doubt,) if silences else (),
    )


def listing(
    of: OrganizationListing,
    name: str = "s",
    *,
    verified: Mapping[str, dt.date] | None = None,
    codes: tuple[str, ...] = (),
    room: Room | None = None,
) -> Listing:
    return Listing(
        id=name,
        name=f"Service {name}",
        alternate_names=(),
        organization=of,
        description="Help.",
        codes=codes,
        role="provision",
        focus="general",
        basis="own_page",
        delivery=(),
        access=(),
        coverage="partial",
        counties=(),
        tribal_area=None,
        out_of_county=None,
        area_note=None,
        places=(),
        lines=(),
        website=None,
        email=None,
        languages=(),
        rules=(),
        always_open=False,
        openings=(),
        hours_note=None,
        cost=None,
        documents=(),
        accessibility=(),
        length_of_stay=None,
        capacity_note=None,
        room=room,
        alert=None,
        verified=dict(verified or {}),
        provenance=_PROVENANCE,
    )


def told(days: float) -> Room:
    """Return room that was told so many days ago, and is believed for three."""
    at = NOW - dt.timedelta(days=days)
    return Room(
        unit="beds",
        available=3,
        waitlist=None,
        population=None,
        as_of=at,
        expires=at + dt.timedelta(days=3),
    )


def snapshot(*listings: Listing) -> Snapshot:
    owners = {item.organization.id: item.organization for item in listings}
    return Snapshot(
        seq=1,
        audience=Audience.NETWORK,
        listings={item.id: item for item in listings},
        organizations={
            name: replace(
                owner,
                service_ids=tuple(
                    item.id for item in listings if item.organization.id == name
                ),
            )
            for name, owner in owners.items()
        },
        closed={},
    )


def one(
    past: Iterable[Past] = (), *, of: OrganizationListing | None = None, **facts: object
) -> Round:
    """Return the round over one service of one organization."""
    return due(snapshot(listing(of or organization(), **facts)), past, NOW)  # type: ignore[arg-type]


def reasons(found: Round) -> list[str]:
    return [reason.value for due in found.to_write for reason in due.reasons]


AGES = [
    # record, hours, what is asked
    (None, None, ["new"]),
    (None, 10, ["new"]),
    (0, None, []),
    (89, None, []),
    (90, None, ["hours"]),
    (179, None, ["hours"]),
    (100, 10, []),
    (10, 100, []),
    (180, 10, ["record"]),
    (180, 90, ["record", "hours"]),
    (400, 400, ["record", "hours"]),
    # A list that was loaded may hold a day that has not come yet.
    (-3, None, []),
]


@pytest.mark.parametrize(("record", "hours", "expected"), AGES)
def test_what_is_old_is_asked_for(
    record: int | None, hours: int | None, expected: list[str]
) -> None:
    ages = {"record": record, "hours": hours}
    verified = {fact: ago(age) for fact, age in ages.items() if age is not None}
    assert reasons(one(verified=verified)) == expected


# It ends to be believed in the course of the last of these days.
ROOMS = [(0, False), (2, False), (2.9, True), (3, True), (20, True)]


@pytest.mark.parametrize(("days", "asked"), ROOMS)
def test_room_is_asked_for_once_it_is_no_longer_believed(
    days: float, *, asked: bool
) -> None:
    found = one(verified={"record": TODAY}, room=told(days))
    assert reasons(found) == (["room"] if asked else [])
    assert [d.room_ids for d in found.to_write] == ([("s",)] if asked else [])


def test_room_that_was_never_told_is_not_asked_for() -> None:
    found = one(verified={"record": TODAY}, codes=("emergency_shelter",))
    assert found == Round(to_write=(), to_call=())


def past(days: float, *why: str, answered: bool = False) -> Past:
    return Past(
        organization_id="o",
        reasons=why or ("new",),
        written_at=NOW - dt.timedelta(days=days),
        answered=answered,
    )


PAUSES = [
    ([past(1)], []),
    ([past(13.9)], ["new"]),  # The calendar counts: the round runs each morning.
    ([past(13)], []),
    ([past(14)], ["new"]),
    ([past(30), past(2)], []),
    ([past(1, "room")], ["new"]),
    ([past(5, answered=True)], []),
]


@pytest.mark.parametrize(("letters", "expected"), PAUSES)
def test_a_letter_about_the_listing_comes_every_two_weeks_at_most(
    letters: list[Past], expected: list[str]
) -> None:
    assert reasons(one(letters)) == expected


ROOM_PAUSES = [
    ([past(2, "room")], []),
    ([past(3, "room")], ["room"]),
    ([past(2, "record")], []),
    ([past(3, "record", "room")], ["room"]),
    # Nobody answered three times: it is asked with the other letters only.
    ([past(n, "room") for n in (12, 9, 6)], []),
    ([past(12, "room"), past(9, "room"), past(6, "room", answered=True)], ["room"]),
]


@pytest.mark.parametrize(("letters", "expected"), ROOM_PAUSES)
def test_a_letter_about_room_comes_every_three_days_at_most(
    letters: list[Past], expected: list[str]
) -> None:
    assert reasons(one(letters, verified={"record": TODAY}, room=told(4))) == expected


def test_one_letter_asks_for_everything_that_is_old() -> None:
    owner = organization()
    both = snapshot(
        listing(owner, "a", verified={"record": ago(200)}),
        listing(owner, "b", verified={"record": TODAY}, room=told(5)),
        listing(owner, "c"),
    )
    (found,) = due(both, (), NOW).to_write
    assert [r.value for r in found.reasons] == ["new", "room", "record", "hours"]
    assert found.room_ids == ("b",)


def test_who_has_fallen_silent_is_asked_ever_more_seldom() -> None:
    quiet = organization(silences=3)
    assert reasons(one([past(20)], of=quiet)) == []
    assert reasons(one([past(90)], of=quiet)) == ["new"]
    assert reasons(one([past(20)], of=organization(silences=2))) == ["new"]


def test_who_has_no_address_is_called_and_not_written_to() -> None:
    found = one(of=organization(email=None))
    assert not found.to_write
    assert [(c.organization_id, c.address) for c in found.to_call] == [("o", "")]


def test_a_doubtful_address_is_not_written_to_until_it_changes() -> None:
    doubtful = {("o", ADDRESS), ("other", "new@harbor.example")}
    held = snapshot(listing(organization(email=ADDRESS.title())))
    found = due(held, (), NOW, doubtful=doubtful)
    assert (len(found.to_write), len(found.to_call)) == (0, 1)
    moved = snapshot(listing(organization(email="new@harbor.example")))
    assert due(moved, (), NOW, doubtful=doubtful).to_write


def test_two_organizations_with_one_address_get_a_letter_each() -> None:
    two = snapshot(listing(organization("o"), "a"), listing(organization("p"), "b"))
    assert len(due(two, (), NOW).to_write) == 2


def test_without_an_open_service_nobody_is_asked() -> None:
    owner = organization()
    held = replace(snapshot(listing(owner)), listings={}, organizations={"o": owner})
    assert due(held, (), NOW) == Round(to_write=(), to_call=())


def test_what_matters_most_is_asked_first() -> None:
    kinds = {
        "hours": listing(organization("a"), "a", verified={"record": ago(90)}),
        "record": listing(organization("b"), "b", verified={"record": ago(180)}),
        "older": listing(organization("c"), "c", verified={"record": ago(300)}),
        "line": listing(
            organization("d"),
            "d",
            verified={"record": ago(181)},
            codes=("crisis_line",),
        ),
        "room": listing(
            organization("e"), "e", verified={"record": TODAY}, room=told(4)
        ),
        "new": listing(organization("f"), "f"),
        "shelter": listing(organization("g"), "g", codes=("emergency_shelter",)),
    }
    found = due(snapshot(*kinds.values()), (), NOW)
    named = {item.organization.id: name for name, item in kinds.items()}
    assert [named[d.organization_id] for d in found.to_write] == [
        *("shelter", "new", "room", "line", "older", "record", "hours"),
    ]


ages = st.one_of(st.none(), st.integers(0, 400))
services = st.tuples(
    st.integers(0, 5),
    ages,
    st.sampled_from([(), ("crisis_line",), ("food",)]),
    st.one_of(st.none(), st.integers(0, 9)),
)
pasts = st.builds(
    Past,
    organization_id=st.integers(0, 5).map(str),
    reasons=st.sampled_from([("new",), ("room",), ("record", "room")]),
    written_at=st.integers(0, 40).map(lambda n: NOW - dt.timedelta(days=n)),
    answered=st.booleans(),
)


@given(st.lists(services, max_size=8), st.lists(pasts, max_size=8), st.randoms())
def test_each_is_asked_once_in_an_order_that_is_always_the_same(
    made: list[tuple[int, int | None, tuple[str, ...], int | None]],
    letters: list[Past],
    chance: object,
) -> None:
    held = [
        listing(
            organization(str(owner)),
            f"s{n}",
            verified={} if age is None else {"record": ago(age)},
            codes=codes,
            room=None if room is None else told(room),
        )
        for n, (owner, age, codes, room) in enumerate(made)
    ]
    found = due(snapshot(*held), letters, NOW)
    owners = [d.organization_id for d in found.to_write]
    assert len(owners) == len(set(owners))
    assert not found.to_call
    for asked in found.to_write:
        theirs = [p for p in letters if p.organization_id == asked.organization_id]
        _is_not_pestered(asked, theirs)
    mixed, past_mixed = [*held], [*letters]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(past_mixed)  # type: ignore[attr-defined]
    again = due(snapshot(*mixed), past_mixed, NOW)
    assert [_told(d) for d in again.to_write] == [_told(d) for d in found.to_write]


def _is_not_pestered(asked: Due, letters: list[Past]) -> None:
    if asked.reasons == (Reason.ROOM,):
        near = [p for p in letters if NOW - p.written_at < dt.timedelta(days=3)]
    else:
        near = [
            p
            for p in letters
            if NOW - p.written_at < dt.timedelta(days=14) and not p.is_about_room_only
        ]
    assert not near


def _told(asked: Due) -> Due:
    return replace(asked, room_ids=tuple(sorted(asked.room_ids)))
