"""Why one service is in or out, component by component."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given, settings

from matcher.account import account_of
from matcher.candidate import Area, Candidate, Capacity, Effect, Rule, Site, Spoken
from matcher.needs import Gender, Needs, Person
from matcher.ranking import rank
from tests.matcher.world import (
    DAY,
    NOON,
    candidates,
    catalog_of,
    needs_of,
    requests,
    shelter,
)

WOMEN = Rule(attribute="gender", effect=Effect.REQUIRES, values=frozenset({"woman"}))
ADULTS = Rule(attribute="age", effect=Effect.REQUIRES, minimum=18, maximum=65)
HARM = Rule(
    attribute="victimization",
    effect=Effect.REQUIRES,
    values=frozenset({"domestic_violence"}),
)


@settings(max_examples=40, deadline=None)
@given(candidates(), requests())
def test_an_account_agrees_with_the_answer(some: list[Candidate], needs: Needs) -> None:
    catalog = catalog_of(some)
    options = rank(catalog, needs, limit=1000).options
    found = {option.service_id: option for option in options}
    closed: dict[str, int] = {}
    for candidate in some:
        account = account_of(catalog, needs, candidate.id)
        assert account is not None
        for name in account.closed_by:
            closed[name] = closed.get(name, 0) + 1
        if candidate.id in found:
            option = found[candidate.id]
            assert account.standing == option.eligibility
            assert options[(account.place or 0) - 1] == option
            assert account.score == option.score
            assert account.reasons == tuple(note.code for note in option.reasons)
            points = sum(part.points for part in account.parts)
            assert points == pytest.approx(option.score, abs=1e-3)
        else:
            related = bool(candidate.codes & needs.codes)
            assert account.standing == ("no" if related else "unrelated")
            assert bool(account.closed_by) == related
    by_rule = rank(catalog, needs, limit=1).excluded.by_rule
    assert closed == dict(by_rule)


def test_what_closes_a_door_is_told_with_its_rule() -> None:
    candidate = shelter(rules=(WOMEN, ADULTS, HARM))
    needs = needs_of(
        "emergency_shelter", county="37001", person=Person(gender=Gender.MAN, age=30)
    )
    account = account_of(catalog_of([candidate]), needs, "s")
    assert account is not None
    assert (account.standing, account.closed_by) == ("no", ("gender",))
    told = {r.attribute: (r.verdict, r.held, r.rules) for r in account.rulings}
    assert told == {
        "age": ("yes", ("30 to 30",), ("requires from 18 up to 65 (firm)",)),
        "gender": ("no", ("man",), ("requires woman (firm)",)),
        "victimization": (
            "ask",
            ("other_crime", "trafficking"),
            ("requires domestic_violence (ask)",),
        ),
    }
    assert account.place is None
    assert "30" not in repr(account.rulings)


def test_an_account_is_plain_values() -> None:
    candidate = shelter(
        area=Area(statewide=True),
        sites=(Site(county="37001", point=(35.0, -80.0)),),
        languages={"es": Spoken.STAFF},
        always_open=True,
        capacity=Capacity(
            available=2,
            waitlist=None,
            as_of=NOON,
            expires=NOON + dt.timedelta(hours=1),
        ),
        verified={"record": DAY},
        sourced=DAY,
    )
    needs = needs_of(
        "emergency_shelter", county="37003", point=(35.0, -80.0), languages=("fr", "es")
    )
    account = account_of(catalog_of([candidate]), needs, "s")
    assert account is not None
    told = json.loads(json.dumps(dataclasses.asdict(account)))
    assert (told["reach"], told["distance_miles"]) == ("statewide", 0.0)
    assert (told["language"], told["language_tag"]) == ("staff", "es")
    assert (told["open"], told["room"]) == ("open", 2)
    assert told["sourced"] == DAY.isoformat()
    assert dict(told["confirmed"])["hours"] == DAY.isoformat()
    assert (told["place"], told["found"]) == (1, 1)


def test_who_is_not_in_the_catalog_has_no_account() -> None:
    needs = needs_of("emergency_shelter")
    assert account_of(catalog_of([shelter()]), needs, "x") is None
    assert account_of(catalog_of([]), needs, "x") is None
