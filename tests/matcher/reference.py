"""The rules once more, in the slowest and plainest way: the oracle of the columns."""

import datetime as dt

from matcher.attributes import (
    ADULT,
    ATTRIBUTES,
    RANGED,
    USUAL_DOORS,
    Attribute,
    Held,
    held_answers,
)
from matcher.candidate import ANY, Candidate, Effect, Rule
from matcher.needs import Person


def verdict(candidate: Candidate, person: Person, day: dt.date) -> dict[str, str]:
    """Return `no` or `ask` for each attribute that says so of `person`."""
    held = held_answers(person)
    verdicts = {}
    for attribute in ATTRIBUTES:
        rules = [
            rule
            for rule in candidate.rules
            if rule.attribute == attribute.name and rule.holds_on(day)
        ]
        if attribute.name in RANGED:
            said = person.ages if attribute.name == "age" else person.incomes
            word = _ranged(attribute, rules, candidate, said)
        else:
            word = _valued(attribute, rules, candidate, held.get(attribute.name))
        if word != "yes":
            verdicts[attribute.name] = word
    return verdicts


def _valued(
    attribute: Attribute, rules: list[Rule], candidate: Candidate, held: Held | None
) -> str:
    demanding = [
        rule
        for rule in rules
        if ANY not in rule.values and rule.effect is not Effect.PREFERS
    ]
    if held is None:
        return "ask" if demanding else "yes"
    if not rules:
        doubtful = bool(held & attribute.doubtful) and _usual(attribute, candidate)
        return "ask" if doubtful else "yes"
    broken = [rule for rule in demanding if _breaks(rule, held)]
    if any(rule.firm and not attribute.always_soft for rule in broken):
        return "no"
    return "ask" if broken else "yes"


def _breaks(rule: Rule, held: Held) -> bool:
    if rule.effect is Effect.REQUIRES:
        return not held & rule.values
    return bool(held & rule.values)


def _ranged(
    attribute: Attribute,
    rules: list[Rule],
    candidate: Candidate,
    said: tuple[int, int] | None,
) -> str:
    demanding = [rule for rule in rules if rule.effect is not Effect.PREFERS]
    if said is None:
        return "ask" if demanding else "yes"
    if not rules:
        minor = attribute.name == "age" and said[0] < ADULT
        return "ask" if minor and _usual(attribute, candidate) else "yes"
    numbers = range(said[0], said[1] + 1)
    gaps = [rule for rule in demanding if _leaves_a_gap(rule)]
    plain = [rule for rule in demanding if rule not in gaps]
    firm = [all(_fits(r, n) for r in plain if r.firm) for n in numbers]
    soft = [all(_fits(r, n) for r in plain if not r.firm) for n in numbers]
    if not any(firm):
        return "no"
    return "yes" if all(firm) and all(soft) and not gaps else "ask"


def _fits(rule: Rule, number: int) -> bool:
    low = 0 if rule.minimum is None else rule.minimum
    inside = low <= number and (rule.maximum is None or number <= rule.maximum)
    return inside is (rule.effect is Effect.REQUIRES)


def _leaves_a_gap(rule: Rule) -> bool:
    return (
        rule.effect is Effect.EXCLUDES
        and bool(rule.minimum)
        and rule.maximum is not None
    )


def _usual(attribute: Attribute, candidate: Candidate) -> bool:
    return any(
        attribute.name in USUAL_DOORS.get(code, frozenset()) for code in candidate.codes
    )
