"""The records of a package with their links followed, for checks to walk over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.interchange.package import Package, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A package by record: rows by id, and children by the id of their parent."""

    package: Package
    organizations: Mapping[str, Row]
    services: Mapping[str, Row]
    locations: Mapping[str, Row]
    by_service: Mapping[str, Mapping[str, Sequence[Row]]]
    by_organization: Mapping[str, Mapping[str, Sequence[Row]]]
    places: Mapping[str, Sequence[Row]]
    """The locations of each service, by its id."""

    def organization_of(self, service: Row) -> Row:
        """Return the organization of `service`."""
        return self.organizations[str(service.values["organization_id"])]

    def name_of(self, row: Row) -> str:
        """Return how people know the record that `row` belongs to."""
        values = row.values
        if "organization_id" in values and values.get("name") and "status" in values:
            return f"{self.organization_of(row).values['name']}: {values['name']}"
        if values.get("service_id"):
            return self.name_of(self.services[str(values["service_id"])])
        if values.get("organization_id"):
            return str(
                self.organizations[str(values["organization_id"])].values["name"]
            )
        return str(values.get("name") or values["id"])

    def phones_of(self, service: Row) -> Sequence[Row]:
        """Return the numbers of a service and of its organization."""
        organization = str(service.values["organization_id"])
        return [
            *self.by_service[str(service.values["id"])].get("phone", ()),
            *self.by_organization[organization].get("phone", ()),
        ]


def content_of(package: Package) -> Content:
    """Follow the links of `package`, which has no broken ones."""
    by_service: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    by_organization: dict[str, dict[str, list[Row]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for table, rows in package.rows.items():
        for row in rows:
            if row.values.get("service_id"):
                by_service[str(row.values["service_id"])][table].append(row)
            elif row.values.get("organization_id"):
                by_organization[str(row.values["organization_id"])][table].append(row)
    locations = _by_id(package.of("location"))
    places: dict[str, list[Row]] = defaultdict(list)
    for link in package.of("service_at_location"):
        location: Any = link.values["location_id"]
        places[str(link.values["service_id"])].append(locations[location])
    return Content(
        package=package,
        organizations=_by_id(package.of("organization")),
        services=_by_id(package.of("service")),
        locations=locations,
        by_service=by_service,
        by_organization=by_organization,
        places=places,
    )


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    return {str(row.values["id"]): row for row in rows}
