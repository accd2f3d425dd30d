"""The wheel holds all that the site needs, and nothing else."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SHIPPED = ("templates", "seed_data")

FIND = "import sys; from directory.paths import shipped; print(shipped(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, from the checkout and without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "hatchling", "build"),
            *("--target", "wheel", "--directory", str(folder)),
        ],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", SHIPPED)
def test_shipped_folders_are_inside_whole(
    folder: str, names: set[str], checkout: Path
) -> None:
    shipped = {
        f"directory/_shipped/{path.relative_to(checkout).as_posix()}"
        for path in (checkout / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped - names == set()


def test_both_packages_are_inside(names: set[str]) -> None:
    assert {"directory/__init__.py", "matcher/__init__.py"} <= names


def test_every_catalogue_is_inside_compiled(names: set[str], checkout: Path) -> None:
    compiled = {
        path.relative_to(checkout).with_suffix(".mo").as_posix()
        for path in checkout.glob("directory/translations/*/LC_MESSAGES/messages.po")
    }
    assert compiled - names == set()


def test_nothing_else_is_inside(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.startswith("aftercare_nc-")} == {
        "directory",
        "matcher",
    }
    # Only the packages' own files and what they were told to ship.
    assert not {name for name in names if name.endswith((".db", ".pyc", ".orig"))}


@pytest.mark.parametrize("folder", SHIPPED)
def test_an_unpacked_wheel_finds_its_own_folders(
    folder: str, wheel: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    # What stands in PYTHONPATH comes before the checkout that is installed.
    done = subprocess.run(
        [sys.executable, "-P", "-c", FIND, folder],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = Path(done.stdout.strip())
    assert found == tmp_path / "directory" / "_shipped" / folder
    assert found.is_dir()
