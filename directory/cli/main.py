"""Puts the commands together, and answers every failure with a sentence."""

import os
import sys

import click

from directory.cli.account import account
from directory.cli.backup import backup
from directory.cli.check import check
from directory.cli.export import export
from directory.cli.history import history
from directory.cli.init import init
from directory.cli.load import load
from directory.cli.match import match
from directory.cli.reindex import reindex
from directory.cli.remind import bounce, remind
from directory.cli.report import report
from directory.cli.restore import restore
from directory.cli.serve import serve
from directory.errors import AftercareError, InvalidDataError

_SHOWN = 50


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aftercare-nc", prog_name="aftercare")
def cli() -> None:
    """Run and keep Aftercare NC. Settings come from AFTERCARE_* variables."""


for command in (
    init,
    serve,
    load,
    check,
    reindex,
    export,
    match,
    report,
    account,
    history,
    remind,
    bounce,
    backup,
    restore,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; end with 0 (done), 1 (refused, failed) or 2 (usage)."""
    try:
        # Without its own standing, click gives back the code of an early exit.
        sys.exit(cli.main(standalone_mode=False) or 0)
    except BrokenPipeError:
        # Whoever read the output went away, as `head` does; that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (click.ClickException, click.Abort, AftercareError, OSError) as error:
        sys.exit(_say(error))


def _say(error: Exception) -> int:
    """Say what went wrong on standard error, and return the exit code."""
    match error:
        case click.ClickException():
            error.show()
            return 2 if isinstance(error, click.UsageError) else 1
        case InvalidDataError():
            _show_problems(error)
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
        case click.Abort():
            click.echo("Stopped.", err=True)
        case _:
            click.echo(str(error), err=True)
    return 1


def _show_problems(error: InvalidDataError) -> None:
    for problem in error.problems[:_SHOWN]:
        click.echo(str(problem), err=True)
    more = len(error.problems) - _SHOWN
    if more > 0:
        click.echo(f"... and {more} more", err=True)
    click.echo("Nothing was changed.", err=True)
