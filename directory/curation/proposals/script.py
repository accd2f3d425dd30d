"""The letters and signs of a text: which can be read with certainty, and how."""

import re
import string
import unicodedata

_SIGNS = frozenset("¡¿«»“”„‘’…–—·•°ºª§©®™½¼¾€£¢×✓→\u00a0")
_LETTERS = frozenset("ßæœøđłıðþẞÆŒØĐŁÐÞ")
"""Latin letters that are not one of the 26 with a mark."""

_BLANKS = str.maketrans(dict.fromkeys("ºª°·•×✓→©®", " "))


def strange_signs(text: str) -> frozenset[str]:
    """Return the signs of `text` that might be read as something else, or not be seen.

    A letter of another script looks like one of ours, an invisible sign parts a number,
    and digits there are in dozens of scripts. So what is not known to be harmless is
    not: an ordinary note in English or Spanish needs none of it.
    """
    composed = unicodedata.normalize("NFC", text)
    return frozenset(sign for sign in composed if not _is_plain(sign))


def folded(text: str) -> str:
    """Return `text` in plain letters and digits, as a quick reader takes it.

    Full width becomes usual width, digits of any script ours; marks and what is
    invisible go, and space is one space or the end of a line.
    """
    taken_apart = unicodedata.normalize("NFKD", text.translate(_BLANKS))
    plain = "".join(
        str(unicodedata.digit(sign, sign))
        for sign in taken_apart
        if unicodedata.category(sign) not in {"Mn", "Me", "Mc", "Cf"}
    )
    return re.sub(r"\s+", lambda space: "\n" if "\n" in space[0] else " ", plain)


def _is_plain(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable() or sign in "\n\r\t"
    base = unicodedata.normalize("NFD", sign)[0]
    return sign in _SIGNS or sign in _LETTERS or base in string.ascii_letters
