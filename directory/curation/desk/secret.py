"""What not every coordinator may know of: listings whose very existence is hidden."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.records.patch import Patch
from directory.curation.records.subject import SubjectKind
from directory.hsds import (
    Location,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    Visibility,
)
from directory.projection import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """The ids of organizations and services that one person may not know of."""

    organization_ids: frozenset[str] = frozenset()
    service_ids: frozenset[str] = frozenset()

    @property
    def subjects(self) -> frozenset[str]:
        """The same as proposals and the history name them."""
        organization, service = SubjectKind.ORGANIZATION, SubjectKind.SERVICE
        return frozenset(
            {
                *(f"{organization.value}:{i}" for i in self.organization_ids),
                *(f"{service.value}:{i}" for i in self.service_ids),
            }
        )

    def holds(self, subject: str, organization_id: str | None) -> bool:
        """Tell whether `subject` is one that the person may not know of."""
        return organization_id in self.organization_ids or subject in self.subjects

    def holds_organization(self, organization_id: str) -> bool:
        """Tell whether the person may not know of an organization."""
        return organization_id in self.organization_ids

    def touched_by(self, patch: Patch) -> bool:
        """Tell whether a change speaks of one of them, as a merge can by the way."""
        ids = self.organization_ids | self.service_ids
        return any(
            change.id in ids or not ids.isdisjoint((cells or {}).values())
            for change in patch
            for cells in (change.before, change.after)
        )


NOTHING = Secret()
"""For whoever may know of everything."""


def secret(
    public: Snapshot, network: Snapshot, dormant: frozenset[str] = frozenset()
) -> Secret:
    """Return what is in `network` and not in `public`.

    `dormant` are the ids of services that are in neither, and hidden all the same.
    """
    shown = {*public.listings, *public.closed}
    held = {*network.listings, *network.closed}
    return Secret(
        organization_ids=frozenset(network.organizations) - {*public.organizations},
        service_ids=frozenset(held - shown) | dormant,
    )


def dormant(session: Session) -> frozenset[str]:
    """Return the ids of services that nobody is shown and whose places are hidden."""
    seen: dict[str, set[bool]] = {}
    query = (
        select(Service.id, Location.visibility)
        .join(ServiceAtLocation, col(ServiceAtLocation.service_id) == col(Service.id))
        .join(Location, col(ServiceAtLocation.location_id) == col(Location.id))
        .where(Service.status == ServiceStatus.INACTIVE)
    )
    for identifier, visibility in session.exec(query).all():
        hidden = visibility is Visibility.NETWORK
        seen.setdefault(identifier, set()).add(hidden)
    return frozenset(i for i, hidden in seen.items() if hidden == {True})
