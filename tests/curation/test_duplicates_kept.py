"""Candidates are found once for a snapshot, and never those of another."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from directory.curation.duplicates import KeptCandidates, candidates
from directory.projection import Audience, Snapshot
from tests.index.listings import organization

CLIENTS = 8
TWINS = 150
"""Enough of them that several who look would find them at the same time."""


def snapshot(*names: str, seq: int = 1) -> Snapshot:
    """Return a snapshot of organizations."""
    made = {str(n): organization(name, id=str(n)) for n, name in enumerate(names)}
    return Snapshot(
        seq=seq,
        audience=Audience.PUBLIC,
        listings={},
        organizations=made,
        closed={},
    )


TWO = snapshot("Tanager Haven", "Tanager Haven, Inc.")


def test_what_was_found_is_kept_and_is_what_would_be_found_again() -> None:
    kept = KeptCandidates()
    (found,) = kept.of(TWO)
    assert (found,) == candidates(TWO)
    assert kept.of(TWO)[0] is found


def test_each_snapshot_has_its_own_whatever_its_number_is() -> None:
    kept = KeptCandidates()
    assert len(kept.of(TWO)) == 1
    # A database that was put back from a copy counts on from an old number.
    assert kept.of(snapshot("Tanager Haven", "Oldbridge Legal Aid")) == ()
    assert kept.of(snapshot("Tanager Haven", seq=2)) == ()
    assert len(kept.of(TWO)) == 1


def test_what_staff_may_see_and_what_all_may_see_are_kept_apart() -> None:
    kept = KeptCandidates()
    network = replace(TWO, audience=Audience.NETWORK)
    all_may = replace(TWO, organizations={"0": TWO.organizations["0"]})
    for _ in range(2):
        assert len(kept.of(network)) == 1
        assert kept.of(all_may) == ()


def test_of_many_who_look_at_once_one_finds_them_for_all() -> None:
    names = [f"Tanager Haven {n // 2}" for n in range(TWINS)]
    many, kept, start = snapshot(*names), KeptCandidates(), Barrier(CLIENTS)

    def look(_client: int) -> object:
        start.wait()
        return kept.of(many)

    with ThreadPoolExecutor(CLIENTS) as clients:
        first, *others = clients.map(look, range(CLIENTS))
    assert first == candidates(many)
    assert all(other is first for other in others)
