"""What is written when the program fails: where in it, and nothing of what was asked.

A traceback as Python prints it ends with the message of the error, and messages quote:
the answer that was no number, the key that was not found. So neither a message nor the
address of a page is written here, only kinds of errors and lines of the program.
"""

import logging
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

_logger = logging.getLogger("aftercare")
_DEEPEST = 12
"""Lines of one error: those nearest to it say the most."""


def report(what: str, error: BaseException) -> None:
    """Write that `error` happened while `what` was done."""
    _logger.error("%s: %s", what, trace(error))


def watch_threads() -> None:
    """Let a thread that fails, of whatever library, be written down the same way."""
    threading.excepthook = lambda failed: report(
        "a thread", failed.exc_value or failed.exc_type()
    )


def trace(error: BaseException) -> str:
    """Return the kinds of `error` and of what led to it, and the lines they crossed."""
    return " after ".join(_one(e) for e in _chain(error))


def _one(error: BaseException) -> str:
    frames = traceback.StackSummary.extract(
        traceback.walk_tb(error.__traceback__), lookup_lines=False
    )[-_DEEPEST:]
    lines = (f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    return f"{type(error).__name__} at {' > '.join(lines)}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
