"""Eligibility in three values, over all services at once.

Every attribute is compiled into sets of rows: whom a rule *closes* a door to and where
it makes the caller *ask*. A request is then a handful of ORs. One `closes` is enough to
exclude; silence of the person or of the listing is an `ask`, never a yes or a no.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher import bits
from matcher.attributes import (
    ADULT,
    ATTRIBUTES,
    RANGED,
    USUAL_DOORS,
    Attribute,
    Held,
    held_answers,
)
from matcher.bits import Bits
from matcher.candidate import ANY, Candidate, Effect, Rule
from matcher.needs import INCOME_BANDS, Person

_LOWEST, _HIGHEST = 0, 30_000


@dataclass(slots=True, kw_only=True)
class Verdicts:
    """What the rules say, as sets of rows, by attribute."""

    closes: dict[str, Bits] = field(default_factory=dict)
    asks: dict[str, Bits] = field(default_factory=dict)
    prefers_others: dict[str, Bits] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Layer:
    """One requirement of each of several services: who has it, and what it accepts.

    A service with two requirements on one attribute is in two layers, because both
    must be met.
    """

    has: Bits
    accepts: dict[str, Bits]

    def unmet(self, held: Held) -> Bits:
        met = bits.empty(self.has.size * 64)
        for value in held & self.accepts.keys():
            met |= self.accepts[value]
        return self.has & ~met


class _Range:
    """The range that each service accepts, both ends included."""

    def __init__(self, size: int) -> None:
        self.low: NDArray[np.int32] = np.full(size, _LOWEST, dtype=np.int32)
        self.high: NDArray[np.int32] = np.full(size, _HIGHEST, dtype=np.int32)

    def narrow(self, row: int, low: int | None, high: int | None) -> None:
        self.low[row] = max(self.low[row], _LOWEST if low is None else low)
        self.high[row] = min(self.high[row], _HIGHEST if high is None else high)

    def outside(self, low: int, high: int) -> Bits:
        """Return the rows whose range has nothing of `low` to `high`."""
        # Two rules that contradict each other leave no range at all.
        nobody = self.low > self.high
        return bits.of_mask((high < self.low) | (self.high < low) | nobody)

    def not_within(self, low: int, high: int) -> Bits:
        """Return the rows whose range does not hold all of `low` to `high`."""
        return bits.of_mask((low < self.low) | (self.high < high))


class _Compiled:
    """The rules of all services on one attribute."""

    def __init__(self, attribute: Attribute, size: int) -> None:
        self.attribute = attribute
        self._size = size
        self._words = bits.empty(size).size
        self.recorded = bits.empty(size)
        self.demanding = bits.empty(size)
        self.usual = bits.empty(size)
        self._layers: dict[bool, list[_Layer]] = {True: [], False: []}
        self._excludes: dict[bool, dict[str, Bits]] = {True: {}, False: {}}
        self._prefers = _Layer(has=bits.empty(size), accepts={})
        self._ranges = {True: _Range(size), False: _Range(size)}

    def add(self, row: int, rules: Sequence[Rule]) -> None:
        """Take in the rules of one service, which are in force."""
        bits_of_row = bits.of_rows([row], self._size)
        self.recorded |= bits_of_row
        depth = {True: 0, False: 0}
        for rule in rules:
            firm = rule.firm and not self.attribute.always_soft
            if rule.minimum is not None or rule.maximum is not None:
                if rule.effect is Effect.PREFERS:
                    continue
                self._add_range(row, rule, firm=firm)
            elif ANY in rule.values:
                continue
            elif rule.effect is Effect.REQUIRES:
                layer = self._layer(firm, depth[firm])
                depth[firm] += 1
                _put(layer.accepts, rule.values, bits_of_row)
                layer.has |= bits_of_row
            elif rule.effect is Effect.EXCLUDES:
                _put(self._excludes[firm], rule.values, bits_of_row)
            else:
                _put(self._prefers.accepts, rule.values, bits_of_row)
                self._prefers.has |= bits_of_row
                continue
            self.demanding |= bits_of_row

    def judge(self, held: Held | None) -> tuple[Bits, Bits, Bits]:
        """Return the rows that close, that ask, and that would rather have others."""
        if held is None:
            return self._none(), self.demanding, self._none()
        closes = self._against(held, firm=True)
        asks = self._against(held, firm=False)
        if held & self.attribute.doubtful:
            asks = asks | (self.usual & ~self.recorded)
        return closes, asks & ~closes, self._prefers.unmet(held)

    def judge_range(self, said: tuple[int, int] | None) -> tuple[Bits, Bits, Bits]:
        """Do the same for an attribute whose rules are ranges."""
        if said is None:
            return self._none(), self.demanding, self._none()
        closes = self._ranges[True].outside(*said)
        asks = self._ranges[True].not_within(*said) | self._ranges[False].not_within(
            *said
        )
        if self.attribute.name == "age" and said[0] < ADULT:
            asks = asks | (self.usual & ~self.recorded)
        return closes, asks & ~closes, self._none()

    def _add_range(self, row: int, rule: Rule, *, firm: bool) -> None:
        """Take in the range of a rule: what it accepts, or what it leaves."""
        low, high = rule.minimum, rule.maximum
        if rule.effect is Effect.REQUIRES:
            self._ranges[firm].narrow(row, low, high)
        elif high is not None and low in {None, _LOWEST}:
            self._ranges[firm].narrow(row, high + 1, None)
        elif low is not None and high is None:
            self._ranges[firm].narrow(row, None, low - 1)
        else:
            # A gap in the middle leaves two ranges; nobody is closed out, all ask.
            self._ranges[False].narrow(row, _HIGHEST, _LOWEST)

    def _against(self, held: Held, *, firm: bool) -> Bits:
        against = self._none()
        for layer in self._layers[firm]:
            against |= layer.unmet(held)
        for value in held & self._excludes[firm].keys():
            against |= self._excludes[firm][value]
        return against

    def _layer(self, firm: bool, depth: int) -> _Layer:  # noqa: FBT001 - a key of a dict
        layers = self._layers[firm]
        if depth == len(layers):
            layers.append(_Layer(has=self._none(), accepts={}))
        return layers[depth]

    def _none(self) -> Bits:
        return np.zeros(self._words, dtype=np.uint64)


class Eligibility:
    """The rules of a catalog, compiled for one day."""

    def __init__(self, candidates: Sequence[Candidate], day: dt.date) -> None:
        """Compile the rules of `candidates` that are in force on `day`."""
        self._size = len(candidates)
        self._compiled = {a.name: _Compiled(a, self._size) for a in ATTRIBUTES}
        usual: dict[str, list[int]] = {a.name: [] for a in ATTRIBUTES}
        for row, candidate in enumerate(candidates):
            for name, rules in _by_attribute(candidate.rules, day).items():
                self._compiled[name].add(row, rules)
            for code in candidate.codes & USUAL_DOORS.keys():
                for name in USUAL_DOORS[code]:
                    usual[name].append(row)
        for name, rows in usual.items():
            self._compiled[name].usual = bits.of_rows(rows, self._size)

    def judge(self, person: Person) -> Verdicts:
        """Return what every rule says of `person`."""
        held = held_answers(person)
        verdicts = Verdicts()
        for name, compiled in self._compiled.items():
            if name in RANGED:
                said = person.ages if name == "age" else person.incomes
                judged = compiled.judge_range(said)
            else:
                judged = compiled.judge(held.get(name))
            verdicts.closes[name], verdicts.asks[name] = judged[0], judged[1]
            verdicts.prefers_others[name] = judged[2]
        return verdicts

    def alternatives(self, person: Person) -> dict[str, list[Bits]]:
        """Return what each attribute would close if its answer were another one.

        Only attributes that were answered and that can change are in it, with one set
        of closed rows for each other answer.
        """
        held = held_answers(person)
        other: dict[str, list[Bits]] = {}
        for attribute in ATTRIBUTES:
            name = attribute.name
            if not attribute.changeable or name in RANGED or name not in held:
                continue
            other[name] = [
                self._compiled[name].judge(frozenset({answer}))[0]
                for answer in sorted(attribute.answers - held[name])
            ]
        if person.incomes is not None:
            other["income"] = [
                self._compiled["income"].judge_range(band)[0]
                for band in INCOME_BANDS.values()
                if band != person.incomes
            ]
        return other


def _by_attribute(rules: Iterable[Rule], day: dt.date) -> Mapping[str, list[Rule]]:
    grouped: dict[str, list[Rule]] = {}
    known = {a.name for a in ATTRIBUTES}
    for rule in rules:
        if rule.attribute in known and rule.holds_on(day):
            grouped.setdefault(rule.attribute, []).append(rule)
    return grouped


def _put(sets: dict[str, Bits], values: Iterable[str], row: Bits) -> None:
    for value in values:
        sets[value] = sets[value] | row if value in sets else row.copy()
