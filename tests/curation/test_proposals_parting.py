"""A change is parted: what need not wait is public at once."""

import pytest

from directory.curation.proposals import Risk, risk_of
from directory.curation.proposals.parting import parted
from directory.curation.records.patch import (
    Patch,
    RecordChange,
    compared,
    made,
    removed,
)

SOURCE = {"source": "provider", "read_on": "2026-11-26"}
OLD = {"source": "https://example.org", "read_on": "2026-01-01"}
PHONE = {
    "service_id": "s",
    "number": "+19198341234",
    "type": "voice",
    "answered_by": "agency",
    "basis": "own_page",
    **SOURCE,
    "source_date": "2026-11-26",
    "evidence": "A",
}


def service(**after: str) -> RecordChange:
    [change] = compared(
        "service", "s", {**dict.fromkeys(after, ""), **OLD}, {**after, **SOURCE}
    )
    return change


def fields(patch: Patch) -> list[tuple[str, tuple[str, ...]]]:
    return [(c.table, tuple(f for f in c.fields if f not in SOURCE)) for c in patch]


def test_what_harms_nobody_is_parted_from_what_waits() -> None:
    note = service(hours_note="Ring.", url="https://example.org/x", area_note="Wake")
    number = made("phone", PHONE)
    hours = RecordChange(
        table="schedule", id="h", before={"byday": "MO"}, after={"byday": "TU"}
    )
    light, rest = parted((note, number, hours))
    assert fields(light) == [
        ("service", ("hours_note", "area_note")),
        ("schedule", ("byday",)),
    ]
    assert [table for table, _ in fields(rest)] == ["service", "phone"]
    assert (risk_of(light), risk_of(rest)) == (Risk.LOW, Risk.HIGH)
    # Each part says where it comes from.
    for part in (light[0], rest[0]):
        assert part.after is not None
        assert part.after["source"] == "provider"


@pytest.mark.parametrize(
    "patch",
    [
        (service(hours_note="Ring."),),
        (service(url="https://example.org/x"),),
        (made("phone", PHONE),),
    ],
)
def test_a_change_of_one_kind_stays_whole(patch: Patch) -> None:
    assert parted(patch) in ((patch, ()), ((), patch))


def test_a_number_between_two_texts_waits_whole() -> None:
    patch = (service(hours_note="Our line: 919", area_note="then 555"),)
    assert risk_of(patch) is Risk.HIGH
    light, rest = parted(patch)
    assert not light
    assert fields(rest) == fields(patch)


def test_what_is_said_of_a_number_waits_with_it() -> None:
    number = made("phone", PHONE)
    said = made("language", {"phone_id": number.id, "code": "es", "by": "staff"})
    spoken = removed(
        "language",
        "l",
        {"phone_id": "p", "service_id": "", "code": "es", "by": "staff"},
    )
    gone = removed("phone", "p", {**PHONE, "position": "0"})
    light, rest = parted((service(hours_note="Ring."), number, said, spoken, gone))
    assert fields(light) == [("service", ("hours_note",))]
    assert rest == (number, said, spoken, gone)
