"""The `aftercare` command."""

from directory.cli.main import main

__all__ = ["main"]
