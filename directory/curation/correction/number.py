"""Phone numbers as people write them, and as they are kept."""

import re

import phonenumbers

from directory.interchange.checks.lines import can_be_dialled

_COUNTRY = "US"
_MOST_DIGITS_OF_A_CODE = 6


def read_number(text: str, kind: str) -> tuple[str, str] | None:
    """Return a number (`+19198287740`, `988`) and its extension, if one is in it.

    `kind` is that of the line: only texts can be sent to a code. `None` is a number
    that nobody can dial.
    """
    digits = re.sub(r"[\s.()-]", "", text)
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
