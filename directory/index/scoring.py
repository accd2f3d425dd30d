"""Scores: how well each listing has what is asked for, and where it was found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from directory.index import weights
from directory.index.catalog import Catalog
from directory.index.column import Mask
from directory.index.mentions import Mentions
from directory.index.names import Names
from directory.index.query import Clause, Query
from directory.index.text_index import TextIndex, Zone
from directory.index.words import EXACT

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClauseScore:
    """How well each listing has one clause (0 where it has not), and where.

    `said` are the listings that have the words that were typed, `named` those that have
    them in a name; the others may have a synonym, which `mentions` knows.
    """

    clause: Clause
    values: Scores
    said: Mask
    named: Mask
    mentions: Mentions
    tagged: Mapping[str, Mask]

    @property
    def hit(self) -> Mask:
        """The listings that have the clause."""
        return self.values > 0

    @property
    def strong(self) -> Mask:
        """Those that have it in a name or a tag."""
        return self.values >= weights.STRONG

    @property
    def telling(self) -> Mask:
        """The listings that have it without those where it is but noise.

        Where more listings mention a kind of help than give it ("we refer to
        shelters"), only those that give it are meant.
        """
        weak = int(np.count_nonzero(self.hit & ~self.strong))
        strong = int(np.count_nonzero(self.strong))
        is_noise = bool(self.tagged) and 0 < strong < weak
        return self.strong if is_noise else self.hit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """The scores of a whole query.

    `whole_name` are the listings whose name was typed; `weak` those where some word
    stands only in the text.
    """

    clauses: tuple[ClauseScore, ...]
    required: tuple[ClauseScore, ...]
    relevance: Scores
    whole_name: Mask
    weak: Mask

    def giving_all(self, base: Mask) -> Mask:
        """Return those of `base` that have all that is required, and not as noise."""
        for score in self.required:
            base = base & score.telling
        return base

    def having_all(self, base: Mask) -> Mask:
        """Return those of `base` that have everything that is required."""
        for score in self.required:
            base = base & score.hit
        return base

    def having_any(self, base: Mask) -> Mask:
        """Return those of `base` that have something of what is required."""
        hit = np.zeros_like(base)
        for score in self.required:
            hit |= score.hit
        return base & hit


class Scorer:
    """Scores the listings of a catalog by a text index."""

    def __init__(self, catalog: Catalog, index: TextIndex, names: Names) -> None:
        """Score by `index`, whose rows are those of `catalog` and `names`."""
        self._catalog = catalog
        self._index = index
        self._names = names

    def score(self, query: Query) -> Scored:
        """Return the scores of all listings for `query`."""
        scores = tuple(self._clause(clause) for clause in query.clauses)
        required = tuple(s for s in scores if s.clause in query.required)
        being = self._having(self._names.being(words) for words in _names_of(query))
        holding = self._having(self._names.holding(words) for words in _names_of(query))
        if np.count_nonzero(holding) <= weights.FEW_NAMES * self._catalog.size:
            being = being | holding
        weak = np.zeros(self._catalog.size, dtype=np.bool_)
        for score in required:
            weak |= ~score.strong
        relevance = self._mean(scores, required)
        relevance += weights.WHOLE_NAME * being + weights.IN_NAME * (holding & ~being)
        relevance += self._catalog.bonus
        if required:
            relevance += self._catalog.focused
        return Scored(
            clauses=scores,
            required=required,
            relevance=relevance.round(6),
            whole_name=being,
            weak=weak & ~holding,
        )

    def _mean(
        self, scores: Sequence[ClauseScore], required: Sequence[ClauseScore]
    ) -> Scores:
        """Return the mean of the clauses, a rare one weighing more."""
        total = np.zeros(self._catalog.size)
        of = 0.0
        for score in scores:
            weight = self._weight(score)
            total += weight * score.values * (1 if score in required else weights.SOFT)
            of += weight if score in required else 0.0
        return total / of if of else total

    def _weight(self, score: ClauseScore) -> float:
        hits = int(np.count_nonzero(score.hit))
        size = self._catalog.size
        if not hits or size <= 1:
            return 1.0
        return 1.0 + weights.RARE * log(size / hits) / log(size)

    def _clause(self, clause: Clause) -> ClauseScore:
        values, named = self._words(clause)
        said = values > 0
        for zone in Zone:
            for concept in clause.concepts:
                rows = self._index.rows(zone, concept)
                also = weights.ALSO * weights.BOOSTS[zone]
                values[rows] = np.maximum(values[rows], also)
        mentioned = self._mentioned(clause)
        tagged = {code: self._catalog.service.having(code) for code in clause.codes}
        for number, mask in enumerate(tagged.values()):
            worth = weights.SECOND_CODE if number else weights.CODE
            np.maximum(values, worth * mask, out=values)
        values += mentioned * (values >= weights.STRONG)
        values[values > 0] += self._exactness(clause)[values > 0]
        return ClauseScore(
            clause=clause,
            values=values,
            said=said,
            named=named,
            mentions=Mentions(self._index, clause.also),
            tagged=tagged,
        )

    def _words(self, clause: Clause) -> tuple[Scores, Mask]:
        """Return the mean of the best zones of all words, and who has all in names."""
        size = self._catalog.size
        total = np.zeros(size)
        every = np.ones(size, dtype=np.bool_)
        named = np.ones(size, dtype=np.bool_)
        for forms in clause.forms:
            best = np.zeros(size)
            in_name = np.zeros(size, dtype=np.bool_)
            for zone in Zone:
                rows = self._rows(zone, forms)
                best[rows] = np.maximum(best[rows], weights.BOOSTS[zone])
                if zone in {Zone.NAME, Zone.ORGANIZATION}:
                    in_name[rows] = True
            every &= best > 0
            named &= in_name
            total += best
        values = np.where(every, total / max(len(clause.forms), 1), 0.0)
        return values, named & bool(clause.forms)

    def _mentioned(self, clause: Clause) -> Scores:
        """Return what it is worth that a listing says it in words of its own."""
        worth = np.zeros(self._catalog.size)
        for zone, bonus in (
            (Zone.TEXT, weights.MENTIONED_TOO),
            (Zone.ORGANIZATION, weights.NAMED_TOO),
            (Zone.NAME, weights.NAMED_TOO),
        ):
            for concept in clause.concepts:
                worth[self._index.rows(zone, concept)] = bonus
        return worth

    def _rows(self, zone: Zone, forms: Sequence[str]) -> NDArray[np.int32]:
        found = [self._index.rows(zone, form) for form in forms]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)

    def _exactness(self, clause: Clause) -> Scores:
        bonus = np.zeros(self._catalog.size)
        for word in clause.exact:
            exact = np.zeros(self._catalog.size, dtype=np.bool_)
            for zone in Zone:
                exact[self._index.rows(zone, EXACT + word)] = True
            bonus += weights.EXACT_FORM * exact / len(clause.exact)
        return bonus

    def _having(self, found: Iterator[NDArray[np.int32]]) -> Mask:
        mask = np.zeros(self._catalog.size, dtype=np.bool_)
        for rows in found:
            mask[rows] = True
        return mask


def _names_of(query: Query) -> Iterator[tuple[str, ...]]:
    yield query.whole
    if query.phrase != query.whole:
        yield query.phrase
