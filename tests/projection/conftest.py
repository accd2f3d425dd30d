"""The databases that these tests ask for by name."""

from tests.builders.engines import (
    empty_engine,
    engine,
    migrated_database,
    migrated_file,
    postgresql,
    sqlite,
)

__all__ = [
    "empty_engine",
    "engine",
    "migrated_database",
    "migrated_file",
    "postgresql",
    "sqlite",
]
