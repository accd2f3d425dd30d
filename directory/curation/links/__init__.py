"""Links in letters: what each opens, for how long, and that it opens once."""

from directory.curation.links.link import Link, Purpose
from directory.curation.links.opening import (
    LinkClosedError,
    answered,
    begin_sitting,
    close,
    issue,
    opened,
)

__all__ = [
    "Link",
    "LinkClosedError",
    "Purpose",
    "answered",
    "begin_sitting",
    "close",
    "issue",
    "opened",
]
