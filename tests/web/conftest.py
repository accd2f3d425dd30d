"""What tests of several pages stand on."""

from pathlib import Path

import pytest

from tests.web.desk import Desk, Theatre


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Theatre:
    """Return a desk that each test of a module finds as it was at first."""
    return Theatre(tmp_path_factory.mktemp("desk"), migrated_file)


@pytest.fixture
def desk(theatre: Theatre) -> Desk:
    """Return that desk, with two coordinators who are signed in."""
    return theatre.open()
