"""What a text leads to: numbers, web addresses and mailboxes that it names.

A number in a note is dialled as well as one in its field, so it weighs as much.
"""

import re
import unicodedata

TEXTS = frozenset(
    {
        "alert",
        "alternate_name",
        "amount_description",
        "area_note",
        "capacity_note",
        "county_label",
        "description",
        "details",
        "document",
        "hours_note",
        "length_of_stay",
        "name",
        "note",
        "population",
    }
)
"""The fields that people read as a text, in whatever table they stand."""

_DIGITS = re.compile(r"\+?\d(?:[\s().\-–—/·_*]*\d){6,}")
_LETTERED = re.compile(r"\b1?[\s.-]*8\d\d[\s.-]+[a-z][a-z\s.-]{5,}", re.IGNORECASE)
_SPELLED = re.compile(
    r"(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b[\s,.-]*){6,}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b|\S*@\S+", re.IGNORECASE)
_DIALLED = frozenset({7, 10, 11})
"""How many digits a number has that can be dialled here."""


def leads_to(text: str) -> frozenset[str]:
    """Return what `text` leads to, each in one notation whatever way it is written."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = {re.sub(r"\D", "", found) for found in _DIGITS.findall(plain)}
    dialled = {number[-10:] for number in numbers if len(number) in _DIALLED}
    others = (
        found.group().casefold()
        for pattern in (_LETTERED, _SPELLED, _ADDRESS)
        for found in pattern.finditer(plain)
    )
    return frozenset({*dialled, *others})
