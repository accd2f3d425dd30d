"""`aftercare init`."""

import click

from directory.cli.setup import build_index, load_first_data, make_tables, the_settings


@click.command()
@click.option("--empty", is_flag=True, help="Do not load the data that ships with it.")
def init(*, empty: bool) -> None:
    """Make the tables, load the first data, build the index. Safe to run again."""
    settings = the_settings()
    engine = make_tables(settings)
    if not empty:
        load_first_data(engine)
    count = build_index(settings, engine)
    click.echo(f"Ready: {count} services in {settings.data_dir}.")
