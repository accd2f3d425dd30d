"""What a check of the data found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps data out; a warning is to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a person should look at: which record, what, and how bad.

    `rule` names the check, `record` the organization or service as people know it.
    """

    severity: Severity
    rule: str
    file: str
    row: int
    record: str
    field: str
    message: str
