"""`aftercare check`."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from directory.interchange.check import check_package
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import Package, read_package
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms


@click.command()
@click.argument(
    "folder",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def check(folder: Path | None, *, as_json: bool) -> None:
    """Check a data package as a person would question it. Errors end with 1."""
    findings = findings_in(read_package(folder or shipped("seed_data")))
    errors = sum(f.severity is Severity.ERROR for f in findings)
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False))
    else:
        _show(findings)
        warnings = len(findings) - errors
        click.echo(f"{errors} errors, {warnings} warnings.")
    if errors:
        raise click.exceptions.Exit(1)


def findings_in(package: Package) -> list[Finding]:
    """Return what the checks find in `package`."""
    seed_data = shipped("seed_data")
    return check_package(
        package,
        gazetteer=Gazetteer.load(seed_data / "gazetteer"),
        codes={term.id: term.code for term in read_terms(seed_data).values()},
    )


def errors_in(package: Package) -> list[Finding]:
    """Return the findings that keep `package` out of the directory."""
    return [f for f in findings_in(package) if f.severity is Severity.ERROR]


def _show(findings: Sequence[Finding]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not findings:
        return
    table = Table("", "rule", "where", "record", "what", show_lines=False)
    for finding in findings:
        where = f"{finding.file}:{finding.row} {finding.field}"
        table.add_row(
            finding.severity.value, finding.rule, where, finding.record, finding.message
        )
    Console(soft_wrap=False).print(table)
