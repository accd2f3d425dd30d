"""Small directories: an organization, what it offers, and where."""

from dataclasses import dataclass

from sqlalchemy import Engine

from directory.hsds import (
    Location,
    Organization,
    Record,
    Service,
    ServiceAtLocation,
    Visibility,
)
from tests.builders import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One service of one organization, at some places."""

    organization: Organization
    service: Service
    places: tuple[Location, ...]
    links: tuple[ServiceAtLocation, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """All of it, parents first."""
        return (self.organization, self.service, *self.places, *self.links)


def scene(
    *visibilities: Visibility,
    of: Organization | None = None,
    name: str = "s",
    **of_service: object,
) -> Scene:
    """Return a service with a place of each of `visibilities`.

    All ids are made of `name`, so that a scene is the same in two databases.
    """
    owner = of or rows.organization(id=f"{name}-organization")
    offer = rows.service(owner, id=name, **of_service)
    places = tuple(
        rows.location(owner, visibility, id=f"{name}-{n}")
        for n, visibility in enumerate(visibilities)
    )
    links = tuple(rows.given_at(offer, place, id=f"at-{place.id}") for place in places)
    return Scene(organization=owner, service=offer, places=places, links=links)


def stage(
    engine: Engine, *visibilities: Visibility, name: str = "s", **of_service: object
) -> Scene:
    """Write a scene into the database, and return it."""
    made = scene(*visibilities, of=None, name=name, **of_service)
    rows.save(engine, *made.records)
    return made
