"""Whenever a process is killed, or the disk is full: the old or the new, never half."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directory.backup import Order, Stamp, key_mark, restore
from directory.cli.progress import watched
from directory.database import reading
from directory.hsds import Organization, Phone
from tests.builders import rows
from tests.builders.backups import (
    KEY,
    Site,
    count,
    everything,
    fill,
    fresh_site,
    is_whole,
    site,
)

STOPPED = """
import json, os, resource, signal, sys
from importlib import import_module
import directory.backup
from directory.cli import main

def stop_in(where, how):
    module, _, path = where.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for one in owners:
        owner = getattr(owner, one)
    usual = getattr(owner, name)

    def stopping(*given, **named):
        if how == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "after":
            usual(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        kind, _, most = how.partition(" ")
        if kind == "killed":
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
        return usual(*given, **named)

    setattr(owner, name, stopping)

for where, how, *words in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        stop_in(where, how)
        sys.argv[1:] = words
        main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(f"\\nended with {code}", flush=True)
"""
"""Runs commands that are killed, or find the disk full, in or around one function.

A limit on the size of files stands for both: the system kills who goes beyond it, or
refuses to write, as it does on a full disk. Each command is a process of its own.
"""

Stop = tuple[str, ...]
"""The function of a module, how to stop there, and the words of a command."""

COPY = "directory.backup.making:copy_of"
PACK = "directory.backup.making:pack"
WRITE = "directory.backup.sqlite_home:_write"
INDEX = "directory.cli.restore:build_index"
SWAP = "directory.backup.postgresql_home:PostgresqlHome._change_places"


def stopped(here: Site, *stops: Stop) -> list[int]:
    """Give commands that are stopped, and return how they ended."""
    here.let_go()
    env = {
        "AFTERCARE_DATA_DIR": str(here.folder),
        "AFTERCARE_DATABASE_URL": here.url,
        "AFTERCARE_SECRET_KEY": KEY,
    }
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, json.dumps(stops)],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert "Traceback" not in done.stderr
    return [
        int(code)
        for code in re.findall(r"^ended with (-?\d+)$", done.stdout, re.MULTILINE)
    ]


@pytest.fixture
def here(sqlite: Engine, tmp_path: Path) -> Site:
    """Return an installation that has a bit of everything."""
    fill(sqlite)
    return site(sqlite, tmp_path / "here")


@pytest.fixture
def backup(here: Site, tmp_path: Path) -> Path:
    """Make a backup of it, after which an organization is added."""
    file = tmp_path / "backups" / "b"
    file.parent.mkdir()
    here.done("backup", file)
    rows.save(here.engine, rows.organization(id="new"))
    return file


PATIENCE_SECONDS = 600
"""More than anything here takes, on a busy machine as well: a test must not hang."""

KILL, TOO_LARGE = -signal.SIGKILL, -signal.SIGXFSZ


def test_a_restore_that_is_stopped_leaves_the_old_database(
    here: Site, backup: Path
) -> None:
    before = everything(here.engine)
    words = ("restore", str(backup), "--replace")
    codes = stopped(
        here,
        ("directory.backup.restoring:settle", "after", *words),
        ("directory.backup.restoring:packed_copy", "after", *words),
        # In the midst of writing the log of changes.
        (WRITE, "killed 40000", *words),
        (WRITE, "killed 400000", *words),
        (WRITE, "full 100000", *words),
    )
    assert codes == [KILL, KILL, TOO_LARGE, TOO_LARGE, 1]
    assert everything(here.engine) == before
    # What they left is cleared away by the next one, which succeeds.
    here.done(*words)
    assert count(here.engine, Organization) == 3
    assert list(here.folder.glob(".aftercare-*")) == []
    assert is_whole(here.engine)


def test_a_restore_that_is_killed_late_leaves_the_new_database(
    here: Site, backup: Path
) -> None:
    words = ("restore", str(backup), "--replace")
    codes = stopped(here, (WRITE, "after", *words), (INDEX, "before", *words))
    assert codes == [KILL, KILL]
    assert count(here.engine, Organization) == 3
    assert is_whole(here.engine)
    assert any(
        "4 organizations" in here.done("restore", kept, "--dry-run")
        for kept in here.replaced
    )


def test_two_that_are_replaced_in_one_second_are_both_kept(
    here: Site, backup: Path
) -> None:
    here.let_go()
    order = Order(
        file=backup,
        url=here.url,
        folder=here.folder,
        stamp=Stamp(made_at=rows.NOON, key_mark=key_mark(KEY)),
        watch=watched,
        replace=True,
    )
    assert restore(order).kept == here.folder / "replaced-20261125T170000Z.backup"
    assert restore(order).kept == here.folder / "replaced-20261125T170000Z-2.backup"
    assert len(here.replaced) == 2


def test_a_restore_on_postgresql_that_is_killed_leaves_the_old_tables(
    postgresql: Engine, tmp_path: Path
) -> None:
    here = site(postgresql, tmp_path / "here")
    rows.save(postgresql, rows.organization(id="o"))
    here.done("backup", tmp_path / "b")
    rows.save(postgresql, rows.organization(id="new"))
    before = everything(postgresql)
    words = ("restore", str(tmp_path / "b"), "--replace")
    assert stopped(here, (SWAP, "after", *words)) == [KILL]
    assert everything(postgresql) == before
    here.done(*words)
    assert count(postgresql, Organization) == 1


def test_a_backup_that_is_stopped_leaves_no_file_and_the_next_one_clears_up(
    here: Site, backup: Path
) -> None:
    before = everything(here.engine)
    other = backup.with_name("other")
    codes = stopped(
        here,
        (COPY, "after", "backup", str(other)),
        (PACK, "after", "backup", str(other)),
        (COPY, "full 100000", "backup", str(other)),
        (PACK, "full 1000", "backup", str(other)),
    )
    assert codes == [KILL, KILL, 1, 1]
    assert list(backup.parent.iterdir()) == [backup]
    assert everything(here.engine) == before
    here.done("backup", backup, "--force")


@contextmanager
def writers(engine: Engine) -> Generator[list[str]]:
    """Add organizations, each with a number, until the test is done with it.

    The names of those that are there stand in the list.
    """
    done: list[str] = []
    first, enough = threading.Event(), threading.Event()

    def write(name: str) -> int:
        for number in range(500):
            if enough.is_set():
                break
            owner = rows.organization(id=f"{name}-{number}")
            rows.save(engine, owner, rows.phone(owner, id=f"{name}-{number}"))
            done.append(f"{name}-{number}")
            first.set()
        return number

    with ThreadPoolExecutor() as pool:
        running = [pool.submit(write, name) for name in "ab"]
        assert first.wait(PATIENCE_SECONDS)
        try:
            yield done
        finally:
            enough.set()
        assert all(one.result() for one in running)


def test_a_backup_among_writers_has_whole_transactions_and_all_that_were_done(
    engine: Engine, tmp_path: Path
) -> None:
    here = site(engine, tmp_path / "here")
    with writers(engine) as written:
        before = list(written)
        made = here.run_among_others("backup", tmp_path / "b")
    assert made.exit_code == 0, made.exception
    with fresh_site(tmp_path) as fresh:
        fresh.done("restore", tmp_path / "b")
        with reading(fresh.engine) as session:
            owners = set(session.exec(select(Organization.id)).all())
            numbers = session.exec(select(Phone.organization_id)).all()
    assert owners == set(numbers)
    assert set(before) <= owners
