"""Why one service is in or out of an answer, component by component."""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher import bits, criteria
from matcher.attributes import BY_NAME, RANGED, held_answers, ranges
from matcher.candidate import Rule
from matcher.catalog import Catalog
from matcher.eligibility import in_force
from matcher.freshness import confirmed_on
from matcher.judgement import Judgement, judge, parts, total
from matcher.needs import Needs
from matcher.option import Seen, option_of
from matcher.ranking import best_first
from matcher.reach import EXCLUDED, REACH_RULES


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ruling:
    """What one attribute decides: `yes`, `ask` or `no`, by which rules.

    `held` is what was said of the person. Rules are those in force, in words: their
    effect, what they name, and whether they may close a door.
    """

    attribute: str
    verdict: str
    held: tuple[str, ...]
    rules: tuple[str, ...]

    def __repr__(self) -> str:
        """Hide what was said."""
        return f"Ruling(attribute={self.attribute!r}, ...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the score: `points` are `weight` x `value`."""

    name: str
    weight: float
    value: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that decided about one service. Its values are plain: text, numbers, lists.

    `standing` is `yes` or `ask` for an option, `no` for what was left out, and
    `unrelated` for what covers none of the needs; of that one nothing else is said.
    `closed_by` names what excludes, in the words of `excluded.by_rule`. `place` is its
    rank among the `found`, from 1. `reasons`, `questions` and `cautions` are codes.
    """

    service_id: str
    organization_id: str
    standing: str
    covers: tuple[str, ...] = ()
    closed_by: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    reach: str | None = None
    distance_miles: float | None = None
    language: str | None = None
    language_tag: str | None = None
    open: str | None = None
    room: int | None = None
    can_be_called: bool | None = None
    confirmed: tuple[tuple[str, str], ...] = ()
    sourced: str | None = None
    reasons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    score: float | None = None
    place: int | None = None
    found: int = 0


def account_of(catalog: Catalog, needs: Needs, service_id: str) -> Account | None:
    """Return why the service is in or out for `needs`, `None` if there is none such."""
    row = catalog.row_of(service_id)
    if row is None:
        return None
    judgement = judge(catalog, needs)
    candidate = catalog.candidates[row]
    if not bits.has(judgement.scope, row):
        return Account(
            service_id=candidate.id,
            organization_id=candidate.organization_id,
            standing="unrelated",
        )
    place = int(judgement.rows.searchsorted(row))
    seen = Seen(catalog=catalog, needs=needs, judgement=judgement, place=place)
    return _account(seen, judgement)


def _account(seen: Seen, judgement: Judgement) -> Account:
    catalog, needs, candidate = seen.catalog, seen.needs, seen.candidate
    values = parts(catalog, needs, judgement)
    scores = total(values)
    order = best_first(judgement, scores).tolist()
    option = option_of(seen, float(scores[seen.place]))
    is_open = seen.says(judgement.is_open)
    return Account(
        service_id=candidate.id,
        organization_id=candidate.organization_id,
        standing=option.eligibility if is_open else "no",
        covers=option.covers,
        closed_by=tuple(_closed_by(seen)),
        rulings=tuple(_rulings(seen)),
        reach=option.reach.name.lower(),
        distance_miles=option.distance_miles,
        language=None if option.language is None else option.language.value,
        language_tag=seen.spoken if needs.languages else None,
        open=option.open.name.lower(),
        room=None if seen.room is None else seen.room.available,
        can_be_called=candidate.can_be_called,
        confirmed=tuple(_confirmed(seen)),
        sourced=None if candidate.sourced is None else candidate.sourced.isoformat(),
        reasons=tuple(note.code for note in option.reasons),
        questions=tuple(note.code for note in option.questions),
        cautions=tuple(note.code for note in option.cautions),
        parts=tuple(
            Part(
                name=name,
                weight=criteria.WEIGHTS[name],
                value=round(float(column[seen.place]), 4),
                points=round(criteria.WEIGHTS[name] * float(column[seen.place]), 4),
            )
            for name, column in values.items()
        ),
        score=option.score,
        place=order.index(seen.place) + 1 if is_open else None,
        found=len(order),
    )


def _closed_by(seen: Seen) -> Iterator[str]:
    """Yield what excludes the service."""
    for name, verdict in seen.judgement.verdicts.items():
        if bits.has(verdict.closes, seen.row):
            yield name
    if seen.reach >= EXCLUDED:
        yield REACH_RULES[seen.reach]


def _rulings(seen: Seen) -> Iterator[Ruling]:
    """Yield what each attribute decides that a rule or a question is about."""
    recorded = in_force(seen.candidate.rules, seen.catalog.day)
    held = held_answers(seen.needs.person, seen.needs.codes)
    said = {
        name: (f"{a} to {b}",) for name, (a, b) in ranges(seen.needs.person).items()
    }
    for name, verdict in seen.judgement.verdicts.items():
        asks = bits.has(verdict.asks, seen.row)
        if name not in recorded and not asks:
            continue
        closes = bits.has(verdict.closes, seen.row)
        answers = said.get(name, ()) if name in RANGED else sorted(held.get(name, ()))
        yield Ruling(
            attribute=name,
            verdict="no" if closes else "ask" if asks else "yes",
            held=tuple(answers),
            rules=tuple(_words(rule) for rule in recorded.get(name, ())),
        )


def _words(rule: Rule) -> str:
    """Return a rule in words, such as `requires woman (firm)`."""
    span = [f"from {rule.minimum}"] if rule.minimum is not None else []
    span += [f"up to {rule.maximum}"] if rule.maximum is not None else []
    named = " ".join([*sorted(rule.values), *span])
    firm = rule.firm and not BY_NAME[rule.attribute].always_soft
    return f"{rule.effect.value} {named} ({'firm' if firm else 'ask'})"


def _confirmed(seen: Seen) -> Iterator[tuple[str, str]]:
    """Yield each fact that somebody confirmed, and the day."""
    for fact in criteria.FRESHNESS_SHARES:
        day = confirmed_on(seen.candidate, fact)
        if day is not None:
            yield fact, day.isoformat()
