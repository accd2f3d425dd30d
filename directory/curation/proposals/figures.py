"""The digits of a text: which are plainly a time, a date, an age or a price.

All others are loose: somebody could dial them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.curation.proposals.days import MONTH, WEEKDAY

_AFTER_A_NUMBER = r"(?:(?<=\d)|(?<=\dm))"
_HALF_OF_DAY = re.compile(r"(?<=\d)\s*[ap]\.?\s?m\b\.?")
_TO = re.compile(
    rf"{_AFTER_A_NUMBER}\s*(?:-|–|—|\b(?:to|a|al|hasta|until|till|through|thru)\b)\s*"
    r"(?:(?:las?|the)\s+)?(?=\$?\d)"
)
_AND = re.compile(
    rf"{_AFTER_A_NUMBER}\s*(?:,|&|\b(?:and|y|e|or|o)\b)\s*(?:las?\s+)?(?=\$?\d)"
)
_THOUSANDS = re.compile(r"(?<![\d,.-])(\d{1,3}),(\d{3})(?![\d,.-])")
_IN_BRACKETS = re.compile(r"\((?=(?:19|20)\d\d\b)")
_CHUNK = re.compile(r"\d+m?(?:(?![.:]\s)[^\w;\n]{1,4}\d+m?)*")
"""Digits with nothing but signs between them, up to the end of a sentence."""

_CLOCK = r"(?:0?\d|1\d|2[0-4])(?:[:.][0-5][05])?m?"
_HOURS = re.compile(rf"{_CLOCK}(?:-{_CLOCK})?")
_DAY = r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:20[0-4]\d|[23]\d))?"
_DATES = re.compile(
    rf"(?:19|20)\d\d(?:-(?:19|20)\d\d)?|(?:19|20)\d\d-(?:0?[1-9]|1[0-2])(?:-[0-3]?\d)?"
    rf"|{_DAY}(?:-{_DAY})?|24[/-]7"
)
_DAY_OF_MONTH = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:-(?:[1-9]|[12]\d|3[01]))?")
_PRICE = re.compile(r"\$[1-9]\d{0,3}(?:\.\d\d)?(?:-\$?[1-9]\d{0,3}(?:\.\d\d)?)?")
_SHARE = re.compile(r"[1-9]\d{0,2}(?:\.\d)?")
_COUNT = re.compile(r"[1-9]\d{0,2}(?:-[1-9]\d{0,2})?\+?|[1-9]\d{3}")
_AGE = re.compile(r"\d{1,2}(?:-\d{1,2})?\+?")
_ROOM = re.compile(r"[1-9]\d{0,3}")

_WEEK = re.compile(
    rf"\b(?:{WEEKDAY}|daily|hours|open|walk-ins?|office|diario|horario|abierto)\b"
)
_MONTH_BEFORE = re.compile(rf"\b{MONTH}\.?\s+$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:(?:de|of)\s+)?{MONTH}\b")
_AGE_BEFORE = re.compile(r"\b(?:ages?|aged|edad(?:es)?)(?:\s+(?:de|from))?:?\s+$")
_AGE_AFTER = re.compile(
    r"\+?\s*(?:(?:or|and|o|y)\s+(?:older|over|up|younger|under|mas|mayores|menores))\b"
)
_UNIT_AFTER = re.compile(
    r"[\s-]*(?:years?|yrs?|months?|weeks?|days?|nights?|hours?|hrs?|h|minutes?|mins?"
    r"|beds?|bedrooms?|rooms?|people|persons?|adults|women|men|girls|boys|children"
    r"|families|clients|survivors|counties|languages|miles|visits?|sessions?|places"
    r"|units|apartments|houses|times|anos?|mes(?:es)?|semanas?|dias?|noches?|horas?"
    r"|minutos?|camas?|cuartos?|habitaciones|personas?|adultos|mujeres|hombres|ninos"
    r"|familias|sobrevivientes|condados|idiomas|millas|visitas?|sesiones|veces)\b"
)
_SHARE_AFTER = re.compile(r"\s*(?:%|percent\b|por ciento\b)")
_ROOM_BEFORE = re.compile(
    r"\b(?:rooms?|suite|ste|floor|apt|building|bldg|door|gate|window|section|sec|route"
    r"|bus|form|piso|oficina|cuarto|sala|salon|puerta|edificio|ruta|seccion)\.?\s*#?$"
)
_MOST_PARTS = 3
_MOST_DIGITS = 9
_NEAR = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Digits that stand together, and what stands before and after them."""

    whole: str
    left: str
    right: str

    @property
    def parts(self) -> list[str]:
        """What commas part, without space."""
        return [re.sub(r"\s*-\s*", "-", part).strip() for part in self.whole.split(",")]


def loose_digits(text: str) -> Iterator[str]:
    """Yield the digits of a folded text that are nothing plain, as they stand together.

    A number comes without the 1 that may be dialled before it.
    """
    for chunk in _chunks(text.casefold()):
        parts = chunk.parts
        few = len(parts) <= _MOST_PARTS and _is_short(chunk.whole)
        for part in parts:
            if not (few and _is_plain(part, chunk)):
                digits = re.sub(r"\D", "", part)
                yield digits[1:] if len(digits) == 11 else digits  # noqa: PLR2004


def _chunks(text: str) -> Iterator[_Chunk]:
    plain = _THOUSANDS.sub(r"\1\2", _HALF_OF_DAY.sub("m", text))
    plain = _AND.sub(",", _TO.sub("-", _IN_BRACKETS.sub(";", plain)))
    for found in _CHUNK.finditer(plain):
        start, end = found.span()
        paid = plain[:start].endswith("$")
        yield _Chunk(
            whole=f"${found[0]}" if paid else found[0],
            left=plain[max(0, start - _NEAR) : start],
            right=plain[end : end + _NEAR],
        )


def _is_short(whole: str) -> bool:
    """Tell whether so few digits stand together that they hide no number.

    Times and dates show what they are by their signs.
    """
    return any(sign in whole for sign in ":m/") or (
        sum(sign.isdigit() for sign in whole) <= _MOST_DIGITS
    )


def _is_plain(part: str, chunk: _Chunk) -> bool:
    return (
        _DATES.fullmatch(part) is not None
        or _PRICE.fullmatch(part) is not None
        or _is_time(part, chunk)
        or _is_told(part, chunk)
    )


def _is_time(part: str, chunk: _Chunk) -> bool:
    if not _HOURS.fullmatch(part):
        return False
    if ":" in part or "m" in part:
        return True
    near_a_day = _WEEK.search(chunk.left) or _WEEK.search(chunk.right)
    return "-" in part and near_a_day is not None


def _is_told(part: str, chunk: _Chunk) -> bool:
    """Tell whether the words beside some digits say what they are."""
    left, right = chunk.left, chunk.right
    told = (
        (_DAY_OF_MONTH, _MONTH_BEFORE.search(left) or _MONTH_AFTER.match(right)),
        (_AGE, _AGE_BEFORE.search(left) or _AGE_AFTER.match(right)),
        (_COUNT, _UNIT_AFTER.match(right)),
        (_SHARE, _SHARE_AFTER.match(right)),
        (_ROOM, _ROOM_BEFORE.search(left)),
    )
    return any(found and shape.fullmatch(part) for shape, found in told)
