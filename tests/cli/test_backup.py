"""`aftercare backup` and `aftercare restore` as an operator gives them."""

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory.cli.main import cli
from directory.database import migrate, open_engine
from tests.builders.backups import Site, fresh_site
from tests.builders.ports import held_port
from tests.builders.scenes import stage
from tests.cli.test_commands import run
from tests.cli.test_serve import PATIENCE_SECONDS, serving, wait_for


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a data folder with one listing."""
    folder = tmp_path / "made"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'aftercare.db'}")
    migrate(engine)
    stage(engine)
    engine.dispose()
    return folder


def here(folder: Path) -> Site:
    """Return the installation of a data folder, whose commands run in this process."""
    key = (folder / "secret_key").read_text()
    engine = open_engine(f"sqlite:///{folder / 'aftercare.db'}")
    return Site(engine=engine, folder=folder, key=key)


def test_they_say_what_they_did_and_what_to_do(made: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b"
    done = run("backup", str(backup), data=made)
    assert (done.returncode, done.stdout) == (
        0,
        f"Wrote {backup}: 1 organizations, 1 services, 0 accounts, 0 events.\n",
    )
    assert f"Not in it: the key of the site, {made / 'secret_key'}." in done.stderr
    with fresh_site(tmp_path) as new:
        first, second, *_more, last = new.done("restore", backup).splitlines()
    assert first.startswith("A whole backup of ")
    assert second.startswith("ATTENTION: nothing here tells what was hidden after ")
    assert last == f"Ready: 1 services in {new.folder}."


def test_a_refusal_is_one_sentence(made: Path, tmp_path: Path) -> None:
    done = run("restore", str(made / "aftercare.db"), data=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{made / 'aftercare.db'} is no backup of Aftercare NC.\n"


def test_wrong_words_are_wrong_usage() -> None:
    for words in (["backup"], ["restore"], ["restore", "--soon", "b"]):
        assert CliRunner().invoke(cli, words).exit_code == 2


def test_a_site_that_is_served_is_backed_up_and_not_replaced(
    made: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "b"
    with held_port() as port, serving(made, port) as process:
        wait_for(port)
        site = here(made)
        site.done("backup", backup)
        refused = site.refused("restore", backup, "--replace")
        assert refused.startswith("The site is being served, or a backup is being put")
        site.engine.dispose()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
    site.done("restore", backup, "--replace")
    site.engine.dispose()
