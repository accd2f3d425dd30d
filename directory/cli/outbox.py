"""Sends the letters that wait, at a command."""

import datetime as dt

import click
from sqlalchemy import Engine

from directory.curation.verification import note_bounces
from directory.database import reading
from directory.errors import AftercareError, SettingsError
from directory.mail import deliver, open_mailer, waiting
from directory.settings import SITE_URL, USUAL_SITE, Settings


def refuse_dead_links(settings: Settings) -> None:
    """Raise `SettingsError` unless it was said where links in letters lead."""
    if settings.site_url == USUAL_SITE:
        msg = (
            f"Links in letters would lead to {USUAL_SITE}, which is on this machine:"
            f" set {SITE_URL} to where people reach the site."
        )
        raise SettingsError(msg)


def send_waiting(
    engine: Engine, settings: Settings, now: dt.datetime, *, aside: bool = False
) -> None:
    """Send what waits, or say that it waits where no mail server is set.

    `aside` says so on standard error. Raises `AftercareError` if the server takes none.
    """
    mailer = open_mailer(settings)
    if mailer is None:
        with reading(engine) as session:
            count = waiting(session)
        said = f"{count} letters wait: set AFTERCARE_MAIL_URL to have them sent."
        click.echo(said, err=aside)
        return
    sent = deliver(engine, mailer, now)
    # A server that knows no such mailbox says so at once.
    refused = note_bounces(engine, now)
    said = f"{sent.sent} letters sent, {sent.refused} refused, {sent.waiting} wait."
    click.echo(said, err=aside)
    if sent.outdated:
        click.echo(
            f"{sent.outdated} letters were not sent: their links lead to nothing any"
            " more.",
            err=aside,
        )
    if refused:
        click.echo(f"{refused} letters did not arrive.", err=aside)
    if sent.trouble:
        msg = f"The mail server takes no letters now: {sent.trouble}."
        raise AftercareError(msg)
