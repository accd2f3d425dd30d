"""Numbers that are spelled, in English and Spanish, and with letters like digits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

_ENGLISH = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen
"""
_SPANISH = """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce
    quince dieciseis diecisiete dieciocho diecinueve
"""
_TENS = """
    twenty thirty forty fifty sixty seventy eighty ninety
    veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa
"""
_OTHERS = {
    "oh": "0",
    "nought": "0",
    "hundred": "00",
    "cien": "100",
    "ciento": "1",
    "quinientos": "500",
    "setecientos": "700",
    "novecientos": "900",
}
_WORDS = {
    **{word: str(number) for number, word in enumerate(_ENGLISH.split())},
    **{word: str(number) for number, word in enumerate(_SPANISH.split())},
    **{word: str(place % 8 + 2) for place, word in enumerate(_TENS.split())},
    **{f"veinti{word}": f"2{n}" for n, word in enumerate(_SPANISH.split()[:10])},
    **{f"{word}cientos": f"{n}00" for n, word in enumerate(_SPANISH.split()[:10])},
    **_OTHERS,
}
_BETWEEN = """
    and comma dash dot hyphen minus point slash space then double triple
    y coma guion menos punto raya espacio luego despues doble
"""
"""Words between spoken digits that are not spoken for their own sake."""

_FILLERS = frozenset(_BETWEEN.split())
_SPOKEN = _FILLERS | frozenset(_WORDS)
_OPEN = frozenset(_TENS.split())
_TOKEN = re.compile(r"[A-Za-z]+|\d+")
_LOOKALIKE = re.compile(r"(?<![A-Za-z\d])(?:[\dOoIlSBZ|][\s().\-–—/_*]*){7,}(?![a-z])")
_LIKE = str.maketrans("OoIl|SBZ", "00111582")
_FEWEST_DIGITS = 3
_UNIT = "|".join((*_ENGLISH.split()[:10], *_SPANISH.split()[:10]))
_WRITTEN_TOGETHER = re.compile(rf"(?:{_UNIT}){{3,}}", re.IGNORECASE)


def in_digits(text: str) -> str:
    """Return `text` with digits where several are spelled in a row, or imitated.

    A single word stays a word: that "one" is in most texts.
    """
    plain = _WRITTEN_TOGETHER.sub(_apart, _LOOKALIKE.sub(_alike, text))
    tokens = list(_TOKEN.finditer(plain))
    groups = groupby(tokens, key=lambda token: _is_spoken(token[0]))
    runs = (list(run) for spoken, run in groups if spoken)
    return _replaced(plain, (m for run in runs if _is_number(run) for m in run))


def _apart(found: re.Match[str]) -> str:
    return re.sub(_UNIT, r"\g<0> ", found[0].casefold())


def _alike(found: re.Match[str]) -> str:
    whole = found[0]
    digits = sum(sign.isdigit() for sign in whole)
    return whole.translate(_LIKE) if digits >= _FEWEST_DIGITS else whole


def _is_spoken(token: str) -> bool:
    return token.isdigit() or token.casefold() in _SPOKEN


def _is_number(run: Sequence[re.Match[str]]) -> bool:
    """Tell whether a run of tokens is more than one number or digit."""
    return sum(token[0].casefold() not in _FILLERS for token in run) > 1


def _replaced(text: str, tokens: Iterable[re.Match[str]]) -> str:
    return "".join(_pieces(text, tokens))


def _pieces(text: str, tokens: Iterable[re.Match[str]]) -> Iterator[str]:
    end, open_tens = 0, False
    for token in tokens:
        word, between = token[0].casefold(), text[end : token.start()]
        # "Fifty-five" is one number, not two.
        yield "" if open_tens and between in {"-", " "} else between
        yield _WORDS.get(word, token[0])
        end, open_tens = token.end(), word in _OPEN
    yield text[end:]
