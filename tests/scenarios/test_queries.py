"""Queries as advocates type them, over the directory that ships, on both engines.

A row of `queries.csv` names the listings that must be found, as `organization >
service` or `organization > code`. A query fails where search is worse, not where the
row is: it says what an advocate wants.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory.index.result import SearchRequest
from directory.index.search import Searcher
from directory.projection import Listing, Snapshot

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("America/New_York"))
FIRST = 10
RECALL, MRR = 0.97, 0.85
LEAST = 150

KINDS = {
    "acronym",
    "city",
    "county",
    "lay",
    "name",
    "need",
    "phrase",
    "region",
    "typo",
    "zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One row: what is typed, and pairs of an organization and a service or code."""

    text: str
    near: str
    language: str
    kinds: frozenset[str]
    expected: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The ranks at which the expected listings of a query stand, `None` if missing."""

    query: Query
    ranks: tuple[int | None, ...]

    @property
    def recall(self) -> float:
        """The share of the expected listings among the first ten."""
        found = [rank for rank in self.ranks if rank is not None and rank <= FIRST]
        return len(found) / len(self.ranks)

    @property
    def reciprocal_rank(self) -> float:
        """One over the rank of the first expected listing."""
        ranks = [rank for rank in self.ranks if rank is not None]
        return 1 / min(ranks) if ranks else 0.0


@cache
def queries() -> tuple[Query, ...]:
    """Return the rows of `queries.csv`."""
    file = Path(__file__).with_name("queries.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Query(
                text=row["query"],
                near=row["near"],
                language=row["language"],
                kinds=frozenset(row["kinds"].split()),
                expected=tuple(
                    (organization, service)
                    for one in row["expected"].split(" ; ")
                    for organization, _, service in [one.partition(" > ")]
                ),
            )
            for row in csv.DictReader(lines)
        )


def outcome(searcher: Searcher, snapshot: Snapshot, query: Query) -> Outcome:
    request = SearchRequest(text=query.text, place=query.near)
    hits = [hit.listing for hit in searcher.search(snapshot, request, NOON).hits]
    ranks = (
        next((n for n, hit in enumerate(hits, 1) if is_meant(hit, one)), None)
        for one in query.expected
    )
    return Outcome(query=query, ranks=tuple(ranks))


def is_meant(listing: Listing, expected: tuple[str, str]) -> bool:
    organization, service = expected
    return listing.organization.name == organization and (
        listing.name == service or service in listing.codes
    )


def test_the_queries_are_many_and_of_all_kinds() -> None:
    some = queries()
    assert len(some) >= LEAST
    assert {kind for query in some for kind in query.kinds} == KINDS
    assert share(query.language == "es" for query in some) >= 1 / 3
    assert share("typo" in query.kinds for query in some) >= 1 / 5
    assert len({(query.text, query.near) for query in some}) == len(some)


def test_what_must_be_found_is_in_the_directory(snapshot: Snapshot) -> None:
    listings = list(snapshot.listings.values())
    for query in queries():
        assert len(query.expected) <= FIRST
        for expected in query.expected:
            assert any(is_meant(x, expected) for x in listings), (query.text, expected)


def test_advocates_find_what_they_look_for(
    searcher: Searcher,
    snapshot: Snapshot,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    outcomes = [outcome(searcher, snapshot, query) for query in queries()]
    recall = mean([one.recall for one in outcomes])
    mrr = mean([one.reciprocal_rank for one in outcomes])
    for line in figures(request.node.callspec.params["searcher"], outcomes):
        record_property("figure", line)
    missed = [o.query.text for o in outcomes if o.recall < 1]
    assert recall >= RECALL, missed
    assert mrr >= MRR, [o.query.text for o in outcomes if o.reciprocal_rank < 1]


def figures(engine: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the figures of one engine, for all queries and for each kind."""
    yield f"queries on {engine}: {row(outcomes)}"
    for name in ("en", "es", *sorted(KINDS)):
        some = [o for o in outcomes if name in {o.query.language, *o.query.kinds}]
        yield f"  {name:8} {row(some)}"


def row(outcomes: Sequence[Outcome]) -> str:
    recall = mean([one.recall for one in outcomes])
    mrr = mean([one.reciprocal_rank for one in outcomes])
    return f"recall@{FIRST} {recall:.3f}, MRR {mrr:.3f}, {len(outcomes)} queries"


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def share(values: Iterator[bool]) -> float:
    return mean([float(value) for value in values])
