"""The whole matcher once more, row by row in the plainest way: the oracle.

It shares the tables of the matcher (attributes, usual doors, weights) and none of its
columns. It is slow on purpose.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zoneinfo import ZoneInfo

from geopy.distance import great_circle

from matcher import criteria
from matcher.attributes import (
    ADULT,
    ATTRIBUTES,
    SELDOM,
    USUAL_DOORS,
    YOUTH,
    Attribute,
    Held,
    held_answers,
)
from matcher.availability import Open
from matcher.barrier import CHANGEABLE, other_answers
from matcher.candidate import ANY, Candidate, Effect, Hours, OutOfCounty, Rule, Spoken
from matcher.language import LanguageMatch
from matcher.needs import Needs, Person, Travel, Urgency
from matcher.reach import REACH_RULES, REACH_VALUES, Geography, Reach
from matcher.taxonomy import FOR_CHILDREN, TREATED, Taxonomy

_ZONE = ZoneInfo("America/New_York")
# Rules of the made-up world name no number above this, so nothing changes beyond it.
_TOP = 400


@dataclass(frozen=True)
class World:
    """What a request is answered from."""

    candidates: Sequence[Candidate]
    taxonomy: Taxonomy
    geography: Geography
    day: dt.date


@dataclass(frozen=True)
class Seen:
    """All that is found out about one candidate that covers a need."""

    id: str
    organization_id: str
    words: Mapping[str, str]
    others: frozenset[str]
    made_for: frozenset[str]
    reach: Reach
    miles: float | None
    ride: bool
    near_danger: bool
    usable: bool
    match: LanguageMatch
    spoken: int
    open: Open
    score: float

    @property
    def closed_by(self) -> frozenset[str]:
        """What excludes it."""
        rules = {name for name, word in self.words.items() if word == "no"}
        return frozenset(
            rules | {REACH_RULES[r] for r in REACH_RULES if r is self.reach}
        )

    @property
    def asks(self) -> frozenset[str]:
        """The attributes that must be asked about."""
        return frozenset(name for name, word in self.words.items() if word == "ask")


def look(world: World, needs: Needs) -> list[Seen]:
    """Return what is found out about each candidate that covers a need, best first."""
    seen = [
        _seen(world, candidate, needs)
        for candidate in world.candidates
        if candidate.codes & needs.codes
    ]
    return sorted(seen, key=lambda s: (-s.score, s.id))


def would_open(world: World, needs: Needs) -> dict[str, int]:
    """Return how many doors the best other answer to each question opens.

    Everything is asked again for it.
    """
    before = {s.id for s in look(world, needs) if not s.closed_by}
    opened = {}
    for name in CHANGEABLE:
        counts = []
        for person in other_answers(needs.person, name):
            again = look(world, dataclasses.replace(needs, person=person))
            after = {s.id for s in again if not s.closed_by}
            counts.append(len(after - before))
        opened[name] = max(counts, default=0)
    return {name: count for name, count in opened.items() if count}


def verdict(
    candidate: Candidate,
    person: Person,
    day: dt.date,
    codes: frozenset[str] | None = None,
) -> dict[str, str]:
    """Return `no` or `ask` for each attribute that says so of `person`.

    They need `codes`; everything that the candidate offers if it is not said.
    """
    wanted = candidate.codes if codes is None else codes
    judged = {a.name: _judge(a, candidate, person, wanted, day) for a in ATTRIBUTES}
    return {name: word for name, (word, _, _) in judged.items() if word != "yes"}


def _judge(
    attribute: Attribute,
    candidate: Candidate,
    person: Person,
    codes: frozenset[str],
    day: dt.date,
) -> tuple[str, bool, bool]:
    """Return the word, whether it prefers others, and whether it is made for them."""
    rules = [
        rule
        for rule in candidate.rules
        if rule.attribute == attribute.name and rule.holds_on(day)
    ]
    if attribute.name == "income":
        return _ranged(attribute, rules, candidate, codes, person.incomes)
    if attribute.name == "age":
        own = _ranged(attribute, rules, candidate, codes, person.ages)
        minor = person.ages is not None and person.ages[0] < ADULT
        if (
            minor
            or not candidate.codes & codes
            or candidate.codes & codes - FOR_CHILDREN
        ):
            return own
        child = _ranged(attribute, rules, candidate, codes, (0, ADULT - 1))
        return _better(own, child)
    welcomes = any(r.attribute == "lgbtq" and r.holds_on(day) for r in candidate.rules)
    answers = held_answers(person, codes)
    return _valued(attribute, rules, candidate, codes, answers, welcomes=welcomes)


def _better(
    one: tuple[str, bool, bool], other: tuple[str, bool, bool]
) -> tuple[str, bool, bool]:
    """Return what holds if it is enough that one of two fits."""
    word = min(one[0], other[0], key=["yes", "ask", "no"].index)
    return word, one[1] and other[1], one[2] or other[2]


def _valued(
    attribute: Attribute,
    rules: list[Rule],
    candidate: Candidate,
    codes: frozenset[str],
    answers: Mapping[str, Held],
    *,
    welcomes: bool,
) -> tuple[str, bool, bool]:
    held = answers.get(attribute.name)
    naming = [rule for rule in rules if ANY not in rule.values]
    demands = [rule for rule in naming if rule.effect is not Effect.PREFERS]
    if held is None:
        wishes = len(naming) > len(demands) and _usual(attribute, candidate, codes)
        return ("ask" if demands or wishes else "yes"), False, False
    word = "yes"
    settled = attribute.name == "gender" and "lgbtq" in answers and welcomes
    usual = _usual(attribute, candidate, codes) and not settled
    if not rules and held <= attribute.doubtful and usual:
        word = "ask"
    for said in _demands(attribute, demands, held):
        word = (
            "no" if "no" in {word, said} else "ask" if "ask" in {word, said} else word
        )
    liked = any(r.effect is Effect.PREFERS and held & r.values for r in naming)
    wanted = {v for r in naming if r.effect is Effect.PREFERS for v in r.values}
    near = {word for word, meant in attribute.nearly.items() if held & meant}
    only = any(r.effect is Effect.REQUIRES and held & r.values for r in naming)
    unwanted = (
        attribute.name == "faith" and "no" in held and candidate.faith_based is True
    )
    made_for = (liked and not attribute.broad) or (attribute.tailors and only)
    put_off = bool(wanted) and not liked and not near & wanted
    return word, put_off or unwanted, made_for and word != "no"


def _demands(attribute: Attribute, demands: list[Rule], held: Held) -> list[str]:
    """Return what each demand says; exclusions are read together."""
    near = {word for word, meant in attribute.nearly.items() if held & meant}
    words = []
    for rule in demands:
        if rule.effect is Effect.REQUIRES and not held & rule.values:
            firm = rule.firm and not attribute.always_soft and not near & rule.values
            words.append("no" if firm else "ask")
    excluded = {v for r in demands if r.effect is Effect.EXCLUDES for v in r.values}
    firmly = {
        v
        for r in demands
        if r.effect is Effect.EXCLUDES and r.firm and not attribute.always_soft
        for v in r.values
    }
    shut = held <= firmly if attribute.each_opens else bool(held & firmly)
    if held & excluded or near & excluded:
        words.append("no" if shut else "ask")
    return words


def _ranged(
    attribute: Attribute,
    rules: list[Rule],
    candidate: Candidate,
    codes: frozenset[str],
    said: tuple[int, int] | None,
) -> tuple[str, bool, bool]:
    rules_of = [rule for rule in rules if ANY not in rule.values]
    demands = [rule for rule in rules_of if rule.effect is not Effect.PREFERS]
    wishes = [rule for rule in rules_of if rule.effect is Effect.PREFERS]
    if said is None:
        wished = bool(wishes) and _usual(attribute, candidate, codes)
        return ("ask" if demands or wished else "yes"), False, False
    numbers = range(min(said[0], _TOP), min(said[1], _TOP) + 1)
    firm = [all(_fits(r, n) for r in demands if r.firm) for n in numbers]
    every = all(_fits(r, n) for r in demands for n in numbers)
    others = not all(_fits(r, n) for r in wishes for n in numbers)
    young = any(
        r.maximum is not None and r.maximum < YOUTH and r.effect is not Effect.EXCLUDES
        for r in rules_of
    )
    if not any(firm):
        return "no", others, False
    risky = said[0] < ADULT if attribute.name == "age" else said[1] > 200
    silent = not rules and risky and _usual(attribute, candidate, codes)
    return (
        "yes" if every and not silent else "ask",
        others,
        young and every and not others,
    )


def _fits(rule: Rule, number: int) -> bool:
    low = 0 if rule.minimum is None else rule.minimum
    inside = low <= number and (rule.maximum is None or number <= rule.maximum)
    return inside is (rule.effect is not Effect.EXCLUDES)


def _usual(attribute: Attribute, candidate: Candidate, codes: frozenset[str]) -> bool:
    if attribute.name == "faith":
        return candidate.faith_based is True
    return any(
        attribute.name in USUAL_DOORS.get(code, frozenset())
        for code in candidate.codes & codes
        if not (_only_remote(candidate) and code in TREATED)
    )


def _only_remote(candidate: Candidate) -> bool:
    return candidate.remote and not candidate.in_person and not candidate.comes_to_you


def _seen(world: World, candidate: Candidate, needs: Needs) -> Seen:
    judged = {
        a.name: _judge(a, candidate, needs.person, needs.codes, world.day)
        for a in ATTRIBUTES
    }
    words = {name: word for name, (word, _, _) in judged.items() if word != "yes"}
    others = frozenset(name for name, (_, other, _) in judged.items() if other)
    made_for = frozenset(name for name, (_, _, made) in judged.items() if made)
    place = _place(world, candidate, needs)
    match, spoken, language = _language(candidate, needs)
    openness = _openness(candidate, needs.at.astimezone(_ZONE))
    values = {
        "needs": _share(candidate, needs),
        "eligibility": _certainty(words, others, place),
        "reach": place.value,
        "language": language,
        "focus": criteria.FOCUS_VALUES[candidate.focus],
        "tailored": 1.0 if made_for else 0.0,
        "availability": _available(candidate, needs, openness),
        "freshness": _fresh(candidate, world.day),
        "phase": _phase(world, candidate, needs),
    }
    score = sum(criteria.WEIGHTS[name] * value for name, value in values.items())
    return Seen(
        id=candidate.id,
        organization_id=candidate.organization_id,
        words=words,
        others=others,
        made_for=made_for,
        reach=place.reach,
        miles=place.miles,
        ride=place.ride,
        near_danger=place.near_danger,
        usable=place.usable,
        match=match,
        spoken=spoken,
        open=openness,
        score=round(score, 9),
    )


def _share(candidate: Candidate, needs: Needs) -> float:
    covered = 0.0
    for need in needs.needs:
        if need.code in candidate.codes:
            worth = criteria.URGENCY[need.urgency]
            if candidate.refers_only:
                worth *= criteria.REFERS_ONLY
            elif _only_remote(candidate) and need.code in TREATED:
                worth *= criteria.BEGINS
            covered += worth
    share = covered / sum(criteria.URGENCY[need.urgency] for need in needs.needs)
    if not candidate.can_be_called:
        return share * criteria.NO_NUMBER
    return share * (criteria.DOUBTFUL_LINE if candidate.doubtful_line else 1)


def _certainty(
    words: Mapping[str, str], others: frozenset[str], place: "Place"
) -> float:
    certainty = 1.0
    if place.reach >= Reach.UNSAID:
        likely = place.likely
        certainty = criteria.LIKELY_AREA_QUESTION if likely else criteria.QUESTION
    for name, word in words.items():
        if word == "ask":
            seldom = name in SELDOM
            certainty *= criteria.SELDOM_QUESTION if seldom else criteria.QUESTION
    return certainty * (criteria.PREFERS_OTHERS if others else 1)


def _available(candidate: Candidate, needs: Needs, openness: Open) -> float:
    room = candidate.capacity
    if room is not None and room.as_of <= needs.at < room.expires:
        days = (needs.at - room.as_of).total_seconds() / 86400
        trust = math.exp2(-days / criteria.HALF_LIFE_DAYS["capacity"])
        return 0.5 + (0.5 if room.available else -0.5) * trust
    now = {need.code for need in needs.needs if need.urgency is Urgency.NOW}
    if not now & candidate.codes or (
        openness is Open.UNKNOWN and not candidate.always_answered
    ):
        return criteria.OPEN_UNKNOWN
    is_open = openness is Open.OPEN or candidate.always_answered
    return criteria.OPEN_NOW if is_open else criteria.OPEN_CLOSED


def _fresh(candidate: Candidate, day: dt.date) -> float:
    value = _known(candidate, day)
    for doubt, count in candidate.doubts.items():
        factors = [1.0, *criteria.DOUBTS[doubt.value]]
        while count >= len(factors):
            factors.append(factors[-1])
        value *= factors[count]
    return value


def _known(candidate: Candidate, day: dt.date) -> float:
    value = 0.0
    for fact, share in criteria.FRESHNESS_SHARES.items():
        days = [
            candidate.verified[f] for f in {fact, "record"} & candidate.verified.keys()
        ]
        if days:
            age = max((day - max(days)).days, 0)
            value += share * math.exp2(-age / criteria.HALF_LIFE_DAYS[fact])
    if candidate.sourced is None:
        return value
    age = max((day - candidate.sourced).days, 0)
    source = math.exp2(-age / criteria.SOURCE_HALF_LIFE_DAYS)
    return max(value, criteria.SOURCED * source)


def _phase(world: World, candidate: Candidate, needs: Needs) -> float:
    usual = {
        code
        for code in candidate.codes & needs.codes
        if needs.phase in world.taxonomy.terms[code].phases
    }
    return 1.0 if usual else 0.0


def _language(candidate: Candidate, needs: Needs) -> tuple[LanguageMatch, int, float]:
    """Return how the person is understood, in which language, and its value."""
    if not needs.languages:
        return LanguageMatch.STAFF, 0, 1.0
    listed = set(candidate.languages) - {"mul"}
    best = LanguageMatch.NOT_LISTED if listed else LanguageMatch.NOT_RECORDED
    place, value = 0, _worth(best)
    for number, tag in enumerate(needs.languages):
        match = _offered(candidate, tag.split("-")[0].lower(), needs)
        if match is not None:
            worth = _worth(match) * criteria.LATER_LANGUAGE**number
            if worth > value + 1e-12:
                best, place, value = match, number, worth
    return best, place, value


def _offered(candidate: Candidate, code: str, needs: Needs) -> LanguageMatch | None:
    if code == "en":
        return LanguageMatch.STAFF
    spoken = candidate.languages.get(code)
    if spoken is Spoken.STAFF:
        return LanguageMatch.STAFF
    interpreted = spoken is Spoken.INTERPRETER or "mul" in candidate.languages
    if interpreted and needs.interpreter_ok is not False:
        return LanguageMatch.INTERPRETER
    return None if spoken is None else LanguageMatch.NOT_RECORDED


def _worth(match: LanguageMatch) -> float:
    return {
        LanguageMatch.STAFF: criteria.LANGUAGE_STAFF,
        LanguageMatch.INTERPRETER: criteria.LANGUAGE_INTERPRETER,
        LanguageMatch.NOT_RECORDED: criteria.LANGUAGE_NOT_RECORDED,
        LanguageMatch.NOT_LISTED: criteria.LANGUAGE_NOT_LISTED,
    }[match]


def _openness(candidate: Candidate, moment: dt.datetime) -> Open:
    """Look at every span that began today or yesterday."""
    if candidate.always_open:
        return Open.OPEN
    naive = moment.replace(tzinfo=None)
    for back in (0, 1):
        day = naive.date() - dt.timedelta(back)
        start = dt.datetime.combine(day, dt.time())
        for span in _said_of(candidate.hours, day):
            if span.closed or span.by_appointment:
                continue
            closes = span.closes if span.closes > span.opens else span.closes + 1440
            begin = start + dt.timedelta(minutes=span.opens)
            end = start + dt.timedelta(minutes=closes)
            # Hours are in whole minutes.
            if begin <= naive.replace(second=0, microsecond=0) < end:
                return Open.OPEN
    today = _said_of(candidate.hours, naive.date())
    is_told = today and not any(span.by_appointment for span in today)
    return Open.CLOSED if is_told else Open.UNKNOWN


def _said_of(hours: Sequence[Hours], day: dt.date) -> list[Hours]:
    exceptions = [h for h in hours if h.valid_from or h.valid_to]
    dated = [
        h
        for h in exceptions
        if (h.valid_from or day) <= day <= (h.valid_to or day) and _on(h, day)
    ]
    weekly = [h for h in hours if not (h.valid_from or h.valid_to) and _on(h, day)]
    return dated or weekly


def _on(hours: Hours, day: dt.date) -> bool:
    if day.weekday() not in hours.weekdays:
        return False
    if hours.week_of_month is None:
        return True
    same = [
        dt.date(day.year, day.month, n)
        for n in range(1, 32)
        if (dt.date(day.year, day.month, 1) + dt.timedelta(n - 1)).month == day.month
        and (dt.date(day.year, day.month, 1) + dt.timedelta(n - 1)).weekday()
        == day.weekday()
    ]
    place = hours.week_of_month
    which = place - 1 if place > 0 else place
    return -len(same) <= which < len(same) and same[which] == day


@dataclass(frozen=True)
class Place:
    """How a candidate reaches the person."""

    reach: Reach
    value: float
    miles: float | None
    ride: bool
    near_danger: bool
    likely: bool
    usable: bool


def _place(world: World, candidate: Candidate, needs: Needs) -> Place:
    spots = _spots(world, candidate, needs)
    safe = [spot for spot in spots if not spot.unsafe]
    away = min((spot.miles for spot in safe), default=math.inf)
    at_least = min((spot.miles - spot.slack for spot in safe), default=math.inf)
    next_door = _next_door(world, candidate, needs)
    area = _area(candidate, needs, away=away, next_door=next_door)
    only_in_person = candidate.in_person and not (
        candidate.remote or candidate.comes_to_you
    )
    beyond = (
        needs.travel is not None
        and only_in_person
        and math.isfinite(at_least)
        and at_least > _limit(needs.travel)
    )
    ride = beyond and area <= Reach.TAKES_OTHERS
    reach = area
    if beyond and not ride and not next_door and reach < Reach.OUTSIDE:
        reach = Reach.TOO_FAR
    remote_only = needs.travel is Travel.REMOTE_ONLY
    if remote_only and not candidate.remote and reach < Reach.OUTSIDE:
        reach = Reach.TOO_FAR
    if spots and not safe and not candidate.remote and reach < Reach.OUTSIDE:
        reach = Reach.AVOIDED
    value = float(REACH_VALUES[reach]) * (criteria.RIDE if ride else 1)
    if reach > Reach.REMOTE and not _only_remote(candidate):
        near = math.exp2(-away / criteria.HALF_WAY_MILES) if away < math.inf else 1.0
        if needs.min_miles is not None or needs.county is None:
            near = 1.0
        value *= criteria.FAR_SHARE + (1 - criteria.FAR_SHARE) * near
    exact = [spot.miles for spot in safe if spot.slack == 0]
    return Place(
        reach=reach,
        value=value,
        miles=round(min(exact), 1) if exact else None,
        ride=ride,
        near_danger=len(safe) < len(spots) and _is_placed(candidate),
        likely=next_door or math.isinf(away),
        usable=reach <= Reach.UNSAID
        or candidate.remote
        or next_door
        or math.isinf(away)
        or away <= _limit(needs.travel),
    )


@dataclass(frozen=True)
class Spot:
    """One place of a candidate, seen from the person."""

    miles: float
    slack: float
    unsafe: bool


def _is_placed(candidate: Candidate) -> bool:
    return any(site.county or site.point for site in candidate.sites)


def _spots(world: World, candidate: Candidate, needs: Needs) -> list[Spot]:
    if _is_placed(candidate):
        return [
            _spot(world, needs, site.county, site.point, is_site=True)
            for site in candidate.sites
            if site.county or site.point
        ]
    if candidate.area.statewide:
        return []
    return [
        _spot(world, needs, county, None, is_site=False)
        for county in candidate.area.counties
    ]


def _spot(
    world: World,
    needs: Needs,
    county: str | None,
    point: tuple[float, float] | None,
    *,
    is_site: bool,
) -> Spot:
    miles, slack = math.inf, criteria.COUNTY_MILES
    geography = world.geography
    if needs.county is not None:
        home = geography.counties.index(needs.county)
        if point is not None:
            start = needs.point or tuple(geography.centroids[home])
            miles = great_circle(start, point).miles
            slack = 0.0 if needs.point else slack
        elif county is not None:
            miles = float(geography.miles[home][geography.counties.index(county)])
    unsafe = county in needs.avoid_counties
    if needs.min_miles is not None and is_site and miles < needs.min_miles:
        unsafe = True
    return Spot(miles, slack, unsafe)


def _next_door(world: World, candidate: Candidate, needs: Needs) -> bool:
    if needs.county is None:
        return False
    geography = world.geography
    home = geography.counties.index(needs.county)
    there = set(candidate.area.counties) | {s.county for s in candidate.sites}
    return any(
        geography.adjacent[home][number] and fips in there
        for number, fips in enumerate(geography.counties)
    )


def _area(candidate: Candidate, needs: Needs, *, away: float, next_door: bool) -> Reach:
    area = candidate.area
    told = needs.county is not None
    open_to_others = area.out_of_county is not OutOfCounty.NO
    cases = [
        (told and needs.county in area.counties, Reach.SERVES_COUNTY),
        (area.statewide and _only_remote(candidate), Reach.REMOTE),
        (area.statewide, Reach.STATEWIDE),
        (area.out_of_county is OutOfCounty.YES, Reach.TAKES_OTHERS),
        (not told, Reach.UNSAID),
        (open_to_others and not area.complete, Reach.PARTIAL),
        (open_to_others and next_door, Reach.NEIGHBOR),
        (open_to_others and away <= _limit(needs.travel), Reach.FAR),
    ]
    return next((reach for holds, reach in cases if holds), Reach.OUTSIDE)


def _limit(travel: Travel | None) -> float:
    if travel is None or travel is Travel.REMOTE_ONLY:
        return criteria.UNSAID_MILES
    return criteria.MILES[travel]


@dataclass(frozen=True)
class Call:
    """What one organization could do."""

    name: str
    covers: frozenset[str]
    called: frozenset[str]
    sure: frozenset[str]
    score: float


def calls(world: World, needs: Needs) -> list[Call]:
    """Return what each organization could do in one call."""
    by_id = {candidate.id: candidate for candidate in world.candidates}
    doing: dict[str, list[tuple[Seen, Candidate]]] = {}
    for seen in look(world, needs):
        if not seen.closed_by and not by_id[seen.id].refers_only:
            doing.setdefault(seen.organization_id, []).append((seen, by_id[seen.id]))
    return [_call(name, doing[name], needs) for name in sorted(doing)]


def _call(name: str, services: list[tuple[Seen, Candidate]], needs: Needs) -> Call:
    best: dict[str, float] = {}
    called, sure = set(), set()
    for seen, candidate in services:
        room = candidate.capacity
        fresh = room is not None and room.as_of <= needs.at < room.expires
        full = fresh and room is not None and not room.available
        for code in candidate.codes & needs.codes:
            best[code] = max(best.get(code, 0.0), seen.score)
            begins = _only_remote(candidate) and code in TREATED
            near = seen.reach <= Reach.REMOTE and not begins
            answers = candidate.can_be_called and not candidate.doubtful_line
            if answers and seen.usable:
                called.add(code)
                if near and not full:
                    sure.add(code)
    weights = {n.code: criteria.URGENCY[n.urgency] for n in needs.needs}
    points = sum(weights[code] * score for code, score in best.items())
    score = round(points / sum(weights[code] for code in best), 9)
    return Call(name, frozenset(best), frozenset(called), frozenset(sure), score)


def plan_rank(some: Sequence[Call], urgent: frozenset[str]) -> tuple[int, int, float]:
    """Return how good a plan is, the best first: see `matcher.plan.best_plan`."""
    goal = frozenset().union(*(_pieces(c) for c in some)) & {
        (kind, code) for code in urgent for kind in ("sure", "called", "covers")
    }
    needed = next(
        size
        for size in range(len(some) + 1)
        if any(
            goal <= frozenset().union(*(_pieces(c) for c in chosen))
            for chosen in combinations(some, size)
        )
    )
    return len(some), needed, -round(sum(call.score for call in some), 9)


def best_rank(some: Sequence[Call], urgent: frozenset[str]) -> tuple[int, int, float]:
    """Return the rank of the best plan, by trying all."""
    goal = frozenset().union(*(_pieces(call) for call in some))
    ranks = [
        plan_rank(chosen, urgent)
        for size in range(len(some) + 1)
        for chosen in combinations(some, size)
        if goal <= frozenset().union(*(_pieces(call) for call in chosen))
    ]
    return min(ranks)


def _pieces(call: Call) -> frozenset[tuple[str, str]]:
    return frozenset(
        {("sure", code) for code in call.sure}
        | {("called", code) for code in call.called}
        | {("covers", code) for code in call.covers}
    )
