"""Two databases that differ only in secrets answer every request with the same bytes.

A run compares one request in `SHARE` of each world, another share in each, so that
twenty worlds compare every request several times. `SAFETY_FULL=1` compares all of them
in all of them.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from directory.cli.main import cli
from directory.settings import Settings
from directory.web.site import site_of
from tests.safety import faults
from tests.safety.crawl import (
    SMALL,
    Example,
    Known,
    crawl,
    examples,
    matches,
    not_crawled,
    not_reached,
)
from tests.safety.sites import stopped
from tests.safety.visit import Ask, Reply, ask
from tests.safety.world import add_secrets, build, settings_in

WORLDS = range(1, 21)
SHARE = 1 if os.environ.get("SAFETY_FULL") else 10

ASKED_COMMANDS = {"export", "match", "report"}
"""Commands that write what the public may have."""

OTHER_COMMANDS = {
    *("init", "serve", "load", "check", "reindex", "account", "backup", "restore"),
}
"""Commands that say nothing of the directory but how many records there are."""

OPERATORS_COMMANDS = {"history", "remind", "bounce"}
"""Commands for whoever keeps the directory, and so may know of every listing."""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Ask], Reply]:
    """Return what the plain world answers, each asked once.

    It is a world of its own: what is reported stays in it, for whoever comes next.
    """
    app = stopped(build(tmp_path_factory.mktemp("answers"), 0))
    held: dict[Ask, Reply] = {}

    def answer(what: Ask) -> Reply:
        if what not in held:
            held[what] = ask(app, what)
        return held[what]

    return answer


def differences(
    answers: Callable[[Ask], Reply], other: Flask, asks: Iterable[Ask]
) -> Iterator[str]:
    """Yield each request that is not answered alike, and where the answers part."""
    for what in asks:
        one, two = answers(what), ask(other, what)
        if one != two:
            yield f"{what}\n{first_difference(one, two)}"


def first_difference(one: Reply, two: Reply) -> str:
    """Return where two answers part."""
    if one.status != two.status:
        return f"status {one.status}, {two.status}"
    if one.body == two.body:
        return f"headers {set(one.headers) ^ set(two.headers)}"
    at = next(
        (n for n, (a, b) in enumerate(zip(one.body, two.body, strict=False)) if a != b),
        min(len(one.body), len(two.body)),
    )
    near = slice(max(at - 80, 0), at + 80)
    return f"byte {at}\n  {one.body[near]!r}\n  {two.body[near]!r}"


def test_every_route_is_crawled(plain: Settings) -> None:
    app = stopped(plain)
    assert not_crawled(app, SMALL) == [], "add an example to tests/safety/crawl.py"
    assert not_reached(app, crawl(app, SMALL)) == []


def test_a_route_without_an_example_is_noticed(plain: Settings) -> None:
    app = stopped(plain)
    app.add_url_rule("/new", "new", lambda: "new")
    assert not_crawled(app, SMALL) == ["/new"]


@pytest.mark.parametrize("number", WORLDS)
def test_what_is_hidden_changes_no_byte(
    answers: Callable[[Ask], Reply], tmp_path: Path, number: int
) -> None:
    app = stopped(build(tmp_path, number))
    asks = crawl(app, SMALL)[number % SHARE :: SHARE]
    assert list(differences(answers, app, asks))[:3] == []


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_hidden_changes_no_file_and_no_output_of_a_command(
    plain: Settings, tmp_path: Path, number: int
) -> None:
    other = build(tmp_path / "other", number)
    assert written(plain, tmp_path / "1") == written(other, tmp_path / "2")


def test_every_command_is_compared_or_says_nothing() -> None:
    known = ASKED_COMMANDS | OTHER_COMMANDS | OPERATORS_COMMANDS
    assert set(cli.commands) <= known


def written(settings: Settings, folder: Path) -> Mapping[str, str]:
    """Return what the commands write, by name of file, or of command."""
    folder.mkdir()
    sent = folder / "request.json"
    sent.write_text(json.dumps(next(iter(matches()))), encoding="utf-8")
    said = {
        "export": run(settings, "export", str(folder / "out")),
        "match": run(settings, "match", str(sent)),
    }
    if "report" in cli.commands:
        said["report"] = run(settings, "report", "coverage", "--json")
    files = {file.name: file.read_text("utf-8") for file in (folder / "out").iterdir()}
    return {**files, **{k: v.replace(str(folder), "") for k, v in said.items()}}


def run(settings: Settings, *words: str) -> str:
    """Return what a command of `aftercare` says about an installation."""
    environ = {"AFTERCARE_DATA_DIR": str(settings.data_dir)}
    result = CliRunner().invoke(cli, words, env=environ, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


SUGGESTED = [
    Example(query=[("q", word)])
    for word in ("harbor", "shelter", "refuge", "legal", "asylum", "of harbor", "women")
]
FAULTS: Mapping[str, tuple[Callable[[Settings], Flask], Sequence[str]]] = {
    "ranks by true distance": (faults.true_distance, ["match_api.match"]),
    "one index, filtered afterwards": (faults.shared_index, ["public.search"]),
    "suggestions, filtered afterwards": (faults.filtered_suggestions, ["suggest_all"]),
    "a field in JSON": (faults.field_in_json, ["match_api.match"]),
    "everybody is taken for staff": (faults.wrong_audience, ["public.organization"]),
    "403 for the hidden, 404 else": (
        faults.told_by_refusal,
        ["public.service"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(plain: Settings, tmp_path: Path, name: str) -> None:
    make, endpoints = FAULTS[name]
    one = make(plain)
    table = {**SMALL, "suggest_all": SUGGESTED}
    asks = [a for a in crawl(one, table) if endpoint_of(one, a) in endpoints]
    assert asks
    worlds = (make(build(tmp_path / str(n), n)) for n in (1, 2, 3))
    assert any(next(differences(lambda a: ask(one, a), w, asks), None) for w in worlds)


def endpoint_of(app: Flask, what: Ask) -> str:
    """Return the endpoint that answers."""
    adapter = app.url_map.bind("localhost")
    path = what.path.partition("?")[0]
    return (
        adapter.match(path, what.method)[0] if adapter.test(path, what.method) else ""
    )


def test_the_shipped_directory_tells_no_secret_either(
    site_settings: Settings, tmp_path: Path
) -> None:
    # Two copies: what is reported stays, and others need the first.
    for name in ("plain", "other"):
        shutil.copytree(site_settings.data_dir, tmp_path / name)
    first, other = settings_in(tmp_path / "plain"), settings_in(tmp_path / "other")
    add_secrets(other, 7)
    one, two = stopped(first), stopped(other)
    snapshot = site_of(one).snapshot()
    table = examples(
        Known(
            services=[*snapshot.listings, *snapshot.closed][::SHARE],
            organizations=[*snapshot.organizations][::SHARE],
            counties=[c.fips for c in site_of(one).gazetteer.counties][::SHARE],
        )
    )
    asks = crawl(one, table)[::SHARE]
    found = differences(lambda what: ask(one, what), two, asks)
    assert list(found)[:3] == []
    assert written(first, tmp_path / "1") == written(other, tmp_path / "2")
