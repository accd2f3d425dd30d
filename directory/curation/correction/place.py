"""How much is shown of the places of a service: here it can only become less."""

from collections.abc import Iterable, Sequence

from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, compared, removed
from directory.curation.records.showing import HELD_WITH, narrower_for_providers


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    for i, cells in places_of(dossier):
        yield f"place-{i}", (cells["visibility"],)


def places_of(dossier: Dossier) -> Sequence[tuple[str, Cells]]:
    """Return the places that the organization itself may hide."""
    own = [
        (i, c)
        for i, c in dossier.of("location").items()
        if c["organization_id"] == dossier.organization_id
    ]
    return sorted(own)


def asked(sheet: Sheet) -> Patch:
    """Return the changes that show less of the places.

    What may be held no longer goes with them: streets, points, names.
    """
    patches = [_asked(sheet, i, cells) for i, cells in places_of(sheet.dossier)]
    return tuple(change for patch in patches for change in patch)


def _asked(sheet: Sheet, place: str, cells: Cells) -> Patch:
    name, held = f"place-{place}", cells["visibility"]
    wanted = sheet.typed.one(name, held)
    if wanted == held:
        return ()
    if wanted not in narrower_for_providers(held):
        sheet.refuse(name, Fault.CHOICE)
        return ()
    bare = {field: "" for field, may in HELD_WITH.items() if wanted not in may}
    streets = (
        removed("address", i, address)
        for i, address in sheet.dossier.of("address").items()
        if address["location_id"] == place
    )
    return (
        *streets,
        *compared("location", place, cells, {"visibility": wanted, **bare}),
    )
