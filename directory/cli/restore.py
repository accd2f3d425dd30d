"""`aftercare restore`."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directory.cli.backup import contents
from directory.cli.progress import watched
from directory.cli.serving import not_served
from directory.cli.setup import build_index, make_tables, the_settings

if TYPE_CHECKING:
    from directory.backup import Label, Order, Restored


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check FILE, say what it is, and stop.")
@click.option(
    "--replace", is_flag=True, help="Take the place of a database that is not empty."
)
@click.option(
    "--bring-back-hidden",
    is_flag=True,
    help="Show in public again what was hidden since.",
)
@click.option(
    "--other-key",
    is_flag=True,
    help="Put it back under another key: codes of authenticators are lost.",
)
def restore(file: Path, *, dry_run: bool, **allowed: bool) -> None:
    """Put a backup back. Stop the site first.

    FILE is read to its end and checked before anything is touched. What it replaces is
    kept in the data folder until you delete it.

    What ended since the backup was made does not come back: everybody is signed out,
    letters that waited are not sent twice, their links are closed, and a place that was
    hidden stays hidden.
    """
    from directory.backup import Order, Stamp, key_mark, look_into
    from directory.backup import restore as put_back

    settings = the_settings()
    stamp = Stamp(
        made_at=dt.datetime.now(dt.UTC), key_mark=key_mark(settings.secret_key)
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    order = Order(
        file=file,
        url=settings.database_url,
        folder=settings.data_dir,
        stamp=stamp,
        watch=watched,
        **allowed,
    )
    if dry_run:
        _say_label(look_into(order))
        return
    with not_served(settings.data_dir):
        restored = put_back(order)
        _say_restored(restored, order)
        engine = make_tables(settings)
        count = build_index(settings, engine)
        engine.dispose()
    click.echo(f"Ready: {count} services in {settings.data_dir}.")


def _say_label(label: "Label") -> None:
    click.echo(f"A whole backup of {_moment(label.made_at)}: {contents(label)}.")
    if label.head:
        click.echo(f"Its history ends with event {label.head}")


def _say_restored(restored: "Restored", order: "Order") -> None:
    """Say what was put back, and what somebody has to look after now."""
    _say_label(restored.label)
    if restored.kept is not None:
        click.echo(
            f"What it replaced is kept in {restored.kept}. Delete that when all is"
            " well."
        )
    for line in _to_be_done(restored, order):
        click.echo(line)


def _to_be_done(restored: "Restored", order: "Order") -> Iterator[str]:
    settled, made_at = restored.settled, _moment(restored.label.made_at)
    if not settled.compared:
        yield (
            f"ATTENTION: nothing here tells what was hidden after {made_at}, or who was"
            " shut out: that is public, and they can sign in. Look through both now."
        )
        yield "Recovery codes are void: everybody makes new ones."
    elif order.bring_back_hidden:
        yield f"ATTENTION: what was hidden after {made_at} is public again."
    for count, says in (
        (settled.hidden_again, "places were hidden since, and stay hidden."),
        (settled.people, "people are signed out everywhere."),
        (settled.made_since, "accounts are newer than the backup: invite again."),
        (settled.not_sent, "letters waited, and are not sent."),
        (settled.closed, "links in letters are closed."),
        (restored.codes, "people need `aftercare account reset-totp`: another key."),
    ):
        if count:
            yield f"{count} {says}"


def _moment(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
