"""Quotation marks: words between them are searched as they stand, in their order."""

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield `text` in pieces, each with whether it stood in quotation marks.

    A mark without its fellow is no mark.
    """
    position = 0
    for found in _QUOTED.finditer(text):
        yield text[position : found.start()], False
        yield found[1], True
        position = found.end()
    yield text[position:], False


def without_marks(text: str) -> str:
    """Return `text` with the words of its quotations, and without the marks."""
    return " ".join(" ".join(piece.split()) for piece, _ in pieces_of(text)).strip()


def is_quoted(text: str) -> bool:
    """Tell whether some words of `text` stand in quotation marks."""
    return any(quoted and piece.strip() for piece, quoted in pieces_of(text))
