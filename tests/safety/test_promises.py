"""SECURITY.md names tests that are there, and limits as they are."""

import re
from pathlib import Path

from directory.web.limits import OF_THEIR_OWN, PAGES, UNLIMITED

NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_test_that_is_named_is_there(checkout: Path) -> None:
    text = (checkout / "SECURITY.md").read_text("utf-8")
    named = NAMED.findall(text)
    assert len(named) > 20
    for file, name in named:
        path = checkout / file
        assert path.is_file(), file
        assert not name or f"def {name}(" in path.read_text("utf-8"), name


def test_every_promise_names_a_test(checkout: Path) -> None:
    text = (checkout / "SECURITY.md").read_text("utf-8")
    table = text.partition("## Promises")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    assert [row for row in rows if not NAMED.search(row)] == []


def test_the_limits_are_those_that_are_published(checkout: Path) -> None:
    text = (checkout / "SECURITY.md").read_text("utf-8")
    for limit in (PAGES, *OF_THEIR_OWN.values()):
        minute, hour = re.findall(r"\d+", limit)
        assert f"| {minute} | {hour} |" in text
    assert {"public.leave", "public.home", "public.safety"} <= UNLIMITED
