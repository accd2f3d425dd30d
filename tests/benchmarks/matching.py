"""The matcher at several sizes, beside a Python loop, SQLite and PostgreSQL."""

from collections.abc import Sequence
from contextlib import ExitStack

from sqlalchemy import Engine, create_engine

from matcher.candidate import Candidate
from matcher.ranking import rank
from tests.benchmarks import one_query, plain_loop
from tests.benchmarks.timing import once, timed
from tests.benchmarks.world import (
    AT,
    World,
    candidates,
    catalog,
    folder_of_results,
    requests,
)
from tests.fixtures.postgresql import find_programs, running

RUNS = 100
FEW = 3
LOOPS_UP_TO = 100_000
DATABASES_UP_TO = 100_000


def measure(world: World, sizes: Sequence[int]) -> None:
    """Print a line for each engine and size: build, median, 95th percentile."""
    print("\nmatching: three needs, a county, some answers; milliseconds")  # noqa: T201
    for size in sizes:
        services = candidates(world, size)
        _measure_matcher(world, services)
        if size <= LOOPS_UP_TO:
            _measure_loop(world, services)
        if size <= DATABASES_UP_TO:
            _measure_databases(world, services)


def _measure_matcher(world: World, services: list[Candidate]) -> None:
    compiled, built = once(lambda: catalog(world, services))
    wanted = requests(world, RUNS)
    times = timed(lambda needs: rank(compiled, needs, limit=10), wanted)
    _say(len(services), "this matcher", built, times)


def _measure_loop(world: World, services: list[Candidate]) -> None:
    day = AT.date()
    times = timed(
        lambda needs: plain_loop.match(services, needs, world.gazetteer, day),
        requests(world, FEW),
    )
    _say(len(services), "a Python loop", 0.0, times)


def _measure_databases(world: World, services: list[Candidate]) -> None:
    with ExitStack() as stack:
        file = folder_of_results() / "rival.db"
        engines = {"SQLite, one query": create_engine(f"sqlite:///{file}")}
        programs = find_programs()
        if programs is not None:
            server = stack.enter_context(running(programs))
            server.run("CREATE DATABASE rival")
            engines["PostgreSQL, one query"] = create_engine(server.url("rival"))
        for name, engine in engines.items():
            _measure_database(world, services, name, engine)
            engine.dispose()


def _measure_database(
    world: World, services: list[Candidate], name: str, engine: Engine
) -> None:
    _, built = once(lambda: one_query.fill(engine, services))
    with engine.connect() as connection:
        wanted = list(requests(world, RUNS // 4))
        times = timed(lambda n: one_query.match(connection, n), wanted)
    _say(len(services), name, built, times)


def _say(size: int, name: str, built: float, times: tuple[float, float]) -> None:
    print(  # noqa: T201
        f"{size:>9,} services  {name:<24} build {built:8.2f} s"
        f"   p50 {times[0]:9.3f}   p95 {times[1]:9.3f}"
    )
