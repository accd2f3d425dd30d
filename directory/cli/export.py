"""`aftercare export`."""

from pathlib import Path

import click

from directory.cli.setup import make_tables, the_settings, the_snapshot
from directory.interchange.package import write_package
from directory.projection import take_records


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write what the public may see as an HSDS data package into FOLDER."""
    settings = the_settings()
    the_snapshot(settings)
    records = take_records(make_tables(settings))
    write_package(folder, lambda model: records.get(model, ()))
    count = sum(len(rows) for rows in records.values())
    click.echo(f"Wrote {count} records to {folder}.")
