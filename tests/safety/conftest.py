"""The small world that tests of this folder share."""

import pytest

from directory.settings import Settings
from tests.safety.world import build


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the world that hides the least."""
    return build(tmp_path_factory.mktemp("plain"), 0)
