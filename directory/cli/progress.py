"""Shows how far a long piece of work is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import click


@contextmanager
def progress(
    label: str, total: int, *, of: str = "records"
) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many steps were made.

    A terminal sees a bar; elsewhere there is one plain line at the end. `of` says what
    is counted.
    """
    if not sys.stderr.isatty():
        yield lambda _steps: None
        click.echo(f"{label}: {total} {of}", err=True)
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update


def watched(label: str, size: int) -> AbstractContextManager[Callable[[int], None]]:
    """Show how far a file of so many bytes is."""
    return progress(label, size, of="bytes")
