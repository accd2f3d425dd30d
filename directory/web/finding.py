"""What a check of the data found, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.curation.records.cells import BY_NAME
from directory.interchange.finding import Finding
from directory.web.record_words import label_of
from directory.web.texts import translated

_TABLES = {table.file: name for name, table in BY_NAME.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """What a page says of a finding: `record` bears its own name, whatever language."""

    record: str
    says: str


def finding_texts(findings: Iterable[Finding]) -> Sequence[FindingText]:
    """Return `findings` in the language of the page."""
    return [
        FindingText(record=finding.record, says=_says(finding)) for finding in findings
    ]


def _says(finding: Finding) -> str:
    field = label_of(_TABLES[finding.file], finding.field)
    return f"{field}: {translated(finding.message)}"
