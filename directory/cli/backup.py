"""`aftercare backup`."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.progress import watched
from directory.cli.setup import the_settings
from directory.errors import AftercareError

if TYPE_CHECKING:
    from directory.backup import Label
    from directory.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a backup that is there.")
def backup(file: Path, *, force: bool) -> None:
    """Write all that the database holds into FILE, while the site is served.

    The file is whole, or it is not there. It holds names and addresses of people who
    sign in, and listings that are hidden: keep it as you keep the database. The key of
    the site is not in it, and must be kept in another place.
    """
    from directory.backup import Stamp, key_mark, make_backup
    from directory.database import open_engine

    settings = the_settings()
    _refuse_ours(file, settings)
    engine = open_engine(settings.database_url, may_create=False)
    stamp = Stamp(
        made_at=dt.datetime.now(dt.UTC), key_mark=key_mark(settings.secret_key)
    )
    label = make_backup(engine, file, stamp, force=force, watch=watched)
    engine.dispose()
    click.echo(f"Wrote {file}: {contents(label)}.")
    if label.head:
        click.echo(f"Its history ends with event {label.head}")
    click.echo(_of_key(settings), err=True)


def contents(label: "Label") -> str:
    """Return what is in a backup, in a few words."""
    rows = label.rows
    return (
        f"{rows['organization']} organizations, {rows['service']} services,"
        f" {rows['person']} accounts, {rows['event']} events"
    )


def _refuse_ours(file: Path, settings: "Settings") -> None:
    """Refuse to write into the place of a file that the site itself needs."""
    inside = settings.index_dir.resolve()
    if inside in file.resolve().parents:
        msg = f"{inside} is the text index, which is deleted at any time."
        raise AftercareError(msg)


def _of_key(settings: "Settings") -> str:
    if os.environ.get("AFTERCARE_SECRET_KEY") is not None:
        where = "AFTERCARE_SECRET_KEY"
    else:
        where = str(settings.data_dir / "secret_key")
    return (
        f"Not in it: the key of the site, {where}. Keep a copy of that in another"
        " place; without it nobody's codes open their account."
    )
