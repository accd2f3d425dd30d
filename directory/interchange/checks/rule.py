"""A rule of the check: what it finds, how bad that is, and what is to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.interchange.content import Content
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import Row, table_name
from directory.interchange.table import TABLES
from directory.sentence import Sentence

_FILES = {table_name(table): table.file for table in TABLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a rule says of one row: of which table, about which field, in words."""

    table: str
    row: Row
    field: str = ""
    says: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question that a person would ask of the data.

    `asks` says in a sentence what is wrong and what to do; `find` yields the rows.
    """

    name: str
    severity: Severity
    asks: str
    find: Callable[[Content], Iterator[Doubt]]

    def findings(self, content: Content) -> Iterator[Finding]:
        """Yield what this rule finds in `content`."""
        for doubt in self.find(content):
            yield Finding(
                severity=self.severity,
                rule=self.name,
                file=_FILES[doubt.table],
                row=doubt.row.number,
                id=str(doubt.row.values["id"]),
                record=content.name_of(doubt.row),
                field=doubt.field,
                message=doubt.says,
            )


def error(name: str, find: Callable[[Content], Iterator[Doubt]], asks: str) -> Rule:
    """Return a rule that keeps data out."""
    return Rule(name=name, severity=Severity.ERROR, asks=asks, find=find)


def warning(name: str, find: Callable[[Content], Iterator[Doubt]], asks: str) -> Rule:
    """Return a rule for what is to be looked at."""
    return Rule(name=name, severity=Severity.WARNING, asks=asks, find=find)


def info(name: str, find: Callable[[Content], Iterator[Doubt]], asks: str) -> Rule:
    """Return a rule for what can wait."""
    return Rule(name=name, severity=Severity.INFO, asks=asks, find=find)
