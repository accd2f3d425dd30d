"""The text index in PostgreSQL: what its tables hold, and what may happen to them."""

import logging
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from directory.database import open_engine
from directory.index.document import Document
from directory.index.postgres_tables import Held, Tables
from directory.index.text_index import Zone
from tests.index.conftest import Databases
from tests.index.listings import (
    Storage,
    ids,
    listing,
    searcher,
    snapshot,
    world,
)

pytestmark = pytest.mark.postgresql

LISTINGS = (
    listing("a", "Food pantry", "food", description="Waitlist. The cook's café."),
    listing("b", "Shelter", "emergency_shelter", description="Waitlist."),
)
HELD = (
    "SELECT digest FROM search_edition",
    "SELECT CAST(terms AS text) FROM search_document",
    "SELECT word FROM search_word",
)


@pytest.fixture
def storage(databases: Databases, tmp_path: Path) -> Generator[Storage]:
    """Return an empty database for indexes, and a folder that should stay empty."""
    with databases() as database:
        yield Storage(folder=tmp_path / "index", database=database)


def database_of(storage: Storage) -> Engine:
    assert storage.database is not None
    return storage.database


def run(storage: Storage, *statements: str) -> None:
    with database_of(storage).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def ask(storage: Storage, statement: str) -> list[str]:
    with database_of(storage).connect() as connection:
        return [str(value) for value in connection.scalars(text(statement))]


def held(storage: Storage) -> str:
    """Return all that the tables hold, as one text."""
    return "\n".join(row for statement in HELD for row in ask(storage, statement))


def test_it_is_kept_in_the_database_and_not_in_files(storage: Storage) -> None:
    assert set(world(storage, *LISTINGS).found("waitlist")) == {"a", "b"}
    assert "e:waitlist" in held(storage)
    assert not storage.folder.exists()


def test_terms_with_quotes_and_backslashes_are_found(storage: Storage) -> None:
    odd = world(storage, listing("a", "O'Neil's \\ 'place' :A & b"))
    assert odd.found("oneils") == ["a"]
    assert odd.found("place") == ["a"]


def test_the_tables_hold_what_the_public_may_see_and_nothing_that_was(
    storage: Storage,
) -> None:
    engine = searcher(storage)
    secret = listing("s", "Zebrawood retreat", "emergency_shelter")
    engine.prepare(snapshot([*LISTINGS, secret]))
    assert "zebrawood" in held(storage)
    engine.prepare(snapshot(LISTINGS, seq=2))
    assert "zebrawood" not in held(storage)
    assert "waitlist" in held(storage)
    assert len(ask(storage, "SELECT digest FROM search_edition")) == 1


def test_an_edition_that_is_there_is_not_written_again(storage: Storage) -> None:
    world(storage, *LISTINGS).search()
    before = ask(storage, "SELECT made_at FROM search_edition")
    two = world(storage, *LISTINGS)
    two.search()
    assert ask(storage, "SELECT made_at FROM search_edition") == before
    two.searcher.prepare(two.snapshot, anew=True)
    assert ask(storage, "SELECT made_at FROM search_edition") != before


DAMAGE = [
    ("TRUNCATE search_edition CASCADE",),
    (
        "DROP TABLE search_word",
        "DROP TABLE search_document",
        "DROP TABLE search_edition",
    ),
    ("DELETE FROM search_edition",),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_search_goes_on_and_lost_tables_are_filled_again(
    storage: Storage, damage: tuple[str, ...]
) -> None:
    running = world(storage, *LISTINGS)
    running.search()
    run(storage, *damage)
    assert set(running.found("waitlist")) == {"a", "b"}
    assert "e:waitlist" in held(storage)


def test_a_search_that_was_under_way_ends_as_it_began(storage: Storage) -> None:
    first, second = world(storage, *LISTINGS), world(storage, LISTINGS[0])
    first.search()
    second.search()
    assert set(first.found("waitlist")) == {"a", "b"}
    assert second.found("waitlist") == ["a"]
    # The newer edition stays: what is under way does not put the old one back.
    assert second.found("pantry") == ["a"]
    assert ask(storage, "SELECT size FROM search_edition") == ["1"]


def test_readers_see_all_of_an_edition_or_none_of_it(storage: Storage) -> None:
    terms = {zone: frozenset({"e:pantri"}) for zone in Zone}
    many = [Document(id=f"{number:03}", terms=terms) for number in range(300)]
    tables, stop = Tables(database_of(storage)), threading.Event()
    tables.keep(Held("some digest", many))

    def write() -> None:
        while not stop.is_set():
            tables.keep(Held("some digest", many), anew=True)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(200):
            found = tables.rows("some digest", ["e:pantri"])
            assert found is not None
            assert found["e:pantri"][Zone.NAME].size == len(many)
    finally:
        stop.set()
        writer.join()


def limited(storage: Storage, role: str, *grants: str) -> Storage:
    """Return the same database as somebody may use it who was only given `grants`."""
    url = make_url(str(database_of(storage).url))
    run(storage, f"CREATE ROLE {role} LOGIN", *grants)
    engine = open_engine(url.set(username=role).render_as_string(hide_password=False))
    return Storage(folder=storage.folder, database=engine)


@pytest.fixture
def drop_roles(storage: Storage) -> Generator[Callable[[str], None]]:
    """Return what remembers the roles that have to go with the database."""
    roles: list[str] = []
    yield roles.append
    for role in roles:
        run(storage, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_without_the_right_to_make_extensions_it_works(
    storage: Storage,
    drop_roles: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    drop_roles("search_plain")
    owner = limited(
        storage, "search_plain", "GRANT USAGE, CREATE ON SCHEMA public TO search_plain"
    )
    caplog.set_level(logging.INFO, logger="aftercare")
    town = world(owner, *LISTINGS)
    assert town.found("waitlst") == town.found("waitlist") == ["a", "b"]
    assert town.search("wxqtlzst").total == 0
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "pg_trgm" in caplog.text
    database_of(owner).dispose()


def test_without_the_right_to_make_tables_files_take_their_place(
    storage: Storage,
    drop_roles: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    drop_roles("search_guest")
    guest = limited(
        storage, "search_guest", "REVOKE CREATE ON SCHEMA public FROM public"
    )
    assert set(world(guest, *LISTINGS).found("waitlist")) == {"a", "b"}
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert storage.folder.exists()
    database_of(guest).dispose()


def test_words_that_look_alike_are_asked_of_the_server(storage: Storage) -> None:
    town = world(storage, listing("a", "Papers", "immigration_legal"))
    found = town.search("inmigrasyn")
    assert found.understood.corrected["inmigrasyn"].startswith("inmigra")
    assert ids(found) == ["a"]


def test_nothing_that_was_typed_is_in_the_log(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    running = world(storage, *LISTINGS)
    running.search()
    run(storage, *DAMAGE[1], "CREATE TABLE search_word (nonsense integer)")
    assert running.search("zanzibar waitlist").total == 2
    assert "zanzibar" not in caplog.text
    assert "waitlist" not in caplog.text
