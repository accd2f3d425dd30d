"""`aftercare load`."""

import datetime as dt
from pathlib import Path

import click

from directory.cli.check import errors_in
from directory.cli.progress import progress
from directory.cli.setup import build_index, make_tables, the_settings
from directory.curation.history.edited import (
    edited_records,
    never_made_again,
    unless_corrected,
)
from directory.curation.history.loads import noted_as
from directory.database import reading
from directory.errors import AftercareError
from directory.interchange.load import Loaded, load_package
from directory.interchange.package import Package, read_package
from directory.paths import shipped
from directory.vocabulary import read_terms


@click.command()
@click.argument(
    "folder",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--overwrite", is_flag=True, help="Load over what was corrected on the site, too."
)
def load(folder: Path | None, *, overwrite: bool) -> None:
    """Load a data package, by default the one that ships with the program.

    Records are matched by their ids: new ones are made, changed ones are overwritten,
    others stay, and so does what was corrected on the site. It is all or nothing, and a
    package with errors is refused.

    With --overwrite the file counts more than the site. It still shows no more of a
    place than the site does, and brings nothing back that was merged.
    """
    settings = the_settings()
    source = folder or shipped("seed_data")
    package = read_package(source)
    _refuse_errors(package)
    engine = make_tables(settings)
    what_stays = never_made_again if overwrite else edited_records
    # A load opens its transaction itself: this is read before, and again in that.
    with reading(engine) as session:
        kept = what_stays(session)
    note = noted_as(source.resolve().name, now=dt.datetime.now(dt.UTC))
    total = sum(len(rows) for rows in package.rows.values())
    with progress("Loading", total) as advance:
        loaded = load_package(
            engine,
            package,
            read_terms(shipped("seed_data")),
            progress=advance,
            note=unless_corrected(note, what_stays, kept),
            kept=kept,
        )
    build_index(settings, engine)
    click.echo(_told(loaded, overwrite=overwrite))


def _refuse_errors(package: Package) -> None:
    """Print what is wrong with a package; raise `AftercareError` if anything is."""
    errors = errors_in(package)
    for finding in errors:
        where = f"{finding.file}, row {finding.row}, {finding.field}"
        click.echo(f"{where}: {finding.message} ({finding.record})", err=True)
    if errors:
        msg = f"{len(errors)} errors. Nothing was changed."
        raise AftercareError(msg)


def _told(loaded: Loaded, *, overwrite: bool) -> str:
    """Return what is said of a load."""
    said = [
        f"{loaded.made} records made, {loaded.changed} changed,"
        f" {loaded.same} the same already."
    ]
    if loaded.merged:
        said.append(f"{loaded.merged} had been merged into others.")
    if loaded.kept and overwrite:
        said.append(f"{loaded.kept} were merged or hidden, and stay away.")
    elif loaded.kept:
        said.append(
            f"{loaded.kept} records were corrected on the site and stay as they are;"
            " --overwrite takes the file's."
        )
    return " ".join(said)
