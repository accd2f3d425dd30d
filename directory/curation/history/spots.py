"""Texts that tell where a place is, in the listings of who has a hidden one.

A street in a text outlives the hiding of its place until somebody writes the text
another way; what it said before must not come into the history then. The words of a
hidden street are held nowhere, so any street, ZIP code or point is taken out.
"""

from dataclasses import replace

from sqlmodel import Session, col, or_, select

from directory.curation.records.cells import Cells, is_text
from directory.curation.records.patch import REDACTED, Patch
from directory.hsds import Location, Service, ServiceAtLocation, Visibility
from directory.interchange.whereabouts import tells_spot

_OF_A_PLACE = frozenset({"address", "location"})
"""Tables that can hold no hidden place: their own rules see to it."""


def without_spots(session: Session, organization_id: str | None, patch: Patch) -> Patch:
    """Return `patch` without texts that may tell where a hidden place is.

    Unchanged where the organization has none.
    """
    clean = tuple(
        change
        if change.table in _OF_A_PLACE
        else replace(
            change,
            before=_without(change.table, change.before),
            after=_without(change.table, change.after),
        )
        for change in patch
    )
    if clean == patch or not _has_hidden(session, organization_id):
        return patch
    return clean


def _without(table: str, cells: Cells | None) -> Cells | None:
    if cells is None:
        return None
    return {
        field: REDACTED if is_text(table, field) and tells_spot(cell) else cell
        for field, cell in cells.items()
    }


def _has_hidden(session: Session, organization_id: str | None) -> bool:
    given = (
        select(ServiceAtLocation.location_id)
        .join(Service, col(Service.id) == col(ServiceAtLocation.service_id))
        .where(Service.organization_id == organization_id)
    )
    hidden = (
        select(Location.id)
        .where(Location.visibility != Visibility.PUBLIC)
        .where(
            or_(
                Location.organization_id == organization_id,
                col(Location.id).in_(given),
            )
        )
        .limit(1)
    )
    return session.exec(hidden).first() is not None
