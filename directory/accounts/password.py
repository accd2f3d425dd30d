"""Which passwords are refused: short ones, and those that are guessed early.

There are no rules about digits and signs: they make passwords worse.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from zxcvbn import zxcvbn  # type: ignore[import-untyped]

SHORTEST, LONGEST = 15, 256
"""How many characters a password has."""

_PLAIN_WORDS = ("aftercare nc", "aftercare", "north carolina", "human trafficking")
"""What anybody would try here first."""

_STRONG_ENOUGH = 3
"""The score of zxcvbn that stands for ten billion guesses."""
_READ = 72
"""How many characters are judged; what follows can only make it stronger."""
_WORD = 3


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    GUESSABLE = "guessable"


def weakness(password: str, about: Iterable[str] = ()) -> Weakness | None:
    """Return why a password is refused, or nothing.

    `about` holds what others know of its owner: address, name, organization. Nobody is
    asked over the network; the lists of common passwords are those of zxcvbn.
    """
    # One letter with an accent is one character, in whichever way it is typed.
    typed = unicodedata.normalize("NFC", password)
    if len(typed) < SHORTEST:
        return Weakness.SHORT
    if len(typed) > LONGEST:
        return Weakness.LONG
    known = list(_known_words([*_PLAIN_WORDS, *about]))
    judged = zxcvbn(typed[:_READ], user_inputs=known)
    return Weakness.GUESSABLE if judged["score"] < _STRONG_ENOUGH else None


def _known_words(texts: Iterable[str]) -> Iterable[str]:
    """Yield each text, its parts, and all of it without spaces."""
    for text in texts:
        lower = text.lower()
        parts = re.split(r"\W+", lower)
        yield from (lower, "".join(parts))
        yield from (part for part in parts if len(part) >= _WORD)
