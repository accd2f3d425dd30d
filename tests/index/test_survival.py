"""Search goes on whatever happens to the files, and shows only what is there."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.index.result import SearchRequest
from directory.index.shelf import Shelf
from tests.index.listings import (
    NOON,
    Storage,
    World,
    ids,
    listing,
    searcher,
    snapshot,
    world,
)

LISTINGS = (
    listing("a", "Food pantry", "food", description="Waitlist."),
    listing("b", "Shelter", "emergency_shelter"),
)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def garble(folder: Path) -> None:
    for path in files(folder):
        data = bytearray(path.read_bytes())
        for position in range(0, len(data), 7):
            data[position] ^= 0x55
        path.write_bytes(bytes(data))


def truncate(folder: Path) -> None:
    for path in files(folder):
        os.truncate(path, path.stat().st_size // 2)


def empty(folder: Path) -> None:
    for path in files(folder):
        os.truncate(path, 0)


def lose_one(folder: Path) -> None:
    files(folder)[0].unlink()


def lose_all(folder: Path) -> None:
    shutil.rmtree(folder)


def become_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


DAMAGE = [garble, truncate, empty, lose_one, lose_all, become_a_file]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_built_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "index"
    world(Storage(folder=folder), *LISTINGS).search()
    damage(folder)
    assert world(Storage(folder=folder), *LISTINGS).found("waitlist") == ["a"]
    assert world(Storage(folder=folder), *LISTINGS).found("waitlist") == ["a"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_does_not_reach_a_search_that_is_under_way(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "index"
    running = world(Storage(folder=folder), *LISTINGS)
    running.search()
    damage(folder)
    assert running.found("waitlist") == ["a"]


@pytest.mark.parametrize("content", [b"", b"junk", b"\x80\x04N." * 50])
def test_an_index_of_another_make_is_built_again(
    tmp_path: Path, content: bytes
) -> None:
    world(Storage(folder=tmp_path), *LISTINGS).search()
    (kept,) = tmp_path.iterdir()
    names = [path.name for path in files(kept) if path.suffix != ".json"]
    assert Shelf(tmp_path).save(kept.name, dict.fromkeys(names, content))
    assert world(Storage(folder=tmp_path), *LISTINGS).found("waitlist") == ["a"]


def test_an_intact_index_is_not_built_again(tmp_path: Path) -> None:
    world(Storage(folder=tmp_path), *LISTINGS).search()
    before = {path: path.stat().st_mtime_ns for path in files(tmp_path)}
    world(Storage(folder=tmp_path), *LISTINGS).search()
    assert {path: path.stat().st_mtime_ns for path in files(tmp_path)} == before


def test_it_can_be_built_anew(tmp_path: Path) -> None:
    one = world(Storage(folder=tmp_path), *LISTINGS)
    one.search()
    before = {path: path.stat().st_ino for path in files(tmp_path)}
    one.searcher.prepare(one.snapshot, anew=True)
    assert {path: path.stat().st_ino for path in files(tmp_path)} != before


def test_where_nothing_can_be_written_memory_is_enough(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert world(Storage(folder=blocked / "index"), *LISTINGS).found("waitlist") == [
        "a"
    ]


def test_many_threads_and_searchers_share_one_folder(tmp_path: Path) -> None:
    found: list[list[str]] = []
    together = threading.Barrier(8)

    def search(one: World) -> None:
        together.wait()
        found.extend(one.found("waitlist") for _ in range(20))

    shared = world(Storage(folder=tmp_path), *LISTINGS)
    worlds = [
        shared,
        shared,
        shared,
        shared,
        *(world(Storage(folder=tmp_path), *LISTINGS) for _ in "1234"),
    ]
    threads = [threading.Thread(target=search, args=(one,)) for one in worlds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["a"]] * 160


def test_an_edit_is_found_at_once_and_what_was_hidden_is_gone(tmp_path: Path) -> None:
    engine = searcher(Storage(folder=tmp_path))
    first = snapshot(LISTINGS)
    request = SearchRequest(text="waitlist")
    assert ids(engine.search(first, request, NOON)) == ["a"]
    edited = snapshot(
        [LISTINGS[0], listing("c", "Other", description="Waitlist.")], seq=2
    )
    assert set(ids(engine.search(edited, request, NOON))) == {"a", "c"}
    hidden = snapshot(LISTINGS[1:], seq=3)
    result = engine.search(hidden, request, NOON)
    assert (result.hits, result.total) == ((), 0)
    assert engine.search(hidden, SearchRequest(), NOON).total == 1
    codes = {
        v.code for v in engine.search(hidden, SearchRequest(), NOON).facets["service"]
    }
    assert codes == {"home", "emergency_shelter"}
    assert [
        s.text for s in engine.suggest(hidden, "food pa", "en") if s.kind == "service"
    ] == []


def test_a_word_of_a_hidden_listing_corrects_no_typo(tmp_path: Path) -> None:
    engine = searcher(Storage(folder=tmp_path))
    secret = listing("s", "Zebrawood retreat")
    typo = SearchRequest(text="zebrawod")
    seen = engine.search(snapshot([*LISTINGS, secret]), typo, NOON)
    assert seen.understood.corrected == {"zebrawod": "zebrawood"}
    unseen = engine.search(snapshot(LISTINGS, seq=2), typo, NOON)
    assert unseen.understood.corrected == {}


def test_old_indexes_are_taken_away(tmp_path: Path) -> None:
    engine = searcher(Storage(folder=tmp_path))
    for number in range(6):
        engine.prepare(snapshot([listing("a", f"Name {number}")], seq=number))
    assert len(list(tmp_path.iterdir())) <= 3


def test_no_listings_at_all_are_no_fault(tmp_path: Path) -> None:
    nothing = world(Storage(folder=tmp_path)).search("shelter durham")
    assert (nothing.total, nothing.pages, nothing.relaxations) == (0, 0, ())
