"""The answers to situations that advocates meet, over the directory that ships.

The moment is fixed, so that nothing depends on the clock. The figures stand at the end
of a run, and `-s` prints them at once.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from directory.cli.setup import load_first_data, make_tables
from directory.paths import shipped
from directory.places import Gazetteer
from directory.projection import Snapshot, take_snapshot
from directory.referral.answer import Answer, answer_of
from directory.referral.engine import Engine
from directory.referral.request import MAX_OPTIONS, ZONE, read_request
from directory.settings import load_settings
from directory.vocabulary import read_terms
from tests.scenarios.situation import Situation, ndcg, situations

AT = dt.datetime(2026, 12, 2, 14, 0, tzinfo=ZONE)
ALL = situations()
MET, QUALITY = 0.95, 0.9


class Desk:
    """Somebody who answers requests from the directory that ships."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the desk."""
        seed_data = shipped("seed_data")
        self.snapshot = snapshot
        self._gazetteer = Gazetteer.load(seed_data / "gazetteer")
        self._terms = read_terms(seed_data)
        self._engine = Engine(self._gazetteer, self._terms)

    def answer(self, situation: Situation) -> Answer:
        """Return the answer to a situation, with as many options as can be had."""
        request = read_request(
            {**situation.request, "limit": MAX_OPTIONS},
            terms=self._terms,
            gazetteer=self._gazetteer,
            now=AT,
        )
        referral = self._engine.match(request, self.snapshot)
        return answer_of(referral, tuple(need.code for need in request.needs.needs))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk over the shipped directory, loaded once."""
    folder: Path = tmp_path_factory.mktemp("scenarios")
    engine = make_tables(load_settings({"AFTERCARE_DATA_DIR": str(folder)}))
    load_first_data(engine)
    yield Desk(take_snapshot(engine))
    engine.dispose()


@pytest.mark.parametrize("situation", ALL, ids=lambda situation: situation.name)
def test_nobody_is_named_who_must_never_be(desk: Desk, situation: Situation) -> None:
    assert situation.forbidden(desk.answer(situation)) == []


def test_advocates_are_told_what_they_would_want(
    desk: Desk, record_property: Callable[[str, object], None]
) -> None:
    answers = [(situation, desk.answer(situation)) for situation in ALL]
    missed = {s.name: s.missed(answer) for s, answer in answers}
    gains = [gain for s, answer in answers for gain in s.gains(answer)]
    forbidden = sum(len(s.forbidden(answer)) for s, answer in answers)
    met = sum(not what for what in missed.values()) / len(ALL)
    quality = sum(gains) / len(gains)
    figures = (
        f"{len(ALL)} situations: {met:.0%} met, nDCG@5 {quality:.3f} over"
        f" {len(gains)} lists, {forbidden} forbidden"
    )
    record_property("figure", figures)
    print(f"\n{figures}")  # noqa: T201 - the figures are for whoever runs it with -s
    unmet = {name: what for name, what in missed.items() if what}
    assert met >= MET, unmet
    assert quality >= QUALITY, unmet
    assert forbidden == 0


def test_every_name_that_is_expected_is_in_the_directory(desk: Desk) -> None:
    listings = desk.snapshot.listings.values()
    known = {o.full_name for o in desk.snapshot.organizations.values()}
    known |= {f"{x.organization.full_name} :: {x.name}" for x in listings}
    named = {
        name
        for situation in ALL
        for expected in (situation.first, situation.good, situation.not_first)
        for names in expected.values()
        for name in names
    }
    named |= {name for situation in ALL for name in situation.never}
    named |= {name for situation in ALL for name, _ in situation.asked}
    assert named - known == set()


def test_whoever_must_never_be_named_would_cover_a_need(desk: Desk) -> None:
    # A prohibition of somebody who is never in question would prove nothing.
    codes: dict[str, set[str]] = {}
    for listing in desk.snapshot.listings.values():
        organization = listing.organization.full_name
        for name in (organization, f"{organization} :: {listing.name}"):
            codes.setdefault(name, set()).update(listing.codes)
    idle = [
        (situation.name, name)
        for situation in ALL
        for name in situation.never
        if not codes[name] & {need["code"] for need in situation.request["needs"]}
    ]
    assert idle == []


def test_there_are_enough_situations_and_each_has_its_name() -> None:
    assert len({situation.name for situation in ALL}) == len(ALL) >= 40


def test_the_order_is_measured_by_its_first_five() -> None:
    worth = {"a": 3, "b": 1}
    assert ndcg(["a", "b", "x"], worth) == 1
    assert ndcg(["b", "a"], worth) < 1
    assert ndcg(["x", "x2", "x3", "x4", "x5", "a"], worth) == 0
