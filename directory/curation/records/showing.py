"""How much of a place a change shows, against what is shown of it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from directory.curation.records.patch import Patch, RecordChange
from directory.hsds import Visibility

_WIDEST_FIRST = tuple(Visibility)

HELD_WITH: Mapping[str, frozenset[Visibility]] = MappingProxyType(
    {
        "name": frozenset({Visibility.PUBLIC}),
        "latitude": frozenset({Visibility.PUBLIC}),
        "longitude": frozenset({Visibility.PUBLIC}),
        "county_fips": frozenset({Visibility.PUBLIC, Visibility.COUNTY}),
        "region": frozenset({Visibility.PUBLIC, Visibility.COUNTY, Visibility.REGION}),
    }
)
"""With which visibility a field of a place may be held; the database insists on most
of it."""


def narrower(visibility: str) -> tuple[Visibility, ...]:
    """Return what can be shown of a place instead: as much, or less."""
    return _WIDEST_FIRST[_width(visibility) :]


def narrower_for_providers(visibility: str) -> tuple[Visibility, ...]:
    """Return what a provider can show of a place instead.

    That a place exists at all is hidden by staff only: whoever took over a provider's
    mail could else take the whole organization away from the public.
    """
    return tuple(
        v
        for v in narrower(visibility)
        if v is not Visibility.NETWORK or v.value == visibility
    )


def shows_more(patch: Patch) -> frozenset[str]:
    """Return the ids of the locations of which a patch shows more than is shown.

    That takes an authorization on record (42 USC 10406(c)(5)). A place that is made
    where a hidden one goes may be the same under another id.
    """
    shown = {i for i, before, after in _moves(patch) if after < before}
    gone = [_width(c.before["visibility"]) for c in _places(patch) if c.before]
    for change in _places(patch):
        if change.after and any(_width(change.after["visibility"]) < w for w in gone):
            shown.add(change.id)
    return frozenset(shown)


def hides(patch: Patch) -> frozenset[str]:
    """Return the ids of the locations of which a patch shows less than is shown."""
    return frozenset(i for i, before, after in _moves(patch) if after > before)


def _places(patch: Patch) -> list[RecordChange]:
    """Return the places that a patch makes or takes away as a whole."""
    return [
        change
        for change in patch
        if change.table == "location"
        and (change.before is None or change.after is None)
    ]


def _moves(patch: Patch) -> Iterable[tuple[str, int, int]]:
    """Yield each location whose visibility changes, with the old and the new width."""
    for change in patch:
        before, after = change.before or {}, change.after or {}
        if change.table == "location" and {*before} & {*after} & {"visibility"}:
            yield change.id, _width(before["visibility"]), _width(after["visibility"])


def _width(visibility: str) -> int:
    return _WIDEST_FIRST.index(Visibility(visibility))
