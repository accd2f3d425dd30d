"""Where what ships with the program is found."""

from pathlib import Path

import pytest

from directory.paths import shipped


@pytest.mark.parametrize("name", ["templates", "seed_data"])
def test_a_checkout_has_its_folders_at_the_top(checkout: Path, name: str) -> None:
    assert shipped(name) == checkout / name


def test_seed_data_is_a_data_package() -> None:
    assert (shipped("seed_data") / "organizations.csv").is_file()
