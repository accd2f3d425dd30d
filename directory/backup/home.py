"""Where a database lives, held by one process while another is put in its place."""

from pathlib import Path
from typing import Protocol

from directory.backup.archive import BackupError, Progress


class InUseError(BackupError):
    """Somebody else uses the database."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Another program uses the database here. Stop the site first, and whatever"
            " else has it open."
        )


class UnreadableError(BackupError):
    """What is here is no database of this version of the program, or is damaged."""

    def __init__(self) -> None:
        """Say what it is."""
        super().__init__(
            "What is here cannot be read: it is damaged, or of another version of this"
            " program."
        )


class Home(Protocol):
    """A database that nobody else uses as long as it is held."""

    def copy_to(self, file: Path) -> bool:
        """Write a copy into `file`; tell whether there was anything to be copied.

        Raises `UnreadableError`.
        """

    def set_aside(self, file: Path) -> None:
        """Keep what cannot be read as `file`, as it is."""

    def put(self, new: Path, *, progress: Progress) -> None:
        """Put what the SQLite file `new` holds in the place of all that is here."""
