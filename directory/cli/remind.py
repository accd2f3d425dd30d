"""`aftercare remind`, `aftercare bounce`: letters to providers, and what comes back."""

import datetime as dt
from typing import BinaryIO

import click
from sqlalchemy import Engine

from directory.cli.outbox import refuse_dead_links, send_waiting
from directory.cli.progress import progress
from directory.cli.setup import make_tables, the_settings
from directory.curation.claims import forget_networks
from directory.curation.reports import forget
from directory.curation.verification import (
    Looked,
    RoundResult,
    ask,
    look,
    note_bounces,
    note_silence,
)
from directory.database import writing
from directory.errors import SettingsError
from directory.mail import note_bounce
from directory.referral.request import ZONE
from directory.settings import SITE_URL, Settings

_SHOWN = 20


@click.command()
@click.option("--dry-run", is_flag=True, help="Say who would be written to, and stop.")
@click.option(
    "--limit", type=click.IntRange(min=0), help="Write no more letters than this."
)
def remind(*, dry_run: bool, limit: int | None) -> None:
    """Ask providers by mail whether their listings are still right.

    Who was never asked comes first, then those whose room, record or hours are old. To
    be run every day: nobody is written to more often than every two weeks, or every
    three days about room. No letter is written before it is known where letters go out
    and where their links lead.
    """
    settings = the_settings()
    engine = make_tables(settings)
    now = dt.datetime.now(ZONE)
    if dry_run:
        _say_looked(look(engine, now, limit=limit))
        return
    _note(engine, now)
    _refuse_unsendable(settings)
    _say_asked(_ask(engine, settings, now, limit))
    send_waiting(engine, settings, now)


@click.command()
@click.argument("file", required=False, type=click.File("rb"), default="-")
def bounce(file: BinaryIO) -> None:
    """Read a mail that says that a letter did not arrive, from FILE or standard input.

    For an alias of the mail server, which gives each mail to this command. A mail that
    says nothing of a letter of ours is no failure.
    """
    engine = make_tables(the_settings())
    now = dt.datetime.now(ZONE)
    letter = note_bounce(engine, file.read(), now)
    if letter is None:
        click.echo("It speaks of no letter of ours that failed for good.")
        return
    note_bounces(engine, now)
    click.echo(f"Noted: letter {letter.id} did not arrive ({letter.failure}).")


def _note(engine: Engine, now: dt.datetime) -> None:
    """Note what became of earlier letters, before new ones are written."""
    bounced, silent = note_bounces(engine, now), note_silence(engine, now)
    with writing(engine) as session:
        # On a quiet day nobody else erases what tells reporters and claimants apart.
        forget(session, now.date())
        forget_networks(session, now)
    if bounced:
        click.echo(f"{bounced} letters did not arrive.")
    if silent:
        click.echo(f"{silent} letters were not answered in time.")


def _refuse_unsendable(settings: Settings) -> None:
    """Raise `SettingsError` where a letter would be written that helps nobody."""
    if settings.mail_url is None:
        msg = (
            "No letter is written while none can be sent: set AFTERCARE_MAIL_URL"
            f" and {SITE_URL}."
        )
        raise SettingsError(msg)
    refuse_dead_links(settings)


def _ask(
    engine: Engine, settings: Settings, now: dt.datetime, limit: int | None
) -> RoundResult:
    looked = look(engine, now, limit=limit)
    with progress("Letters to write", len(looked.chosen), of="letters") as advance:
        return ask(engine, looked, now, site_url=settings.site_url, progress=advance)


def _say_asked(asked: RoundResult) -> None:
    click.echo(f"{asked.written} letters written.")
    if asked.taken:
        click.echo(f"{asked.taken} were written by another process meanwhile.")
    if asked.later:
        click.echo(f"{asked.later} more are due: run this again, or raise --limit.")
    if asked.to_call:
        click.echo(
            f"{len(asked.to_call)} are due and no letter reaches them: call them."
        )


def _say_looked(looked: Looked) -> None:
    for due in looked.chosen:
        reasons = ", ".join(reason.value for reason in due.reasons)
        click.echo(f"{due.name} ({reasons})")
    click.echo(f"{len(looked.chosen)} letters would be written.")
    later = len(looked.round.to_write) - len(looked.chosen)
    if later:
        click.echo(f"{later} more are due.")
    to_call = looked.round.to_call
    for call in to_call[:_SHOWN]:
        why = "mail does not reach it" if call.address else "no address"
        click.echo(f"call {call.name}: {why}")
    if len(to_call) > _SHOWN:
        click.echo(f"... and {len(to_call) - _SHOWN} more to call")
