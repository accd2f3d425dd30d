"""Style is what ruff says it is, and the exceptions stand in `pyproject.toml`."""

import subprocess
import sys
from pathlib import Path


def test_ruff_finds_nothing(checkout: Path) -> None:
    done = ruff(checkout, "check", "--output-format=concise")
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_is_in_ruffs_format(checkout: Path) -> None:
    done = ruff(checkout, "format", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def ruff(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ruff over the whole project, without a cache."""
    return subprocess.run(
        [sys.executable, "-m", "ruff", *words, "--no-cache", "."],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
