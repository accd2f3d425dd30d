"""Search at several sizes, beside SQLite FTS5 and PostgreSQL's text search alone.

The rivals only find and rank words; the searcher also understands the place, groups by
coverage, counts every filter, and says why.
"""

import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

from sqlalchemy import Connection, Engine, create_engine, text

from directory.index.result import SearchRequest
from directory.index.search import open_searcher
from directory.paths import shipped
from directory.projection import Snapshot
from tests.benchmarks.timing import once, timed
from tests.benchmarks.world import AT, World, folder_of_results
from tests.fixtures.postgresql import find_programs, running

RUNS = 60
KINDS = {
    "all words": ["emergency shelter", "immigration lawyer", "food pantry", "job help"],
    "Spanish": ["abogado", "albergue", "clases de inglés", "consejería"],
    "prefix": ["counsel", "shelt", "immigr", "transp"],
    "typo": ["sheltr", "abogdo", "counceling", "imigration"],
}


def measure(world: World, sizes: Sequence[int]) -> None:
    """Print a line for each engine, size and kind of query."""
    print("\nsearch: one page of twenty, filters counted; milliseconds")  # noqa: T201
    for size in sizes:
        snapshot = grown(world, size)
        _measure_searcher(world, snapshot)
        _measure_rivals(snapshot)


def grown(world: World, size: int) -> Snapshot:
    """Return a snapshot of `size` listings: real ones, with their words mixed."""
    chance = random.Random(size)  # noqa: S311 - a world, no secret
    real = list(world.snapshot.listings.values())
    listings = {}
    for number in range(size):
        body, words = chance.choice(real), chance.choice(real)
        key = f"{number:08d}"
        listings[key] = replace(
            body, id=key, description=f"{body.description} {words.description}"
        )
    return replace(world.snapshot, seq=size, listings=listings)


def _measure_searcher(world: World, snapshot: Snapshot) -> None:
    searcher = open_searcher(
        folder_of_results(),
        gazetteer=world.gazetteer,
        terms=world.terms,
        seed_data=shipped("seed_data"),
    )
    _, built = once(lambda: searcher.prepare(snapshot))
    for kind, queries in KINDS.items():
        wanted = [
            SearchRequest(text=queries[n % len(queries)], county="37183")
            for n in range(RUNS)
        ]
        times = timed(lambda w: searcher.search(snapshot, w, AT), wanted)
        _say(len(snapshot.listings), f"this search, {kind}", built, times)


def _measure_rivals(snapshot: Snapshot) -> None:
    rows = [
        {
            "id": listing.id,
            "name": f"{listing.name} {listing.organization.full_name}",
            "words": listing.description,
        }
        for listing in snapshot.listings.values()
    ]
    with ExitStack() as stack:
        file = folder_of_results() / "rival.db"
        engine = create_engine(f"sqlite:///{file}")
        _measure_rival("SQLite FTS5", engine, _FTS5, rows)
        programs = find_programs()
        if programs is not None:
            server = stack.enter_context(running(programs))
            server.run("CREATE DATABASE rival")
            engine = create_engine(server.url("rival"))
            _measure_rival("PostgreSQL", engine, _POSTGRESQL, rows)


_FTS5 = (
    "CREATE VIRTUAL TABLE doc USING fts5(id UNINDEXED, name, words, tokenize=porter)",
    "INSERT INTO doc VALUES (:id, :name, :words)",
    "SELECT id FROM doc WHERE doc MATCH :query ORDER BY bm25(doc) LIMIT 20",
)
_POSTGRESQL = (
    "CREATE TABLE doc (id TEXT, name TEXT, words TEXT, v tsvector GENERATED ALWAYS AS"
    " (setweight(to_tsvector('english', name), 'A') ||"
    " setweight(to_tsvector('english', words), 'D')) STORED)",
    "INSERT INTO doc (id, name, words) VALUES (:id, :name, :words)",
    "SELECT id FROM doc, plainto_tsquery('english', :query) q WHERE v @@ q"
    " ORDER BY ts_rank(v, q) DESC LIMIT 20",
)


def _measure_rival(
    name: str,
    engine: Engine,
    statements: tuple[str, str, str],
    rows: list[dict[str, str]],
) -> None:
    table, insert, select = statements

    def fill() -> None:
        with engine.begin() as connection:
            connection.execute(text(table))
            connection.execute(text(insert), rows)
            if name == "PostgreSQL":
                connection.execute(text("CREATE INDEX doc_v ON doc USING gin (v)"))

    _, built = once(fill)
    with engine.connect() as connection:
        queries = [KINDS["all words"][n % 4] for n in range(RUNS)]
        times = timed(lambda query: _ask(connection, select, query), queries)
    _say(len(rows), f"{name}, all words", built, times)
    engine.dispose()


def _ask(connection: Connection, select: str, query: str) -> list[object]:
    return list(connection.execute(text(select), {"query": query}))


def _say(size: int, name: str, built: float, times: tuple[float, float]) -> None:
    print(  # noqa: T201
        f"{size:>9,} services  {name:<24} build {built:8.2f} s"
        f"   p50 {times[0]:9.3f}   p95 {times[1]:9.3f}"
    )
