"""Two processes over one database: edits are searched, what was hidden is gone."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.database import writing
from directory.hsds import Location, Service, ServiceStatus, Visibility
from directory.index.result import SearchRequest, SearchResult
from directory.interchange.load import load_package
from directory.interchange.package import read_package
from directory.projection import Follower
from tests.builders import rows
from tests.builders.scenes import scene
from tests.index.listings import NOON, SEED_DATA, TERMS, Storage, searcher

PUBLIC, NETWORK = Visibility.PUBLIC, Visibility.NETWORK

Hide = Callable[[Engine], None]


class Worker:
    """What a process of the site has: a follower and a searcher of its own."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._follower = Follower(engine)
        self._searcher = searcher(Storage(folder=folder, database=engine))

    def search(self, text: str = "", **more: object) -> SearchResult:
        """Return one page of what a visitor finds now."""
        request = SearchRequest(text=text, **more)  # type: ignore[arg-type]
        return self._searcher.search(self._follower.current(), request, NOON)

    def found(self, text: str) -> list[str]:
        """Return the names of what a visitor finds now."""
        return [hit.listing.name for hit in self.search(text).hits]

    def suggested(self, text: str) -> list[str]:
        """Return what is suggested to a visitor now."""
        found = self._searcher.suggest(self._follower.current(), text, "en")
        return [suggestion.text for suggestion in found]


@pytest.fixture
def workers(engine: Engine, tmp_path: Path) -> tuple[Worker, Worker]:
    """Return two processes over a directory of two services."""
    secret = scene(
        PUBLIC,
        name="secret",
        of=rows.organization(id="so", name="Zebrawood Collective"),
        description="Quilting.",
    )
    other = scene(PUBLIC, name="other", description="Quilting.")
    term = rows.term(taxonomy := rows.taxonomy())
    tags = [rows.attribute(made.service, term) for made in (secret, other)]
    rows.save(engine, *secret.records, *other.records, taxonomy, term, *tags)
    with writing(engine) as session:
        session.get_one(Service, "secret").name = "Zebrawood retreat"
    return Worker(engine, tmp_path), Worker(engine, tmp_path)


def hide_places(engine: Engine) -> None:
    with writing(engine) as session:
        place = session.get_one(Location, "secret-0")
        place.visibility = NETWORK
        place.latitude = place.longitude = None
        place.county_fips = place.region = None


def make_inactive(engine: Engine) -> None:
    with writing(engine) as session:
        session.get_one(Service, "secret").status = ServiceStatus.INACTIVE


def close(engine: Engine) -> None:
    with writing(engine) as session:
        session.get_one(Service, "secret").status = ServiceStatus.DEFUNCT


@pytest.mark.parametrize("hide", [hide_places, make_inactive, close])
def test_what_was_hidden_is_gone_from_everything_at_the_next_request(
    engine: Engine, workers: tuple[Worker, Worker], hide: Hide
) -> None:
    for worker in workers:
        assert worker.found("zebrawood") == ["Zebrawood retreat"]
        assert "Zebrawood retreat" in worker.suggested("zebr")
        assert worker.search().total == 2
        corrected = worker.search("zebrawod").understood.corrected
        assert corrected == {"zebrawod": "zebrawood"}
    hide(engine)
    for worker in workers:
        assert worker.found("zebrawood") == []
        assert worker.found('"zebrawood retreat"') == []
        assert worker.suggested("zebr") == []
        everything = worker.search()
        assert (everything.total, sum(everything.groups.values())) == (1, 1)
        tagged = {v.code: v.count for v in everything.facets["service"]}
        assert tagged["emergency_shelter"] == 1
        assert worker.search("zebrawod").understood.corrected == {}
        assert worker.search("zebr").understood.corrected == {}


def test_what_a_hidden_listing_says_changes_nothing(
    engine: Engine, workers: tuple[Worker, Worker]
) -> None:
    hide_places(engine)
    one, two = workers
    before = one.search("quilting origami")
    with writing(engine) as session:
        session.get_one(Service, "secret").description = "Origami. " * 50
    for worker in workers:
        assert worker.search("quilting origami") == before
    assert two.search("origamy").understood.corrected == {}


def test_an_edit_is_searched_in_every_process(
    engine: Engine, workers: tuple[Worker, Worker]
) -> None:
    for worker in workers:
        assert worker.found("origami") == []
    with writing(engine) as session:
        session.get_one(Service, "other").description = "Origami."
    for worker in workers:
        assert len(worker.found("origami")) == 1
        assert len(worker.found("quilting")) == 1


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_an_edit_of_the_whole_directory_is_searched_within_a_second(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    engine: Engine = request.getfixturevalue(kind)
    load_package(engine, read_package(SEED_DATA), TERMS)
    workers = [Worker(engine, tmp_path), Worker(engine, tmp_path)]
    for worker in workers:
        worker.search("shelter")
    # What other tests left in memory is not looked through, as it is not by a server.
    gc.collect()
    gc.freeze()
    for number in range(2):
        word = f"origami{number}"
        with writing(engine) as session:
            edited = session.get_one(Service, "00473cf4-40ff-ae6b-9a5a-a893c8a3ab78")
            edited.description = word
        for worker in workers:
            # What this process does counts, and not what else the machine does.
            committed = time.process_time()
            assert len(worker.found(word)) == 1
            assert time.process_time() - committed < 1
    gc.unfreeze()
