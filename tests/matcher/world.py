"""A small made-up world for the matcher: places, words, and strategies for them."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from matcher.attributes import ATTRIBUTES, RANGED
from matcher.candidate import (
    ANY,
    Area,
    Candidate,
    Capacity,
    Doubt,
    Effect,
    Focus,
    Hours,
    OutOfCounty,
    Rule,
    Site,
    Spoken,
)
from matcher.catalog import Catalog
from matcher.needs import (
    AGE_BANDS,
    INCOME_BANDS,
    Disability,
    Exploitation,
    Gender,
    Household,
    Immigration,
    Insurance,
    Justice,
    Need,
    Needs,
    Person,
    PoliceReport,
    Travel,
    Urgency,
)
from matcher.reach import Geography
from matcher.taxonomy import Phase, Taxonomy, Term

DAY = dt.date(2026, 11, 25)
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("America/New_York"))
MIDNIGHT = NOON.replace(hour=0)
COUNTIES = ("37001", "37003", "37005", "37007")
CODES = (
    "crisis_line",
    "emergency_shelter",
    "food",
    "immigration_legal",
    "dental",
    "substance_use",
    "child_services",
    "english_classes",
)
TAXONOMY = Taxonomy(
    [
        Term(code="crisis_line", phases=(Phase.INITIAL_FREEDOM,)),
        Term(code="emergency_shelter", phases=(Phase.INITIAL_FREEDOM,)),
        Term(code="food", phases=(Phase.INITIAL_FREEDOM, Phase.RECOVERY)),
        Term(code="immigration_legal", phases=(Phase.RECOVERY,)),
        Term(code="dental", phases=(Phase.RECOVERY,)),
        Term(code="substance_use", phases=(Phase.RECOVERY,)),
        Term(code="child_services", phases=(Phase.RECOVERY,)),
        Term(code="english_classes", phases=(Phase.RECOVERY, Phase.INDEPENDENCE)),
    ]
)
# Four counties in a row, thirty miles apart.
GEOGRAPHY = Geography(
    counties=COUNTIES,
    names={"37001": "One", "37003": "Two", "37005": "Three", "37007": "Four"},
    centroids=np.array([[35.0, -80.0 + 0.53 * n] for n in range(4)]),
    miles=np.array([[30.0 * abs(a - b) for b in range(4)] for a in range(4)]),
    adjacent=np.array([[abs(a - b) == 1 for b in range(4)] for a in range(4)]),
)


def catalog_of(candidates: Iterable[Candidate], day: dt.date = DAY) -> Catalog:
    """Return a catalog of the made-up world."""
    return Catalog(candidates, taxonomy=TAXONOMY, geography=GEOGRAPHY, day=day)


def needs_of(*codes: str, **more: object) -> Needs:
    """Return a request for `codes`, all of them now."""
    needs = tuple(Need(code=code) for code in codes)
    return Needs(needs=needs, at=NOON, **more)  # type: ignore[arg-type]


def shelter(**more: object) -> Candidate:
    """Return a shelter that serves the first county, with `more` said of it."""
    said: dict[str, object] = {
        "id": "s",
        "organization_id": "o",
        "codes": frozenset({"emergency_shelter"}),
        "area": Area(counties=frozenset({"37001"}), complete=True),
        "in_person": True,
    }
    return Candidate(**{**said, **more})  # type: ignore[arg-type]


def _dates() -> st.SearchStrategy[dt.date | None]:
    return st.none() | st.dates(DAY - dt.timedelta(40), DAY + dt.timedelta(40))


def _valued() -> st.SearchStrategy[Rule]:
    plain = [a for a in ATTRIBUTES if a.name not in RANGED]
    return st.sampled_from(plain).flatmap(
        lambda attribute: st.builds(
            Rule,
            attribute=st.just(attribute.name),
            effect=st.sampled_from(Effect),
            values=st.frozensets(
                st.sampled_from([*sorted(attribute.answers), "farmworker", ANY]),
                min_size=1,
                max_size=4,
            ),
            firm=st.booleans(),
            effective_from=_dates(),
            effective_to=_dates(),
        )
    )


def _ranged() -> st.SearchStrategy[Rule]:
    return st.builds(
        _range,
        st.sampled_from(sorted(RANGED)),
        st.sampled_from(Effect),
        st.none() | st.integers(0, 70),
        st.none() | st.integers(0, 40),
        st.booleans(),
    )


def _range(
    name: str,
    effect: Effect,
    low: int | None,
    more: int | None,
    firm: bool,  # noqa: FBT001 - drawn by the strategy
) -> Rule:
    return Rule(
        attribute=name,
        effect=effect,
        minimum=low,
        maximum=None if more is None else (low or 0) + more,
        values=frozenset({ANY}) if low is more is None else frozenset(),
        firm=firm,
    )


def _areas() -> st.SearchStrategy[Area]:
    return st.builds(
        Area,
        statewide=st.booleans(),
        counties=st.frozensets(st.sampled_from(COUNTIES)),
        complete=st.booleans(),
        out_of_county=st.sampled_from(OutOfCounty),
    )


def _points() -> st.SearchStrategy[tuple[float, float] | None]:
    return st.none() | st.tuples(st.floats(34, 36), st.floats(-81, -78))


def _sites() -> st.SearchStrategy[tuple[Site, ...]]:
    county = st.none() | st.sampled_from(COUNTIES)
    site = st.builds(Site, county=county, point=_points())
    return st.lists(site, max_size=2).map(tuple)


def _hours() -> st.SearchStrategy[Hours]:
    weekdays = st.frozensets(st.integers(0, 6), min_size=1)
    opens, closes = st.integers(0, 1439), st.integers(1, 1440)
    weekly = st.builds(
        Hours,
        weekdays=weekdays,
        opens=opens,
        closes=closes,
        closed=st.booleans(),
        by_appointment=st.booleans(),
    )
    special = st.builds(
        Hours,
        weekdays=weekdays,
        opens=opens,
        closes=closes,
        closed=st.booleans(),
        by_appointment=st.booleans(),
        week_of_month=st.none() | st.sampled_from([1, 2, 3, 4, 5, -1]),
        valid_from=_dates(),
        valid_to=_dates(),
    )
    return weekly | special


def _capacities() -> st.SearchStrategy[Capacity]:
    return st.builds(
        lambda available, waitlist, ago, lasts: Capacity(
            available=available,
            waitlist=waitlist,
            as_of=NOON - dt.timedelta(hours=ago),
            expires=NOON + dt.timedelta(hours=lasts - ago),
        ),
        st.integers(0, 3),
        st.none() | st.booleans(),
        st.integers(-5, 60),
        st.integers(1, 72),
    )


def candidates(most: int = 12) -> st.SearchStrategy[list[Candidate]]:
    """Return a strategy for catalogs of up to `most` services."""
    days = st.dates(DAY - dt.timedelta(900), DAY)
    facts = st.sampled_from(["record", "hours", "eligibility", "capacity"])
    languages = st.sampled_from(["en", "es", "fr", "mul"])
    one = st.builds(
        Candidate,
        id=st.text("abcdef", min_size=3, max_size=6),
        organization_id=st.sampled_from(["o1", "o2", "o3", "o4", "o5"]),
        codes=st.frozensets(st.sampled_from(CODES), min_size=1),
        rules=st.lists(_valued() | _ranged(), max_size=4).map(tuple),
        area=_areas(),
        sites=_sites(),
        remote=st.booleans(),
        comes_to_you=st.booleans(),
        in_person=st.booleans(),
        languages=st.dictionaries(languages, st.sampled_from(Spoken)),
        always_open=st.booleans(),
        hours=st.lists(_hours(), max_size=2).map(tuple),
        capacity=st.none() | _capacities(),
        verified=st.dictionaries(facts, days),
        focus=st.sampled_from(Focus),
        refers_only=st.booleans(),
        can_be_called=st.booleans(),
        always_answered=st.booleans(),
        faith_based=st.none() | st.booleans(),
        sourced=st.none() | days,
        doubts=st.dictionaries(st.sampled_from(Doubt), st.integers(1, 5), max_size=3),
        doubtful_line=st.booleans(),
    )
    return st.lists(one, max_size=most, unique_by=lambda c: c.id)


def people() -> st.SearchStrategy[Person]:
    """Return a strategy for persons who say this and that."""
    said = st.none() | st.booleans()
    return st.builds(
        Person,
        age=st.none() | st.integers(0, 90),
        age_band=st.none() | st.sampled_from(sorted(AGE_BANDS)),
        gender=st.none() | st.sampled_from(Gender),
        exploitation=st.none() | st.sampled_from(Exploitation),
        immigration=st.none() | st.frozensets(st.sampled_from(Immigration)),
        children=st.none() | st.integers(0, 3),
        pregnant=said,
        pets=said,
        photo_id=said,
        police_report=st.none() | st.sampled_from(PoliceReport),
        using_substances=said,
        partner_was_trafficker=said,
        insurance=st.none() | st.sampled_from(Insurance),
        income_band=st.none() | st.sampled_from(sorted(INCOME_BANDS)),
        disability=st.none() | st.frozensets(st.sampled_from(Disability)),
        justice_involved=st.none() | st.frozensets(st.sampled_from(Justice)),
        tribal_member=said,
        faith_based_ok=said,
        household=st.none() | st.sampled_from(Household),
    )


def requests() -> st.SearchStrategy[Needs]:
    """Return a strategy for requests."""
    need = st.builds(
        Need, code=st.sampled_from(CODES), urgency=st.sampled_from(Urgency)
    )
    spoken = st.sampled_from(["en", "es", "es-MX", "fr", "mam"])
    return st.builds(
        Needs,
        needs=st.lists(need, min_size=1, unique_by=lambda n: n.code).map(tuple),
        # The rules are compiled for one day, and the moment is on it.
        at=st.integers(0, 24 * 60 - 1).map(
            lambda minute: MIDNIGHT + dt.timedelta(minutes=minute)
        ),
        county=st.none() | st.sampled_from(COUNTIES),
        point=_points(),
        avoid_counties=st.frozensets(st.sampled_from(COUNTIES), max_size=2),
        min_miles=st.none() | st.integers(0, 100),
        travel=st.none() | st.sampled_from(Travel),
        languages=st.lists(spoken, max_size=3, unique=True).map(tuple),
        interpreter_ok=st.none() | st.booleans(),
        person=people(),
        phase=st.none() | st.sampled_from(Phase),
    )
