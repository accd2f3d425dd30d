"""Scoring: from a query to how well each listing has what is asked for."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from directory.index import weights
from directory.index.boosts import Boost, Boosts
from directory.index.catalog import Catalog
from directory.index.column import Mask
from directory.index.mentions import Mentions
from directory.index.names import Names
from directory.index.passages import Passages
from directory.index.query import Clause, Query
from directory.index.scores import (
    MEANT_TOO,
    MENTIONED,
    NAMED,
    ClauseScore,
    Scored,
    Scores,
    Tiers,
    loose_of,
    required_of,
)
from directory.index.text_index import TextIndex, Zone
from directory.index.words import EXACT


class Scorer:
    """Scores the listings of a catalog by a text index."""

    def __init__(
        self,
        catalog: Catalog,
        index: TextIndex,
        *,
        names: Names,
        passages: Passages,
        boosts: Boosts,
    ) -> None:
        """Score by `index`, whose rows are those of `catalog` and of the others."""
        self._catalog = catalog
        self._index = index
        self._names = names
        self._passages = passages
        self._boosts = boosts

    def score(self, query: Query, day: dt.date) -> Scored:
        """Return the scores of all listings for `query` on `day`."""
        self._index.prepare(dict.fromkeys(_terms_of(query)))
        scores = tuple(self._clause(clause, day) for clause in query.clauses)
        loose = loose_of(scores)
        required = required_of([s for s in scores if s not in loose])
        being = self._having(self._names.being(words) for words in query.names)
        holding = self._having(self._names.holding(words) for words in query.names)
        if np.count_nonzero(holding) <= weights.FEW_NAMES * self._catalog.size:
            being = being | holding
        soft = [s for s in scores if s not in required and s not in loose]
        return Scored(
            clauses=scores,
            required=required,
            loose=loose,
            relevance=self._relevance(query, scores, required)
            + weights.WHOLE_NAME * being
            + weights.IN_NAME * (holding & ~being),
            whole_name=being,
            bodies=self._having(
                self._names.of_bodies(words, weights.FEW_BODIES)
                for words in query.names
            ),
            official=self._official(required),
            hits=self._count(score.hit for score in required),
            suits=self._count(
                [*(s.tiers == NAMED for s in soft), *(s.hit for s in loose)]
            ),
            refuses=self._count(score.refuses for score in scores) > 0,
            tiers=self._tiers(required, holding),
        )

    def _relevance(
        self,
        query: Query,
        scores: Sequence[ClauseScore],
        required: Sequence[ClauseScore],
    ) -> Scores:
        relevance = self._mean(scores, required) + self._catalog.bonus
        if required:
            relevance += self._catalog.focused
        if not query.counties:
            relevance += weights.STATEWIDE * self._catalog.statewide
        return relevance.round(6)

    def _official(self, required: Sequence[ClauseScore]) -> Mapping[int, Boost]:
        concepts = (concept for s in required for concept in s.clause.concepts)
        return self._boosts.of(concepts)

    def _tiers(self, required: Sequence[ClauseScore], holding: Mask) -> Tiers:
        """Return the worst tier of what is required; a name that was typed is none."""
        tiers = np.full(self._catalog.size, NAMED, dtype=np.int8)
        for score in required:
            tiers = np.maximum(tiers, score.tiers)
        return np.where(holding, np.minimum(tiers, MEANT_TOO), tiers).astype(np.int8)

    def _count(self, masks: Iterable[Mask]) -> Tiers:
        count = np.zeros(self._catalog.size, dtype=np.int8)
        for mask in masks:
            count += mask
        return count

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

    def _clause(self, clause: Clause, day: dt.date) -> ClauseScore:
        values, named = self._quoted(clause) if clause.quoted else self._words(clause)
        said = values > 0
        self._add_concepts(clause, values)
        strong = values >= weights.STRONG
        tagged = self._tagged(clause, values)
        facts = self._facts(clause, values, day)
        first = [tagged[code] for code in clause.codes]
        fits = [are for are, _ in facts.values()]
        sure = np.logical_or.reduce([strong, *fits, *first])
        too = np.logical_or.reduce([self._none(), *tagged.values()])
        values += self._mentioned(clause) * (values >= weights.STRONG)
        values[values > 0] += self._exactness(clause)[values > 0]
        return ClauseScore(
            clause=clause,
            values=values,
            tiers=np.select([sure, too], [NAMED, MEANT_TOO], MENTIONED).astype(np.int8),
            said=said,
            named=named,
            facts=facts,
            mentions=Mentions(self._index, clause.also),
            tagged=tagged,
        )

    def _add_concepts(self, clause: Clause, values: Scores) -> None:
        """Let `values` count a synonym where the words themselves are not."""
        for zone in Zone:
            for concept in clause.concepts:
                rows = self._index.rows(zone, concept)
                also = weights.ALSO * weights.BOOSTS[zone]
                values[rows] = np.maximum(values[rows], also)

    def _tagged(self, clause: Clause, values: Scores) -> dict[str, Mask]:
        """Return who has the kinds of help that are meant; `values` count them."""
        tagged: dict[str, Mask] = {}
        for codes, worth in (
            (clause.codes, weights.CODE),
            (clause.second_codes, weights.SECOND_CODE),
        ):
            for code in codes:
                tagged[code] = self._catalog.service.having(code)
                np.maximum(values, worth * tagged[code], out=values)
        return tagged

    def _facts(
        self, clause: Clause, values: Scores, day: dt.date
    ) -> dict[str, tuple[Mask, Mask]]:
        """Return who is known to be so, and who not to be; `values` count the first."""
        facts = {fact: self._catalog.being(fact, day) for fact in clause.facts}
        for are, _ in facts.values():
            np.maximum(values, weights.FACT * are, out=values)
        return facts

    def _quoted(self, clause: Clause) -> tuple[Scores, Mask]:
        """Return the best zone of a quotation, and who has it in a name."""
        values, named = np.zeros(self._catalog.size), self._none()
        every, _ = self._words(clause)
        for row in np.flatnonzero(every).tolist():
            zones = self._passages.zones(row, clause.words)
            values[row] = max((weights.BOOSTS[zone] for zone in zones), default=0.0)
            named[row] = not {Zone.NAME, Zone.ORGANIZATION}.isdisjoint(zones)
        return values, named

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
        mask = self._none()
        for rows in found:
            mask[rows] = True
        return mask

    def _none(self) -> Mask:
        return np.zeros(self._catalog.size, dtype=np.bool_)


def _terms_of(query: Query) -> Iterator[str]:
    """Yield all terms that scoring a query looks up."""
    for clause in query.clauses:
        yield from (form for forms in clause.forms for form in forms)
        yield from clause.concepts
        yield from (EXACT + word for word in clause.exact)
