"""Phone numbers as people write them, and as they are kept."""

import re
from collections.abc import Iterable

import phonenumbers

from directory.interchange.checks.lines import can_be_dialled

_COUNTRY = "US"
_MOST_DIGITS_OF_A_CODE = 6
_SHARED = re.compile(r"[2-9]11|988")
_EMERGENCY = "911"


def read_number(text: str, kind: str) -> tuple[str, str] | None:
    """Return a number (`+19198287740`, `988`) and its extension, if one is in it.

    `kind` is that of the line: only texts can be sent to a code. `None` is a number
    that nobody can dial, or that never reaches an agency.
    """
    digits = _digits(text)
    if digits == _EMERGENCY:
        return None
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS_OF_A_CODE:
        return (digits, "") if can_be_dialled(digits, kind) else None
    try:
        parsed = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if not can_be_dialled(number, kind):
        return None
    return number, parsed.extension or ""


def belongs_to_everybody(text: str, names: Iterable[str]) -> bool:
    """Tell whether a short number is typed that is not that of the listing itself.

    988 is the number of a listing that is named so; 911 is never that of an agency.
    """
    digits = _digits(text)
    if not _SHARED.fullmatch(digits):
        return False
    return digits == _EMERGENCY or not any(digits in name for name in names)


def _digits(text: str) -> str:
    return re.sub(r"[\s.()-]", "", text)


def written(number: str) -> str:
    """Return a number as people write it: `919-828-7740`, `988`."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    text = phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return text.removeprefix("+1 ").replace(" ", "-")
