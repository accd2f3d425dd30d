"""Joins what hangs on two services, by the sides that were chosen."""

from collections.abc import Mapping

from directory.curation.merging.choosing import (
    COST,
    HOURS,
    RULES,
    SAME_BODY,
    Side,
    is_general,
    rules_by_attribute,
)
from directory.curation.merging.estate import Estate
from directory.curation.merging.joining import (
    Joined,
    Records,
    dropped,
    join,
    moved,
)
from directory.curation.records.patch import Patch, RecordChange

Sides = Mapping[str, Side]
"""The side of each choice, by its name."""

Owners = Mapping[str, str]
"""What stands for each thing that goes, by ids."""

_SIMPLE = ("accessibility", "required_document", "attribute")


def service_parts(kept: Estate, gone: Estate, sides: Sides) -> Patch:
    """Return the changes by which all that hangs on `gone` hangs on `kept`."""
    owners = {gone.id: kept.id}
    places = _joined("service_at_location", kept, gone, owners)
    here = {**owners, **places.instead}
    return (
        *phones_and_languages(kept, gone),
        *places.patch,
        *_hours(kept, gone, sides, here),
        *_costs(kept, gone, sides, owners),
        *_areas(kept, gone, sides, owners),
        *_rules(kept, gone, sides, owners),
        *(c for t in _SIMPLE for c in _joined(t, kept, gone, owners).patch),
    )


def phones_and_languages(kept: Estate, gone: Estate) -> Patch:
    """Return the changes that join numbers, and the languages of both and of those."""
    owners = {gone.id: kept.id}
    phones = _joined("phone", kept, gone, owners)
    languages = _joined("language", kept, gone, {**owners, **phones.instead})
    return (*phones.patch, *languages.patch)


def _joined(table: str, kept: Estate, gone: Estate, owners: Owners) -> Joined:
    return join(table, kept.of(table), gone.of(table), owners)


def _hours(kept: Estate, gone: Estate, sides: Sides, owners: Owners) -> Patch:
    """Take the week of one side. Hours at one place stay with their place."""
    ours, theirs = _general(kept), _general(gone)
    at_places = {i: c for i, c in gone.of("schedule").items() if not is_general(c)}
    doubled = {c["service_at_location_id"] for c in kept.of("schedule").values()}
    repeated = {
        i: c
        for i, c in at_places.items()
        if owners.get(c["service_at_location_id"]) in doubled
    }
    others = {i: c for i, c in at_places.items() if i not in repeated}
    return (
        *_one_side("schedule", ours, theirs, sides.get(HOURS), owners),
        *dropped("schedule", repeated),
        *moved("schedule", others, owners),
    )


def _general(estate: Estate) -> Records:
    return {i: c for i, c in estate.of("schedule").items() if is_general(c)}


def _costs(kept: Estate, gone: Estate, sides: Sides, owners: Owners) -> Patch:
    ours, theirs = kept.of("cost_option"), gone.of("cost_option")
    return _one_side("cost_option", ours, theirs, sides.get(COST), owners)


def _one_side(
    table: str, kept: Records, gone: Records, side: Side | None, owners: Owners
) -> Patch:
    """Take the records of one side, and those of the other away."""
    if side is Side.GONE:
        return (*dropped(table, kept), *moved(table, gone, owners))
    return dropped(table, gone)


def _areas(kept: Estate, gone: Estate, sides: Sides, owners: Owners) -> Patch:
    """Join the counties, as far as what is said of the list still holds of it."""
    estates = {Side.KEPT: kept, Side.GONE: gone}
    side = sides.get("coverage", Side.KEPT)
    coverage = estates[side].main["coverage"]
    if "coverage" in sides and coverage == "complete":
        # More counties than these would make the list say what nobody has said.
        ours, theirs = kept.of("service_area"), gone.of("service_area")
        return _one_side("service_area", ours, theirs, side, owners)
    if coverage == "statewide":
        return (
            *dropped("service_area", _counties(kept)),
            *dropped("service_area", _counties(gone)),
            *moved("service_area", _no_counties(gone), owners),
        )
    return _joined("service_area", kept, gone, owners).patch


def _counties(estate: Estate) -> Records:
    return {i: c for i, c in estate.of("service_area").items() if c["fips"]}


def _no_counties(estate: Estate) -> Records:
    return {i: c for i, c in estate.of("service_area").items() if not c["fips"]}


def _rules(kept: Estate, gone: Estate, sides: Sides, owners: Owners) -> Patch:
    """Join the rules: about one thing those of one side, so that none contradict."""
    table, patch = "eligibility_rule", list[RecordChange]()
    ours = rules_by_attribute(kept)
    for attribute, theirs in rules_by_attribute(gone).items():
        mine = ours.get(attribute, {})
        if attribute == SAME_BODY:
            patch += join(table, mine, theirs, owners).patch
        elif not mine:
            patch += moved(table, theirs, owners)
        else:
            side = sides.get(f"{RULES}{attribute}")
            patch += _one_side(table, mine, theirs, side, owners)
    return tuple(patch)
