"""Eligibility as a filter: whether a listing's rules open a door, close it, or neither.

What is not recorded is neither: such a listing stays, and says that one must ask.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum

from directory.projection import Listing, RuleFact
from directory.projection.standing import ANY, in_force, is_firm

OFFERED = (
    "age:minor",
    "gender:woman",
    "gender:man",
    "gender:trans_woman",
    "gender:trans_man",
    "gender:nonbinary",
    "children:yes",
    "pregnant:yes",
    "exploitation:sex",
    "exploitation:labor",
    "immigration:undocumented",
    "photo_id:no",
    "police_report:not_willing",
    "substances:yes",
    "insurance:none",
    "justice:record",
    "pets:yes",
)
"""The filters, as attribute and answer, in the order in which they are shown."""

_LAST_MINOR_AGE = 17


class Door(IntEnum):
    """What the rules of a listing say to one answer."""

    UNSAID = 0
    OPEN = 1
    CLOSED = 2


def attribute_of(code: str) -> str:
    """Return the attribute of a filter: `gender:woman` gives `gender`."""
    return code.partition(":")[0]


def doors_of(listing: Listing, day: dt.date) -> dict[str, Door]:
    """Return the doors that `listing` opens or closes on `day`, by filter."""
    by_attribute: dict[str, list[RuleFact]] = {}
    for rule in listing.rules:
        if in_force(rule, day) and rule.effect != "prefers":
            by_attribute.setdefault(rule.attribute, []).append(rule)
    if not by_attribute:
        return {}
    verified_on = listing.verified.get("eligibility")
    doors = {
        code: _door(by_attribute[attribute_of(code)], code, day, verified_on)
        for code in OFFERED
        if attribute_of(code) in by_attribute
    }
    return {code: door for code, door in doors.items() if door is not Door.UNSAID}


def _door(
    rules: Iterable[RuleFact], code: str, day: dt.date, verified_on: dt.date | None
) -> Door:
    """Return what all rules on one attribute say: one that closes is enough."""
    accepts = _ACCEPTS.get(code) or _accepts_answer(code.partition(":")[2])
    said = Door.UNSAID
    for rule in rules:
        if accepts(rule):
            said = Door.OPEN if said is Door.UNSAID else said
        elif is_firm(rule, day, verified_on):
            return Door.CLOSED
    return said


def _accepts_answer(answer: str) -> Callable[[RuleFact], bool]:
    def accepts(rule: RuleFact) -> bool:
        named = answer in rule.values or ANY in rule.values
        return named is (rule.effect != "excludes") or _opens(rule)

    return accepts


def _accepts_minor(rule: RuleFact) -> bool:
    """Tell whether some age under 18 is let in."""
    if _opens(rule):
        return True
    low = 0 if rule.minimum is None else rule.minimum
    high = _LAST_MINOR_AGE if rule.maximum is None else rule.maximum
    if rule.effect == "excludes":
        return low > 0 or high < _LAST_MINOR_AGE
    return low <= _LAST_MINOR_AGE


def _opens(rule: RuleFact) -> bool:
    """Tell whether the rule says that the attribute does not matter."""
    return ANY in rule.values and rule.effect != "excludes"


# Where the answer is not the value itself.
_ACCEPTS: Mapping[str, Callable[[RuleFact], bool]] = {
    "age:minor": _accepts_minor,
    # Whoever has no ID is let in unless one is required.
    "photo_id:no": lambda rule: _opens(rule) or rule.effect == "excludes",
}
