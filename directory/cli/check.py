"""`aftercare check`."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.interchange.finding import Finding, Severity
from directory.interchange.package import Package, read_package
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 180
"""How many letters a line has where no terminal says so."""


@click.command()
@click.argument(
    "folder",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--rule", "rules", multiple=True, help="Show this rule only.")
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice([severity.value for severity in Severity]),
    help="Show this severity only.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def check(
    folder: Path | None,
    *,
    rules: tuple[str, ...],
    severities: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check a data package as a person would question it.

    Errors end with 1, also where --rule or --severity hides them.
    """
    _refuse_unknown(rules)
    findings = findings_in(read_package(folder or shipped("seed_data")))
    shown = [
        f
        for f in findings
        if (not rules or f.rule in rules)
        and (not severities or f.severity.value in severities)
    ]
    if as_json:
        click.echo(json.dumps([asdict(f) for f in shown], ensure_ascii=False))
    else:
        _show(shown)
        click.echo(_counted(findings))
    if any(f.severity is Severity.ERROR for f in findings):
        raise click.exceptions.Exit(1)


def findings_in(package: Package) -> list[Finding]:
    """Return what the checks find in `package`."""
    from directory.interchange.check import check_package

    seed_data = shipped("seed_data")
    return check_package(
        package,
        gazetteer=Gazetteer.load(seed_data / "gazetteer"),
        codes={term.id: term.code for term in read_terms(seed_data).values()},
    )


def errors_in(package: Package) -> list[Finding]:
    """Return the findings that keep `package` out of the directory."""
    return [f for f in findings_in(package) if f.severity is Severity.ERROR]


def _refuse_unknown(rules: Sequence[str]) -> None:
    """Refuse the name of a rule that there is not, and say which there are."""
    from directory.interchange.check import RULES

    for rule in rules:
        if rule not in RULES:
            msg = f"{rule!r} is not one of: {', '.join(sorted(RULES))}"
            raise click.BadParameter(msg, param_hint="--rule")


def _show(findings: Sequence[Finding]) -> None:
    """Write the findings rule by rule, then how many there are of each."""
    from rich.console import Console

    if not findings:
        return
    console = Console(
        width=None if sys.stdout.isatty() else _WIDE,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for rule, found in groupby(findings, key=lambda f: f.rule):
        _show_rule(console, rule, list(found))
    _show_counts(console, findings)


def _show_rule(console: "Console", rule: str, findings: Sequence[Finding]) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    from directory.interchange.check import RULES

    severity = findings[0].severity.value
    console.print(f"{severity} {rule} ({len(findings)})", style="bold")
    console.print(RULES[rule].asks)
    table = Table("where", "record", "what", box=SIMPLE, pad_edge=False)
    for column, share in zip(table.columns, (2, 3, 4), strict=True):
        column.overflow, column.ratio = "fold", share
    for finding in findings:
        where = f"{finding.file}:{finding.row} {finding.field}"
        table.add_row(where, finding.record, finding.message)
    console.print(table)


def _show_counts(console: "Console", findings: Sequence[Finding]) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("severity", "rule", "findings", box=SIMPLE, pad_edge=False)
    for (severity, rule), count in Counter(
        (f.severity.value, f.rule) for f in findings
    ).items():
        table.add_row(severity, rule, str(count))
    console.print(table)


def _counted(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, shown or not."""
    counts = Counter(f.severity for f in findings)
    return (
        f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings,"
        f" {counts[Severity.INFO]} to note."
    )
