"""`aftercare reindex`."""

import click

from directory.cli.setup import build_index, make_tables, the_settings


@click.command()
def reindex() -> None:
    """Build the text index anew from the database."""
    settings = the_settings()
    count = build_index(settings, make_tables(settings), anew=True)
    click.echo(f"Indexed {count} services.")
