"""Makes the patch that lets one listing go up in another. Pure: values in, values out.

The visibility of a place is never touched, and no place is made or taken away.
"""

from collections.abc import Mapping

from directory.curation.merging.choosing import (
    HOURS,
    OF_HOURS,
    OF_SOURCE,
    SOURCE,
    Choice,
    Side,
    choices,
    parent_of,
)
from directory.curation.merging.estate import Estate
from directory.curation.merging.joining import moved
from directory.curation.merging.merger import Merger, MergeRefusedError
from directory.curation.merging.services import (
    Sides,
    phones_and_languages,
    service_parts,
)
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, compared, removed
from directory.curation.records.subject import SubjectKind
from directory.places.spelling import folded
from directory.sentence import Sentence

UNEVEN = Sentence(
    "Only approved staff may know of one of them, and everybody of the other. They"
    " cannot be merged: that would show a hidden place, or hide a public one."
)
_NAMES = ("name", "alternate_name")


def merge(kept: Estate, gone: Estate, chosen: Sides | None = None) -> Patch:
    """Return the patch by which `gone` goes up in `kept`.

    `chosen` holds the side that was chosen, by the name of the choice; the usual side
    is taken where none was. Raises `MergeRefusedError` for two that cannot be one.
    """
    refuse_to_merge(kept, gone)
    return _merged(kept, gone, chosen or {})


def refuse_to_merge(kept: Estate, gone: Estate) -> None:
    """Raise `MergeRefusedError` if the two cannot become one."""
    if kept.kind is not gone.kind or kept.id == gone.id:
        raise MergeRefusedError(
            Sentence("Only two organizations or two services can be merged.")
        )
    apart = kept.dossier.organization_id != gone.dossier.organization_id
    if kept.kind is SubjectKind.SERVICE and apart:
        raise MergeRefusedError(
            Sentence(
                "These services are of two organizations. Merge the organizations"
                " first."
            )
        )
    parent = kept.main.get("parent_organization_id")
    if gone.id in kept.above and parent != gone.id:
        raise MergeRefusedError(
            Sentence(
                "One is a part of a part of the other. Say first what belongs to what."
            )
        )
    refuse_uneven(kept, gone)
    for ours, theirs in same_services(kept, gone):
        refuse_uneven(ours, theirs)


def refuse_uneven(kept: Estate, gone: Estate) -> None:
    """Raise `MergeRefusedError` if only one of the two is hidden from the public.

    Merged they would be hidden both, or shown both.
    """
    if kept.is_hidden != gone.is_hidden:
        raise MergeRefusedError(UNEVEN)


def same_services(kept: Estate, gone: Estate) -> tuple[tuple[Estate, Estate], ...]:
    """Return the services of both organizations that bear one name, as pairs.

    One organization lists no name twice, so they become one as well.
    """
    named = {folded(service.main["name"]): service for service in kept.services}
    pairs = ((named.pop(folded(s.main["name"]), None), s) for s in gone.services)
    return tuple((ours, theirs) for ours, theirs in pairs if ours is not None)


def _merged(kept: Estate, gone: Estate, chosen: Sides) -> Patch:
    asked = {choice.name: choice for choice in choices(kept, gone)}
    sides = {name: chosen.get(name, c.usual) for name, c in asked.items()}
    merger = Merger(kind=kept.kind, gone_id=gone.id, kept_id=kept.id)
    table, after = kept.kind.value, _main(kept, gone, asked, sides)
    return (
        *compared(table, kept.id, kept.main, after),
        *(
            _organization_parts(kept, gone)
            if kept.kind is SubjectKind.ORGANIZATION
            else service_parts(kept, gone, sides)
        ),
        *moved("redirect", gone.of("redirect"), {gone.id: kept.id}),
        merger.redirect,
        removed(table, gone.id, gone.main),
    )


def _main(
    kept: Estate, gone: Estate, asked: Mapping[str, Choice], sides: Sides
) -> Cells:
    """Return the cells of the listing that stays, as far as they may change."""
    after: dict[str, str] = {}
    for name, side in sides.items():
        if side is Side.GONE and asked[name].table == kept.kind.value:
            fields = OF_SOURCE if name == SOURCE else (name,)
            after.update({f: gone.main[f] for f in fields if f in gone.main})
    if sides.get(HOURS) is Side.GONE:
        after.update({field: gone.main[field] for field in OF_HOURS})
    if kept.kind is SubjectKind.ORGANIZATION:
        taken = sides.get("parent_organization_id") is Side.GONE
        pair = (gone, kept) if taken else (kept, gone)
        after["parent_organization_id"] = parent_of(*pair)
    name = after.get("name", kept.main["name"])
    after["alternate_name"] = _other_names(name, kept.main, gone.main)
    return after


def _other_names(name: str, *cells: Cells) -> str:
    """Return all names but `name`, each once, so that each of them can be found."""
    once = {name.casefold(): name}
    for other in (n.strip() for c in cells for f in _NAMES for n in c[f].split(";")):
        once.setdefault(other.casefold(), other)
    return "; ".join([other for other in once.values() if other][1:])


def _organization_parts(kept: Estate, gone: Estate) -> Patch:
    owners = {gone.id: kept.id}
    pairs = same_services(kept, gone)
    merged = {theirs.id for _ours, theirs in pairs}
    services = {i: c for i, c in gone.of("service").items() if i not in merged}
    parts = {i: c for i, c in gone.of("organization").items() if i != kept.id}
    return (
        *phones_and_languages(kept, gone),
        *moved("location", gone.of("location"), owners),
        *moved("service", services, owners),
        *moved("organization", parts, owners),
        *(change for ours, theirs in pairs for change in _merged(ours, theirs, {})),
    )
