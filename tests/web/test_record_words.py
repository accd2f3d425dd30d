"""Changes in words: in an order that people read, and without what nobody said."""

import pytest

from directory.curation.correction.rules import OPTIONS
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange, made, removed
from directory.database import reading
from directory.web.difference import RecordDifference, difference
from tests.builders import rows
from tests.web.desk import Desk

RULE = {
    "service_id": "s",
    "attribute": "gender",
    "effect": "requires",
    "values": "woman",
    "note": "Only women",
    "source": "provider",
    "read_on": "2026-11-25",
    "evidence": "A",
    "basis": "own_page",
}


def told(desk: Desk, patch: Patch) -> tuple[RecordDifference, ...]:
    with desk.app.test_request_context("/"), reading(desk.engine) as session:
        return difference(session, patch)


def hours(day: str, opens: str = "09:00") -> Cells:
    return {"service_id": "s", "byday": day, "opens_at": opens, "closes_at": "23:00"}


def labels(record: RecordDifference) -> set[str]:
    return {field.label for field in record.fields}


def test_hours_are_told_by_the_day_of_the_week(desk: Desk) -> None:
    days = ("FR", "WE", "1SA", "TH", "MO", "SU")
    patch = (
        *(made("schedule", hours(day)) for day in days),
        made("schedule", hours("MO", "08:00")),
        removed("schedule", "old", hours("TU")),
    )
    names = [record.name.partition(":")[0] for record in told(desk, patch)]
    assert names == [
        *("Monday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday"),
        "1st Saturday of the month",
    ]
    first, second, *_others = told(desk, patch)
    assert "8:00" in first.name
    assert "9:00" in second.name


def test_hours_that_only_open_earlier_stand_at_their_day(desk: Desk) -> None:
    service = desk.scene.service
    kept = {"MO": "a", "FR": "b"}
    rows.save(
        desk.engine,
        *(rows.schedule(service, id=i, byday=(day,)) for day, i in kept.items()),
    )
    patch = tuple(
        RecordChange(
            table="schedule",
            id=kept[day],
            before={"opens_at": "09:00"},
            after={"opens_at": "08:00"},
        )
        for day in ("FR", "MO")
    )
    assert [r.name.partition(":")[0] for r in told(desk, patch)] == ["Monday", "Friday"]


def test_that_hours_are_not_closed_goes_without_saying(desk: Desk) -> None:
    (record,) = told(desk, (made("schedule", hours("MO")),))
    assert "Closed" not in labels(record)
    cells = {"service_id": "s", "byday": "MO", "closed": "true"}
    (record,) = told(desk, (made("schedule", cells),))
    assert "Closed" in labels(record)


@pytest.mark.parametrize("note", ["Only women", "Only ages 18 to 24"])
def test_a_choice_from_a_list_is_nobodys_words(desk: Desk, note: str) -> None:
    (record,) = told(desk, (made("eligibility_rule", {**RULE, "note": note}),))
    assert record.name == "Only women"
    assert "In their words" not in labels(record)


def test_the_words_of_a_source_are_told(desk: Desk) -> None:
    said = "women and their children"
    (record,) = told(desk, (made("eligibility_rule", {**RULE, "note": said}),))
    assert "In their words" in labels(record)


def test_another_choice_changes_no_words(desk: Desk) -> None:
    def change(before: str) -> Patch:
        return (
            RecordChange(
                table="eligibility_rule",
                id="r",
                before={"values": "woman", "note": before},
                after={"values": "man", "note": "Only men"},
            ),
        )

    (record,) = told(desk, change("Only women"))
    assert labels(record) == {"Answers"}
    (record,) = told(desk, change("women and their children"))
    (words,) = (f for f in record.fields if f.label == "In their words")
    assert (words.was, words.asked) == ("women and their children", "not recorded")


def test_a_rule_says_what_is_asked_of_people() -> None:
    said = {option.words for options in OPTIONS.values() for option in options}
    assert {
        "They take people with disabilities",
        "They take people with a record or a warrant",
        "They ask for a police report that was made",
    } <= said
