"""The errors that Aftercare NC answers with a sentence instead of a traceback."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.sentence import Sentence


class AftercareError(Exception):
    """Something was refused or failed, and the message says what and where."""


class RefusedError(AftercareError):
    """Somebody asked on a page for what cannot be; the page says why."""

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence, so that the page can say it in its own language."""
        self.sentence = sentence
        super().__init__(sentence)


class SettingsError(AftercareError):
    """A setting is missing, malformed or unsafe."""


class DatabaseUnavailableError(AftercareError):
    """The database cannot be opened, or its tables are not there yet."""


class IndexUnavailableError(AftercareError):
    """The text index is missing, broken or of another build."""


class AddressInUseError(AftercareError):
    """Another program already listens where the site was to be served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a file, as a person would point at it.

    `row` counts data rows from 1 and is 0 where the file as a whole is meant.
    """

    file: str
    row: int
    field: str
    message: str

    def __str__(self) -> str:
        """Return `file, row N, field: message`."""
        where = f"{self.file}, row {self.row}" if self.row else self.file
        return (
            f"{where}, {self.field}: {self.message}"
            if self.field
            else (f"{where}: {self.message}")
        )


class InvalidDataError(AftercareError):
    """Data from outside has problems; nothing of it was taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, and say them all in the message."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One field of a request that cannot be used."""

    field: str
    message: str
    allowed: tuple[str, ...] = ()


class InvalidRequestError(AftercareError):
    """A request has fields that cannot be used; each is named."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        """Keep the field errors, and say them all in the message."""
        self.errors = tuple(errors)
        super().__init__(
            "; ".join(f"{error.field}: {error.message}" for error in errors)
        )
