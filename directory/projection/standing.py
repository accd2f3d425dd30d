"""How much a recorded rule is worth on a day: in force, firm, or a reason to ask."""

import datetime as dt

from directory.projection.listing import RuleFact

ANY = "any"
"""The value by which a listing says that everybody is taken."""

BAR_MONTHS = 24
"""A bar whose source is older than this is asked about instead of believed."""

HEARSAY = frozenset({"system", "inferred"})
"""What nobody has said of this very service: it neither opens nor closes a door."""

_BARRIERS = frozenset(
    {
        "photo_id",
        "police_report",
        "substances",
        "pets",
        "insurance",
        "income",
        "faith",
        "residence",
        "household",
        "justice",
        "disability",
    }
)
"""Conditions that a provider sets and changes, as opposed to whom it is made for."""


def in_force(rule: RuleFact, day: dt.date) -> bool:
    """Tell whether `day` is between the dates of `rule`, both included."""
    return (rule.effective_from is None or rule.effective_from <= day) and (
        rule.effective_to is None or day <= rule.effective_to
    )


def is_firm(rule: RuleFact, day: dt.date, verified_on: dt.date | None) -> bool:
    """Tell whether a rule may close a door.

    Hearsay, what is said of a whole system, and conditions last seen more than
    `BAR_MONTHS` ago only make the caller ask. What a service is made for (girls of 12
    to 18, women, tribal members) holds until somebody says otherwise. A rule of law
    holds as long as it is in force.
    """
    if rule.basis in HEARSAY:
        return False
    if rule.effective_from is not None or rule.effective_to is not None:
        return True
    if rule.effect != "excludes" and rule.attribute not in _BARRIERS:
        return True
    seen = (last_day(rule.provenance.date), verified_on)
    newest = max((d for d in seen if d is not None), default=None)
    return newest is not None and (day - newest).days <= BAR_MONTHS * 365 // 12


def last_day(date: str | None) -> dt.date | None:
    """Return the last day that a partial date such as `2019-03` can mean."""
    if date is None:
        return None
    year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
    if not month:
        return dt.date(year, 12, 31)
    if not day:
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date(year, month, day)
