"""Eligibility in three values, over all services at once.

Every attribute is compiled into sets of rows: whom a rule *closes* a door to and where
it makes the caller *ask*. A request is then a handful of ORs. One `closes` is enough to
exclude; silence of the person or of the listing is an `ask`, never a yes or a no.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher import bits
from matcher.attributes import (
    ADULT,
    ATTRIBUTES,
    BY_NAME,
    RANGED,
    USUAL_DOORS,
    YOUTH,
    Attribute,
    Held,
    held_answers,
    is_doubtful_range,
    ranges,
    usual_doors,
)
from matcher.bits import Bits
from matcher.candidate import ANY, Candidate, Effect, Rule
from matcher.intervals import LOWEST, Intervals
from matcher.needs import Person
from matcher.taxonomy import FOR_CHILDREN, TREATED

_CHILD = (0, ADULT - 1)


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What the rules on one attribute say, as sets of rows.

    `others` would rather have somebody else; `made_for` are made for such a person.
    """

    closes: Bits
    asks: Bits
    others: Bits
    made_for: Bits


Verdicts = Mapping[str, Verdict]
"""What the rules say, by attribute; where none has anything to say, it is missing."""


class _Words:
    """One requirement of each of several services: who has it, and what it names.

    A service with two requirements on one attribute is in two of these, because both
    must be met.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: list[int] = []
        self._naming: dict[str, list[int]] = {}
        self.seal()

    def put(self, row: int, values: Iterable[str]) -> None:
        """Say that `row` names `values`."""
        self._rows.append(row)
        for value in values:
            self._naming.setdefault(value, []).append(row)

    def seal(self) -> None:
        """Make sets of it; nothing is put after that."""
        self.has = bits.of_rows(self._rows, self._size)
        self._named = {
            value: bits.of_rows(rows, self._size)
            for value, rows in self._naming.items()
        }

    def naming(self, values: Iterable[str]) -> Bits:
        """Return the rows that name one of `values`."""
        some = bits.empty(self._size)
        for value in values:
            if value in self._named:
                some |= self._named[value]
        return some

    def naming_each(self, values: Held) -> Bits:
        """Return the rows that name all of `values`."""
        each = self.has.copy()
        for value in values:
            each &= self.naming((value,))
        return each


class _Side:
    """The firm rules of one attribute, or those that only make the caller ask."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.requires: list[_Words] = []
        self.excludes = _Words(size)
        self.accepts = Intervals(size)

    def require(self, depth: int, row: int, values: Iterable[str]) -> None:
        """Take in the requirement of `row` that comes after `depth` others of it."""
        if depth == len(self.requires):
            self.requires.append(_Words(self._size))
        self.requires[depth].put(row, values)

    def seal(self) -> None:
        """Make columns of it; nothing is added after that."""
        for words in (*self.requires, self.excludes):
            words.seal()
        self.accepts.seal()


class _Compiled:
    """The rules of all services on one attribute."""

    def __init__(self, attribute: Attribute, size: int) -> None:
        self.attribute = attribute
        self._size = size
        self._recorded: list[int] = []
        self._demanding: list[int] = []
        self._youth: list[int] = []
        self._firm, self._soft = _Side(size), _Side(size)
        self._prefers = _Words(size)
        self._wishes = Intervals(size)

    @property
    def is_silent(self) -> bool:
        """Whether no service has a rule on it."""
        return not self._recorded

    def add(self, row: int, rules: Sequence[Rule]) -> None:
        """Take in the rules of one service, which are in force."""
        self._recorded.append(row)
        depth = {True: 0, False: 0}
        for rule in rules:
            if ANY in rule.values:
                continue
            firm = rule.firm and not self.attribute.always_soft
            side = self._firm if firm else self._soft
            if self.attribute.name in RANGED:
                self._add_range(side, row, rule)
            elif rule.effect is Effect.REQUIRES:
                side.require(depth[firm], row, rule.values)
                depth[firm] += 1
            elif rule.effect is Effect.EXCLUDES:
                side.excludes.put(row, rule.values)
            else:
                self._prefers.put(row, rule.values)
            if rule.effect is not Effect.PREFERS:
                self._demanding.append(row)

    def _add_range(self, side: _Side, row: int, rule: Rule) -> None:
        """Take in the range of a rule: what it accepts, or what it leaves."""
        low = LOWEST if rule.minimum is None else rule.minimum
        if rule.effect is Effect.EXCLUDES:
            side.accepts.take_away(row, low, rule.maximum)
            return
        accepts = self._wishes if rule.effect is Effect.PREFERS else side.accepts
        accepts.keep(row, low, rule.maximum)
        if rule.maximum is not None and rule.maximum < YOUTH:
            self._youth.append(row)

    def seal(self) -> None:
        """Make sets and columns of the rules; nothing is added after that."""
        self.recorded = bits.of_rows(self._recorded, self._size)
        self.demanding = bits.of_rows(self._demanding, self._size)
        self.youth = bits.of_rows(self._youth, self._size)
        for part in (self._firm, self._soft, self._prefers, self._wishes):
            part.seal()

    def judge(self, held: Held | None, usual: Bits) -> Verdict:
        """Return what the rules say of somebody who holds `held`.

        `usual` are the rows where the attribute usually decides.
        """
        if held is None:
            return self._unsaid(usual)
        closes, asks = self._firmly(held)
        asks |= self._softly(held)
        if held <= self.attribute.doubtful:
            asks |= usual & ~self.recorded
        liked, near = self._prefers.naming(held), self._nearly(held)
        return Verdict(
            closes=closes,
            asks=asks & ~closes,
            others=self._prefers.has & ~liked & ~self._prefers.naming(near),
            made_for=self._tailored(held, liked) & ~closes,
        )

    def judge_range(self, said: tuple[int, int] | None, usual: Bits) -> Verdict:
        """Do the same for an attribute whose rules are ranges."""
        if said is None:
            return self._unsaid(usual)
        firm, soft = self._firm.accepts, self._soft.accepts
        closes = firm.missing(*said)
        unsure = firm.not_holding(*said) | soft.not_holding(*said)
        others = self._wishes.not_holding(*said)
        asks = unsure
        if is_doubtful_range(self.attribute.name, said):
            asks = asks | (usual & ~self.recorded)
        return Verdict(
            closes=closes,
            asks=asks & ~closes,
            others=others,
            made_for=self.youth & ~unsure & ~others,
        )

    def _unsaid(self, usual: Bits) -> Verdict:
        """Judge somebody who did not say.

        Every demand is asked about, and a wish where it usually decides.
        """
        none = bits.empty(self._size)
        asks = self.demanding | ((self._prefers.has | self._wishes.limited) & usual)
        return Verdict(closes=none, asks=asks, others=none, made_for=none)

    def _firmly(self, held: Held) -> tuple[Bits, Bits]:
        """Return the rows whose firm rules close, and those whose words leave doubt."""
        near = self._nearly(held)
        excludes = self._firm.excludes
        some = excludes.naming(held)
        closes = excludes.naming_each(held) if self.attribute.each_opens else some
        asks = some | excludes.naming(near)
        for words in self._firm.requires:
            unmet = words.has & ~words.naming(held)
            closes = closes | (unmet & ~words.naming(near))
            asks |= unmet
        return closes, asks

    def _softly(self, held: Held) -> Bits:
        """Return the rows that have a rule against `held` which closes no door."""
        excludes = self._soft.excludes
        asks = excludes.naming(held) | excludes.naming(self._nearly(held))
        for words in self._soft.requires:
            asks |= words.has & ~words.naming(held)
        return asks

    def _nearly(self, held: Held) -> list[str]:
        """Return the words of rules that may well mean one of `held`."""
        return [word for word, meant in self.attribute.nearly.items() if held & meant]

    def _tailored(self, held: Held, liked: Bits) -> Bits:
        """Return the rows that are for those who hold one of `held`, mostly or only."""
        tailored = bits.empty(self._size) if self.attribute.broad else liked.copy()
        if self.attribute.tailors:
            for words in (*self._firm.requires, *self._soft.requires):
                tailored |= words.naming(held)
        return tailored


class Eligibility:
    """The rules of a catalog, compiled for one day."""

    def __init__(self, candidates: Sequence[Candidate], day: dt.date) -> None:
        """Compile the rules of `candidates` that are in force on `day`."""
        self._size = len(candidates)
        self._compiled = {a.name: _Compiled(a, self._size) for a in ATTRIBUTES}
        offering: dict[str, list[int]] = {}
        for row, candidate in enumerate(candidates):
            for name, rules in in_force(candidate.rules, day).items():
                self._compiled[name].add(row, rules)
            for code in candidate.codes:
                offering.setdefault(code, []).append(row)
        for compiled in self._compiled.values():
            compiled.seal()
        self._offering = {
            code: bits.of_rows(rows, self._size) for code, rows in offering.items()
        }
        self._faith_based = bits.of_rows(
            [row for row, c in enumerate(candidates) if c.faith_based], self._size
        )
        self._only_remote = bits.of_rows(
            [row for row, c in enumerate(candidates) if c.only_remote], self._size
        )

    def judge(self, person: Person, codes: frozenset[str]) -> Verdicts:
        """Return what every rule says of `person`, who needs `codes`."""
        return self.judge_some(self._compiled, person, codes)

    def judge_some(
        self, names: Iterable[str], person: Person, codes: frozenset[str]
    ) -> Verdicts:
        """Return what the rules on the attributes `names` say."""
        held, said = held_answers(person, codes), ranges(person)
        doors = usual_doors(codes) | {"faith"}
        return {
            name: self._judge_one(name, held, said, codes)
            for name in names
            if name in doors or not self._compiled[name].is_silent
        }

    def _judge_one(
        self,
        name: str,
        held: Mapping[str, Held],
        said: Mapping[str, tuple[int, int]],
        codes: frozenset[str],
    ) -> Verdict:
        compiled, usual = self._compiled[name], self._usual(name, codes)
        if name == "age":
            return self._judge_age(said.get(name), codes)
        if name == "faith":
            return self._judge_faith(held.get(name))
        if name in RANGED:
            return compiled.judge_range(said.get(name), usual)
        if name == "gender" and "lgbtq" in held:
            # Who says whether it welcomes LGBTQ people has answered for the gender.
            usual &= ~self._compiled["lgbtq"].recorded
        return compiled.judge(held.get(name), usual)

    def _judge_age(
        self, said: tuple[int, int] | None, codes: frozenset[str]
    ) -> Verdict:
        """Judge like the rest, and where only a child is served, the child as well.

        A rule on a service for children may mean the child or who comes with it: it is
        enough that one of them fits.
        """
        compiled, usual = self._compiled["age"], self._usual("age", codes)
        own = compiled.judge_range(said, usual)
        if said is not None and said[0] < ADULT:
            return own
        child = compiled.judge_range(_CHILD, usual)
        here = self._offers(codes & FOR_CHILDREN) & ~self._offers(codes - FOR_CHILDREN)
        fits = here & (~(own.asks | own.closes) | ~(child.asks | child.closes))
        closes = own.closes & ~(here & ~child.closes)
        return Verdict(
            closes=closes,
            asks=(own.asks | own.closes) & ~closes & ~fits,
            others=own.others & ~(here & ~child.others),
            made_for=own.made_for | (here & child.made_for),
        )

    def _judge_faith(self, held: Held | None) -> Verdict:
        """Judge like the rest, and put behind what a person would rather not have.

        Who does not want a faith-based provider is asked about, and not kept from one
        that says it takes everybody: there may be no other bed.
        """
        verdict = self._compiled["faith"].judge(held, self._faith_based)
        if held is not None and "no" in held:
            verdict.others = verdict.others | self._faith_based
        return verdict

    def _usual(self, name: str, codes: frozenset[str]) -> Bits:
        """Return the rows where `name` usually decides about one of `codes`."""
        deciding = frozenset(c for c in codes if name in USUAL_DOORS.get(c, ()))
        usual = self._offers(deciding - TREATED)
        # Whoever picks up a line talks with everybody.
        return usual | (self._offers(deciding & TREATED) & ~self._only_remote)

    def _offers(self, codes: Iterable[str]) -> Bits:
        """Return the rows that offer one of `codes`."""
        some = bits.empty(self._size)
        for code in codes:
            if code in self._offering:
                some |= self._offering[code]
        return some


def in_force(rules: Iterable[Rule], day: dt.date) -> Mapping[str, list[Rule]]:
    """Return the rules that hold on `day`, by attribute."""
    grouped: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.attribute in BY_NAME and rule.holds_on(day):
            grouped.setdefault(rule.attribute, []).append(rule)
    return grouped
