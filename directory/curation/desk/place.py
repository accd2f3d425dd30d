"""How much is shown of a place: the change that its page makes of what was typed."""

from dataclasses import dataclass

from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import (
    Patch,
    RecordChange,
    compared,
    made,
    removed,
)
from directory.curation.records.showing import HELD_WITH
from directory.hsds import Visibility

_TYPED = ("address_1", "address_2", "city", "postal_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is to be shown of a place; each part counts where the visibility has it.

    `address` holds the cells of a street address.
    """

    visibility: Visibility
    county: str = ""
    region: str = ""
    address: Cells


def place_patch(dossier: Dossier, place: str, shown: Shown) -> Patch:
    """Return the change that shows just that of a place, and holds nothing else.

    Raises `InvalidRequestError` for a cell that cannot be read.
    """
    held = dossier.of("location")[place]
    told = {"county_fips": shown.county, "region": shown.region}
    cells = {
        field: told.get(field, held[field]) if shown.visibility in may else ""
        for field, may in HELD_WITH.items()
    }
    wanted = {"visibility": shown.visibility.value, **cells}
    return (
        *_addresses(dossier, place, shown),
        *compared("location", place, held, wanted),
    )


def addresses_of(dossier: Dossier, place: str) -> dict[str, Cells]:
    """Return the street addresses of a place; a hidden one has none."""
    return {
        identifier: cells
        for identifier, cells in sorted(dossier.of("address").items())
        if cells["location_id"] == place
    }


def _addresses(dossier: Dossier, place: str, shown: Shown) -> tuple[RecordChange, ...]:
    known = addresses_of(dossier, place)
    if shown.visibility is not Visibility.PUBLIC:
        return tuple(removed("address", i, cells) for i, cells in known.items())
    typed = {field: shown.address.get(field, "") for field in _TYPED}
    if known:
        first, cells = next(iter(known.items()))
        return compared("address", first, cells, typed)
    return (made("address", {"location_id": place, **typed}),)
