"""`aftercare history`: the chain is checked, its head printed, its events listed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.database import reading
from directory.paths import shipped
from directory.vocabulary import read_terms
from directory.web.site import site_of
from tests.builders.packages import attribute, whole, write_folder
from tests.cli.test_commands import run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder into which a small package was loaded."""
    folder = tmp_path_factory.mktemp("history")
    terms = read_terms(shipped("seed_data")).values()
    term = next(term for term in terms if term.code == "victim_advocacy")
    attributes = [attribute(taxonomy_term_id=term.id)]
    package = write_folder(folder / "small", whole(attributes=attributes))
    done = run("load", str(package), data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


def rewrite(folder: Path, statement: str) -> None:
    """Do what somebody does who holds the file."""
    with closing(sqlite3.connect(folder / "aftercare.db")) as connection:
        connection.execute("DROP TRIGGER IF EXISTS event_no_update")
        connection.execute(statement)
        connection.commit()


def test_the_first_data_is_in_the_history(app: Flask) -> None:
    with reading(site_of(app).database) as session:
        (first, *_others) = entries(session, Asked(actions=(Action.LOAD,)))
    assert first.seq == 1
    assert first.told.facts["package"] == "seed_data"
    assert first.told.facts["made"] > 5_000


def test_each_load_is_in_the_history_with_what_it_did(data: Path) -> None:
    done = run("history", "show", "--json", "--limit", "5", data=data)
    (load,) = json.loads(done.stdout)
    assert load["action"] == "load"
    assert load["actor"] == "program:aftercare"
    assert load["facts"]["package"] == "small"
    assert (load["facts"]["made"], load["facts"]["changed"]) == (3, 0)
    (line,) = run("history", "show", data=data).stdout.splitlines()
    assert line.startswith("1  20")
    assert "package=small" in line


def test_a_head_that_was_written_down_tells_of_one_that_was_not(data: Path) -> None:
    head = run("history", "head", data=data).stdout.strip()
    done = run("history", "check", "--head", head, data=data)
    assert done.returncode == 0
    assert done.stdout == "1 events, and the chain is whole.\n"
    other = run("history", "check", "--head", f"1 {'0' * 64}", data=data)
    assert other.returncode == 1
    says = "Event 1: it is not the event whose hash was written down.\n"
    assert other.stderr == says


def test_whoever_rewrites_it_is_found(data: Path) -> None:
    rewrite(data, "UPDATE event SET actor = 'staff:x' WHERE seq = 1")
    done = run("history", "check", data=data)
    assert done.returncode == 1
    assert done.stderr == "Event 1: it was changed.\n"
    assert done.stdout == ""
