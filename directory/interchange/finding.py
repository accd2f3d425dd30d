"""What a check of the data found."""

from dataclasses import dataclass
from enum import StrEnum

from directory.sentence import Sentence


class Severity(StrEnum):
    """An error keeps data out; a warning is to be looked at; an info can wait.

    They stand in the order in which a person should take them.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


RANK = {severity: place for place, severity in enumerate(Severity)}
"""The place of each severity, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a person should look at: which record, what, and how bad.

    `rule` names the check, `record` the organization or service as people know it.
    `id` is that of the row, which stays when rows move.
    """

    severity: Severity
    rule: str
    file: str
    row: int
    id: str
    record: str
    field: str
    message: Sentence
