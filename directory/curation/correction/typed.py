"""What a person typed: texts by the name of their field."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

Fields = Mapping[str, tuple[str, ...]]
"""The texts of a form by field; a group of boxes has one for each that is ticked."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts of a form. What it does not hold is to stay as it is."""

    fields: Fields

    def has(self, name: str) -> bool:
        """Tell whether the form held a field."""
        return name in self.fields

    def one(self, name: str, otherwise: str = "") -> str:
        """Return the text of a field, without space around it."""
        texts = self.fields.get(name, ())
        return visible(texts[0].replace("\r\n", "\n")).strip() if texts else otherwise

    def many(self, name: str) -> tuple[str, ...]:
        """Return what was ticked of a group of boxes."""
        return tuple(dict.fromkeys(text for text in self.fields.get(name, ()) if text))


def visible(text: str) -> str:
    """Return `text` without signs that show nothing.

    They come with what is pasted, and could part the digits of a number. What turns the
    direction of reading stays, to be refused: without it the text says something else.
    """
    return "".join(c for c in text if unicodedata.category(c) != "Cf" or c in _TURNING)


def one_line(text: str) -> str:
    """Return `text` with single spaces, as it looks on a line."""
    return " ".join(text.split())


def is_same(typed: str, cell: str) -> bool:
    """Tell whether two texts differ in nothing but space: a form may change that."""
    return one_line(visible(typed)) == one_line(visible(cell))
