"""Every value's type is known, in the tests as well."""

import subprocess
import sys
from pathlib import Path


def test_mypy_finds_nothing(checkout: Path) -> None:
    # A process of its own: mypy in this one would hold its memory until the end.
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--no-color-output"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
