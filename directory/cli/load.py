"""`aftercare load`."""

import datetime as dt
from pathlib import Path

import click

from directory.cli.check import errors_in
from directory.cli.progress import progress
from directory.cli.setup import build_index, make_tables, the_settings
from directory.curation.history.loads import noted_as
from directory.errors import AftercareError
from directory.interchange.load import load_package
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.vocabulary import read_terms


@click.command()
@click.argument(
    "folder",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def load(folder: Path | None) -> None:
    """Load a data package, by default the one that ships with the program.

    Records are matched by their ids: new ones are made, changed ones are overwritten,
    others stay. It is all or nothing, and a package with errors is refused.
    """
    settings = the_settings()
    source = folder or shipped("seed_data")
    package = read_package(source)
    errors = errors_in(package)
    if errors:
        for finding in errors:
            where = f"{finding.file}, row {finding.row}, {finding.field}"
            click.echo(f"{where}: {finding.message} ({finding.record})", err=True)
        msg = f"{len(errors)} errors. Nothing was changed."
        raise AftercareError(msg)
    engine = make_tables(settings)
    total = sum(len(rows) for rows in package.rows.values())
    with progress("Loading", total) as advance:
        loaded = load_package(
            engine,
            package,
            read_terms(shipped("seed_data")),
            progress=advance,
            note=noted_as(source.resolve().name, now=dt.datetime.now(dt.UTC)),
        )
    build_index(settings, engine)
    click.echo(
        f"{loaded.made} records made, {loaded.changed} changed,"
        f" {loaded.same} the same already."
        + (f" {loaded.merged} had been merged into others." if loaded.merged else "")
    )
