"""Links in letters: what each opens, for how long, and that it opens once."""

from directory.curation.links.link import Link, Purpose
from directory.curation.links.opening import (
    LIFE,
    SITTING,
    LinkClosedError,
    answered,
    begin_sitting,
    close,
    close_all,
    issue,
    opened,
)

__all__ = [
    "LIFE",
    "SITTING",
    "Link",
    "LinkClosedError",
    "Purpose",
    "answered",
    "begin_sitting",
    "close",
    "close_all",
    "issue",
    "opened",
]
