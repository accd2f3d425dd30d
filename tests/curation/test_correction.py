"""What a person types about a listing becomes a change of its records, and no more."""

import datetime as dt

import pytest
from flask import Flask
from sqlmodel import select

from directory.curation.correction import Correction, SaidBy, Typed, correct, rules
from directory.curation.correction.conflict import merged
from directory.curation.correction.main import ACCESS, DELIVERY
from directory.curation.proposals import Risk, risk_of
from directory.curation.records.cells import BY_NAME, cells_of
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.subject import organization_subject, service_subject
from directory.database import reading
from directory.hsds import (
    Attribute,
    Basis,
    CostKind,
    CostOption,
    Evidence,
    Language,
    LanguageBy,
    Organization,
    PhoneType,
    Record,
    RequiredDocument,
    Service,
    Visibility,
)
from directory.web import labels
from directory.web.record_words import FIELDS, RECORDS, cell_text, rule_text
from directory.web.site import site_of
from tests.builders import rows
from tests.builders.corrections import (
    TODAY,
    after,
    asked,
    dossier,
    faults,
    shown,
    the_book,
    typed,
    typed_by,
)

HEARSAY: dict[str, object] = {"evidence": Evidence.C}
OWNER = rows.organization(id="o", email="desk@example.org", **HEARSAY)
STAMP = {
    "source": "provider",
    "source_date": TODAY.isoformat(),
    "read_on": TODAY.isoformat(),
    "evidence": "A",
}
TOLD = {**STAMP, "basis": "own_page"}


def of(*records: Record, **given: object) -> Dossier:
    heard = {**HEARSAY, "basis": Basis.SECOND_HAND}
    return dossier(rows.service(OWNER, id="s", **heard, **given), *records)


def service() -> Service:
    return rows.service(OWNER, id="s")


def test_every_form_of_the_shipped_directory_sent_untouched_changes_nothing(
    app: Flask,
) -> None:
    with reading(site_of(app).database) as session:
        subjects = [
            *map(service_subject, session.exec(select(Service.id)).all()),
            *map(organization_subject, session.exec(select(Organization.id)).all()),
        ]
        held = [read_dossier(session, subject) for subject in subjects]
    assert len(held) > 900
    nothing = Correction(hiding=(), patch=(), faults=())
    assert [d for d in held if d is not None and typed(d) != nothing] == []


def test_a_form_that_holds_nothing_changes_nothing() -> None:
    held = of(rows.phone(service(), id="p"), rows.schedule(service()), alert="Move.")
    nothing = correct(
        held, Typed({}), book=the_book(), said_by=SaidBy.PROVIDER, day=TODAY
    )
    assert (nothing.patch, nothing.hiding, nothing.faults) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "text", "cell"),
    [
        ("name", "  Day   shelter ", "Day shelter"),
        ("alternate_name", "DS", "DS"),
        ("description", "Beds.\r\nMeals.", "Beds.\nMeals."),
        ("url", "www.example.org", "https://www.example.org"),
        ("email", "beds@example.org", "beds@example.org"),
        ("status", "temporarily closed", "temporarily closed"),
        ("coverage", "statewide", "statewide"),
        ("out_of_county", "ask", "ask"),
        ("area_note", "And nearby", "And nearby"),
        ("always_open", "yes", "true"),
        ("hours_note", "Ring twice", "Ring twice"),
        ("length_of_stay", "30 days", "30 days"),
        ("capacity_note", "12 beds", "12 beds"),
        ("alert", "New door", "New door"),
        ("delivery", ("phone", "in_person"), "in_person phone"),
        ("access", ("walk_in",), "walk_in"),
    ],
)
def test_each_field_of_a_service_can_be_corrected(
    name: str, text: str | tuple[str, ...], cell: str
) -> None:
    [change, *rest] = asked(of(), **{name: text})
    assert change.after == {name: cell, **TOLD}
    assert [r.table for r in rest] == (["service_area"] if name == "coverage" else [])


def test_each_field_of_an_organization_can_be_corrected() -> None:
    held = dossier(OWNER)
    [change] = asked(
        held,
        name="Harbor",
        alternate_name="HH; Harbor",
        description="Help.",
        website="harbor.example",
        email="new@example.org",
    )
    assert change.after == {
        "name": "Harbor",
        "alternate_name": "HH; Harbor",
        "description": "Help.",
        "website": "https://harbor.example",
        "email": "new@example.org",
        **STAMP,
    }


def test_what_staff_were_told_says_so() -> None:
    [change] = typed_by(SaidBy.STAFF, of(), alert="New door").patch
    assert after(change, "source") == {"source": "staff"}


TOLD_AT = {
    ("rule-age", "age"): "rule-age-low",
    ("hours-MO-2-opens", "half_time"): "hours-MO-2-closes",
    ("coverage", "no_county"): "counties",
    ("phone-new1-extension", "missing"): "phone-new1-number",
}
"""Where it is said, if it is another field that has to be looked at."""


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("name", "", "missing"),
        ("description", " ", "missing"),
        ("name", "x" * 201, "too_long"),
        ("alert", "a\u202eb", "character"),
        ("url", "javascript:alert(1)", "link"),
        ("email", "nobody", "mail"),
        ("status", "gone", "choice"),
        ("status", "inactive", "choice"),
        ("coverage", "site_only", "choice"),
        ("coverage", "complete", "no_county"),
        ("counties", "Wake, Nowhere", "county"),
        ("always_open", "perhaps", "choice"),
        ("phone__p__number", "12", "number"),
        ("phone__p__extension", "00", "extension"),
        ("phone__p__type", "carrier pigeon", "choice"),
        ("phone__p__place", "first", "order"),
        ("phone__new1__extension", "3", "missing"),
        ("hours__MO__1__opens", "soon", "time"),
        ("hours__MO__1__closes", "", "half_time"),
        ("hours__MO__2__opens", "10 am", "half_time"),
        ("language__new1__code", "tlh", "choice"),
        ("rule__children", "requires everything", "choice"),
        ("rule__age", "ages", "age"),
        ("term", ("", "nothing"), "no_term"),
        ("cost", "gold", "choice"),
        ("documents", "x" * 301, "too_long"),
        ("place__l", "public", "choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    name: str, text: str | tuple[str, ...], fault: str
) -> None:
    held = of(
        rows.phone(service(), id="p"),
        rows.schedule(service(), id="h"),
        rows.location(OWNER, Visibility.COUNTY, id="l"),
        Attribute(service_id="s", taxonomy_term_id=the_book().terms["food"]),
    )
    [field, *others] = faults(held, **{name: text}).items()
    assert others == []
    assert field[1] == fault
    # Two fields of one question are told at the first of them.
    sent = name.replace("__", "-")
    assert field[0] == TOLD_AT.get((sent, fault), sent)


def test_a_number_is_corrected_and_comes_from_the_provider() -> None:
    heard = {**HEARSAY, "basis": Basis.SECOND_HAND}
    held = of(rows.phone(service(), id="p", extension="4", **heard))
    [change] = asked(held, phone__p__number="(919) 515-2011")
    assert change.after == {"number": "+19195152011", **TOLD}


def test_an_extension_may_stand_with_its_number() -> None:
    held = of(rows.phone(service(), id="p"))
    [change] = asked(held, phone__p__number="919-515-2011 ext. 7")
    assert after(change, "number", "extension") == {
        "number": "+19195152011",
        "extension": "7",
    }


def test_numbers_are_added_last_and_taken_away_with_their_languages() -> None:
    one = rows.phone(service(), id="p", position=2)
    spoken = Language(id="n", phone_id="p", code="es", by=LanguageBy.STAFF)
    held = of(one, rows.phone(service(), id="q", number="+19195152011"), spoken)
    changes = asked(
        held,
        phone__p__gone="yes",
        phone__new1__number="741741",
        phone__new1__type="text",
        phone__new1__always_open="yes",
    )
    assert [(c.table, c.id) for c in changes[:2]] == [("language", "n"), ("phone", "p")]
    assert all(c.after is None for c in changes[:2])
    assert after(
        changes[2], "number", "type", "always_open", "position", "service_id", "source"
    ) == {
        "number": "741741",
        "type": "text",
        "always_open": "true",
        "position": "3",
        "service_id": "s",
        "source": "provider",
    }
    assert len(changes) == 3


def test_a_number_that_is_emptied_is_taken_away() -> None:
    held = of(rows.phone(service(), id="p"))
    [change] = asked(held, phone__p__number="")
    assert (change.id, change.after) == ("p", None)


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"c": "1"}, "cab"),
        ({"a": "3"}, "bca"),
        ({"a": "2"}, "bac"),
        ({"a": "3", "b": "1", "c": "2"}, "bca"),
        ({"new1": "1"}, "nabc"),
        ({"new1": "2"}, "anbc"),
    ],
)
def test_whoever_is_moved_to_a_place_gets_it(
    places: dict[str, str], order: str
) -> None:
    held = of(
        *(
            rows.phone(service(), id=row, number=f"+1919515201{n}", position=n)
            for n, row in enumerate("abc")
        )
    )
    given = {f"phone__{row}__place": place for row, place in places.items()}
    if "new1" in places:
        given["phone__new1__number"] = "919-515-2019"
    positions = {row: int(c["position"]) for row, c in held.of("phone").items()}
    for change in asked(held, **given):
        row = change.id if change.before is not None else "n"
        positions[row] = int(after(change, "position")["position"])
    assert "".join(sorted(positions, key=positions.__getitem__)) == order


def test_a_change_of_hours_touches_few_rows() -> None:
    weekdays = rows.schedule(
        service(), id="h", byday=("MO", "TU", "WE"), description="Office"
    )
    held = of(weekdays)
    [later] = asked(
        held,
        **{f"hours__{day}__1__opens": "10" for day in ("MO", "TU", "WE")},
    )
    assert (later.id, later.after) == ("h", {"opens_at": "10:00"})
    shorter, longer = asked(held, hours__WE__1__closes="7 pm")
    assert (shorter.id, shorter.after) == ("h", {"byday": "MO TU"})
    assert after(longer, "byday", "opens_at", "closes_at", "service_id") == {
        "byday": "WE",
        "opens_at": "09:00",
        "closes_at": "19:00",
        "service_id": "s",
    }
    [gone] = asked(
        of(rows.schedule(service(), id="h", byday=("MO",))),
        hours__MO__answer="",
    )
    assert gone.after is None


CLOSED = {"opens_at": "", "closes_at": "", "closed": "true", "by_appointment": "false"}
BY_APPOINTMENT = {**CLOSED, "closed": "false", "by_appointment": "true"}
NINE_TO_FIVE = {
    "opens_at": "09:00",
    "closes_at": "17:00",
    "closed": "false",
    "by_appointment": "false",
}


@pytest.mark.parametrize(
    ("answer", "said"), [("closed", CLOSED), ("by_appointment", BY_APPOINTMENT)]
)
def test_a_day_is_closed_or_by_appointment_only_where_somebody_says_so(
    answer: str, said: dict[str, str]
) -> None:
    held = of(rows.schedule(service(), id="h", byday=("MO", "TU"), description="Desk"))
    assert asked(held) == []
    [weekend] = asked(held, hours__SA__answer=answer, hours__SU__answer=answer)
    assert weekend.before is None
    assert after(weekend, "byday", *said) == {"byday": "SA SU", **said}
    # The day of a row that is open does not take the row and its note along.
    shorter, other = asked(held, hours__TU__answer=answer)
    assert (shorter.id, shorter.after) == ("h", {"byday": "MO"})
    assert after(other, "byday", *said) == {"byday": "TU", **said}


@pytest.mark.parametrize("answer", ["closed", "by_appointment"])
def test_what_is_said_of_a_day_comes_back_and_can_change(answer: str) -> None:
    row = rows.schedule(
        service(),
        id="h",
        byday=("SA", "SU"),
        opens_at=None,
        closes_at=None,
        closed=answer == "closed",
        by_appointment=answer == "by_appointment",
    )
    held = of(row)
    form = shown(held)
    answers = [form[f"hours-{day}-answer"] for day in ("FR", "SA", "SU")]
    assert answers == [("",), (answer,), (answer,)]
    assert asked(held) == []
    # Who types times means that it is open, without another tap.
    sunday, saturday = asked(held, hours__SA__1__opens="9", hours__SA__1__closes="5")
    assert (sunday.id, sunday.after) == ("h", {"byday": "SU"})
    assert after(saturday, "byday", *NINE_TO_FIVE) == {"byday": "SA", **NINE_TO_FIVE}
    [unsaid] = asked(held, hours__SA__answer="", hours__SU__answer="")
    assert unsaid.after is None


@pytest.mark.parametrize(
    ("typed_", "wrong"),
    [
        # Whether an empty day is closed is for them to say.
        (
            {"hours__MO__1__opens": "", "hours__MO__1__closes": ""},
            {"hours-MO-answer": "no_hours"},
        ),
        ({"hours__SA__answer": "open"}, {"hours-SA-answer": "no_hours"}),
        (
            {"hours__MO__answer": "closed", "hours__MO__1__opens": "10"},
            {"hours-MO-answer": "open_or_not"},
        ),
        ({"hours__MO__answer": "maybe"}, {"hours-MO-answer": "choice"}),
        # One mistake is told once.
        ({"hours__MO__1__closes": ""}, {"hours-MO-1-closes": "half_time"}),
    ],
)
def test_what_is_said_of_a_day_must_agree(
    typed_: dict[str, str], wrong: dict[str, str]
) -> None:
    held = of(rows.schedule(service(), id="h", byday=("MO",)))
    assert faults(held, **typed_) == wrong


def test_what_a_day_says_that_a_form_cannot_show_stays() -> None:
    """An import can say of one day that it is open, and by appointment as well."""
    open_ = rows.schedule(service(), id="h", byday=("MO",))
    also = rows.schedule(
        service(),
        id="also",
        byday=("MO",),
        opens_at=None,
        closes_at=None,
        by_appointment=True,
    )
    [tuesday] = asked(of(open_, also), hours__TU__answer="closed")
    assert tuesday.before is None
    assert after(tuesday, "byday", "closed") == {"byday": "TU", "closed": "true"}


def test_a_day_can_open_twice_and_over_night() -> None:
    changes = asked(
        of(),
        hours__MO__1__opens="9",
        hours__MO__1__closes="12",
        hours__MO__2__opens="1 pm",
        hours__MO__2__closes="5",
        hours__FR__1__opens="10 pm",
        hours__FR__1__closes="6 am",
    )
    spans = [after(c, "byday", "opens_at", "closes_at") for c in changes]
    assert [tuple(span.values()) for span in spans] == [
        ("MO", "09:00", "12:00"),
        ("MO", "13:00", "17:00"),
        ("FR", "22:00", "06:00"),
    ]


def test_hours_that_overlap_are_a_mistake() -> None:
    held = of(rows.schedule(service(), byday=("MO",)))
    wrong = faults(held, hours__MO__2__opens="4 pm", hours__MO__2__closes="6 pm")
    assert wrong == {"hours-MO-1-opens": "overlap"}


def test_hours_that_a_form_cannot_show_stay() -> None:
    first_saturday = rows.schedule(service(), id="nth", byday=("1SA",))
    holiday = rows.schedule(
        service(),
        id="day",
        byday=(),
        closed=True,
        valid_from=dt.date(2026, 12, 25),
        valid_to=dt.date(2026, 12, 25),
    )
    changes = asked(
        of(first_saturday, holiday, rows.schedule(service(), id="h")),
        hours__SA__1__opens="9",
        hours__SA__1__closes="1 pm",
    )
    assert {c.id for c in changes}.isdisjoint({"nth", "day"})
    assert len(changes) == 1


def test_languages_are_added_changed_and_taken_away() -> None:
    spanish = Language(id="n", service_id="s", code="es", by=LanguageBy.STAFF)
    held = of(spanish)
    [change] = asked(held, language__n__by="interpreter", language__n__note="By phone")
    assert change.after == {"by": "interpreter", "note": "By phone"}
    [gone] = asked(held, language__n__by="")
    assert gone.after is None
    [new] = asked(held, language__new1__code="ar", language__new1__by="interpreter")
    assert after(new, "code", "by") == {"code": "ar", "by": "interpreter"}
    assert asked(held, language__new1__code="es", language__new1__by="staff") == []


def test_counties_are_read_by_their_names() -> None:
    held = of(rows.area(service(), id="w"))
    changes = asked(held, counties="durham county; New Hanover and wake")
    assert sorted(after(c, "fips")["fips"] for c in changes) == ["37063", "37129"]
    [gone] = asked(held, counties="")
    assert (gone.id, gone.after) == ("w", None)


def test_the_whole_state_needs_no_counties() -> None:
    held = of(rows.area(service(), id="w"))
    main, gone, made = asked(held, coverage="statewide")
    assert after(main, "coverage") == {"coverage": "statewide"}
    assert (gone.id, gone.after) == ("w", None)
    assert after(made, "type", "description") == {
        "type": "state",
        "description": "North Carolina",
    }


def test_lines_keep_their_rows() -> None:
    held = of(
        RequiredDocument(id="a", service_id="s", document="A letter"),
        RequiredDocument(id="b", service_id="s", document="A photo"),
    )
    assert asked(held, documents=" A photo \n\nA letter") == []
    [change] = asked(held, documents="A photo\nA bill")
    assert (change.id, change.after) == ("a", {"document": "A bill"})
    [gone] = asked(held, documents="A photo")
    assert (gone.id, gone.after) == ("a", None)
    [new] = asked(held, accessibility="A ramp")
    assert (new.table, after(new, "description")) == (
        "accessibility",
        {"description": "A ramp"},
    )


def test_cost_is_changed_made_and_taken_away() -> None:
    free = CostOption(id="c", service_id="s", option=CostKind.FREE)
    [change] = asked(of(free), cost="fee", cost_note="$5")
    assert change.after == {"option": "fee", "amount_description": "$5"}
    [gone] = asked(of(free), cost="")
    assert gone.after is None
    [new] = asked(of(), cost="free")
    assert after(new, "option", "service_id") == {"option": "free", "service_id": "s"}


def test_kinds_of_help_are_ticked() -> None:
    terms = the_book().terms
    held = of(
        rows.attribute(service(), rows.term(rows.taxonomy())),
    )
    [own] = held.of("attribute").values()
    # A term that the form does not know stays.
    [new] = asked(held, term=("", "crisis_line", "unheard_of"))
    assert after(new, "taxonomy_term_id") == {"taxonomy_term_id": terms["crisis_line"]}
    assert own["taxonomy_term_id"] not in terms.values()


def test_an_answer_becomes_a_rule_in_the_providers_name() -> None:
    [new] = asked(of(), rule__children="requires any")
    assert new.table == "eligibility_rule"
    assert new.after is not None
    assert {**new.after, **TOLD} == new.after
    assert after(new, "attribute", "effect", "values", "note") == {
        "attribute": "children",
        "effect": "requires",
        "values": "any",
        "note": "Children may come",
    }
    held = of(rows.rule(service(), id="r"))
    [change] = asked(held, rule__gender="requires any")
    assert after(change, "values", "note") == {"values": "any", "note": "All genders"}
    [gone] = asked(held, rule__gender="")
    assert gone.after is None


def test_ages_are_typed() -> None:
    held = of(
        rows.rule(service(), id="r", attribute="age", values=(), minimum=18, note="18+")
    )
    assert shown(held)["rule-age"] == ("ages",)
    [change] = asked(held, rule__age__high="24")
    assert after(change, "maximum", "note") == {
        "maximum": "24",
        "note": "Only ages 18 to 24",
    }
    assert faults(held, rule__age__high="12") == {"rule-age-low": "age"}
    [any_age] = asked(held, rule__age="requires any")
    assert after(any_age, "minimum", "values") == {"minimum": "", "values": "any"}


def test_rules_that_a_form_cannot_show_stay() -> None:
    law = rows.rule(
        service(), id="law", attribute="pets", effective_from=dt.date(2026, 1, 1)
    )
    two = [
        rows.rule(service(), id=f"two-{n}", attribute="children", values=("yes",))
        for n in range(2)
    ]
    odd = rows.rule(service(), id="odd", values=("woman", "nonbinary"))
    held = of(law, *two, odd)
    assert shown(held)["rule-gender"] == ("kept",)
    changes = asked(
        held, rule__pets="", rule__children="requires any", rule__gender="kept"
    )
    assert changes == []


def test_every_answer_is_recorded_in_the_words_that_people_read(app: Flask) -> None:
    with app.test_request_context("/"):
        for attribute, options in rules.OPTIONS.items():
            for option in options:
                cells = {"attribute": attribute, **option.cells, "note": "?"}
                assert rule_text(cells) == option.words


def test_less_of_a_place_can_be_shown_and_never_more() -> None:
    place = rows.location(OWNER, id="l", name="Old mill")
    held = of(place, rows.address(place, id="d"))
    gone, hidden = typed(held, place__l="county").hiding
    assert (gone.table, gone.id, gone.after) == ("address", "d", None)
    assert hidden.after == {
        "visibility": "county",
        "name": "",
        "latitude": "",
        "longitude": "",
    }
    _gone, deeper = typed(held, place__l="statewide").hiding
    assert after(deeper, "county_fips", "region") == {"county_fips": "", "region": ""}
    assert risk_of(typed(held, place__l="region").hiding) is Risk.LOW


def test_a_place_of_another_organization_is_left_alone() -> None:
    other = rows.location(rows.organization(id="other"), id="l")
    held = of(other)
    assert "place-l" not in shown(held)
    assert asked(held, place__l="county") == []


def test_to_hide_a_place_does_not_wait_for_the_rest() -> None:
    place = rows.location(OWNER, id="l")
    correction = typed(of(place), place__l="county", status="defunct")
    assert [c.table for c in correction.hiding] == ["location"]
    assert [c.table for c in correction.patch] == ["service"]


@pytest.mark.parametrize(
    ("given", "risk"),
    [
        ({"hours_note": "New door"}, Risk.LOW),
        ({"hours__SA__answer": "by_appointment"}, Risk.LOW),
        ({"hours__TU__1__opens": "10"}, Risk.LOW),
        ({"language__new1__code": "es"}, Risk.LOW),
        ({"name": "Other"}, Risk.REVIEW),
        ({"rule__pets": "requires any"}, Risk.REVIEW),
        ({"counties": "Wake"}, Risk.REVIEW),
        ({"url": "example.org"}, Risk.HIGH),
        ({"status": "defunct"}, Risk.HIGH),
        ({"phone__p__number": "919-515-2011"}, Risk.HIGH),
        ({"phone__new1__number": "919-515-2011"}, Risk.HIGH),
        ({"phone__p__gone": "yes"}, Risk.HIGH),
        ({"phone__p__description": "Front desk"}, Risk.REVIEW),
    ],
)
def test_what_can_do_harm_waits(given: dict[str, str], risk: Risk) -> None:
    held = of(rows.phone(service(), id="p"), rows.schedule(service(), id="h"))
    assert risk_of(tuple(asked(held, **given))) is risk


@pytest.mark.parametrize(
    "name",
    [
        *("organization_id", "id", "role", "focus", "verified", "verified_by"),
        *("visibility", "is_admin", "source", "basis", "evidence", "last_modified"),
        *("location-l-visibility", "phone-p-organization_id", "phone-x-number"),
        *("rule-other", "rule-gender-basis", "language-x-by", "history", "kind"),
        *("place-x", "hours-XX-1-opens", "position", "phone-p-source", "state"),
    ],
)
def test_fields_that_no_form_has_are_nothing(name: str) -> None:
    held = of(rows.phone(service(), id="p"), rows.location(OWNER, id="l"))
    assert asked(held, **{name: "public"}) == []
    assert asked(dossier(OWNER), **{name: "public"}) == []


def test_staff_keep_their_notes() -> None:
    held = dossier(rows.organization(id="o", history="Called on Monday"))
    assert "Called" not in str(shown(held))


def test_what_somebody_did_not_touch_is_taken_from_the_other() -> None:
    before = {"a": ("1",), "b": ("1",), "c": ("1", "2")}
    now = {"a": ("2",), "b": ("2",), "c": ("1",)}
    sent = {"a": ("1",), "b": ("3",), "c": ("", "1", "2"), "d": ("x",)}
    assert merged(sent, before, now) == {
        "a": ("2",),
        "b": ("3",),
        "c": ("1",),
        "d": ("x",),
    }


def test_the_lists_of_a_form_are_those_that_pages_know() -> None:
    assert [*DELIVERY] == [*labels.DELIVERY]
    assert {*ACCESS} == {*labels.ACCESS}


def test_every_field_has_a_name_and_every_value_words(app: Flask) -> None:
    for name, table in BY_NAME.items():
        assert name in RECORDS
        assert {c.field for c in table.columns} - {"id"} <= {*FIELDS[name]}
    with app.test_request_context("/"):
        said = {
            cell_text("service", "status", "temporarily closed"),
            cell_text("phone", "number", "+19198287740"),
            cell_text("service_area", "fips", "37183"),
            cell_text("language", "code", "es"),
            cell_text("schedule", "byday", "MO 1SA"),
            cell_text("attribute", "taxonomy_term_id", the_book().terms["food"]),
            cell_text("location", "visibility", "county"),
        }
    assert said == {
        "Closed for now",
        "919-828-7740",
        "Wake County",
        "Spanish",
        "Monday, 1st Saturday of the month",
        "Food",
        "Only the county",
    }


CODED = {
    *("status", "role", "focus", "basis", "delivery", "access", "coverage", "kind"),
    *("out_of_county", "type", "answered_by", "visibility", "effect", "attribute"),
    *("values", "option", "by", "location_type", "evidence", "closed"),
}


def test_no_code_of_the_shipped_directory_is_shown_as_it_is(app: Flask) -> None:
    with reading(site_of(app).database) as session:
        cells = {
            (name, field, cell)
            for name, table in BY_NAME.items()
            for record in session.exec(select(table.model)).all()
            for field, cell in cells_of(record).items()
            if field in CODED and cell
        }
    assert len(cells) > 100
    with app.test_request_context("/"):
        bare = {c for c in cells if cell_text(*c) == c[2] and c[2] != "any"}
    assert {c for c in bare if c[1] != "values"} == set()
    assert all(c[2].isalpha() or " " in c[2] for c in bare)


def test_kinds_of_lines_are_all_offered() -> None:
    assert {kind.value for kind in PhoneType} == {*labels.LINE_KINDS}
