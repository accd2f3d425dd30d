"""The records of a package with their links followed, for checks to walk over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.interchange.package import Package, Row
from directory.places import Gazetteer

_Children = Mapping[str, Mapping[str, Sequence[Row]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A package by record: rows by id, and children by the id of their parent.

    `gazetteer` and `terms` (the code of each term of the vocabulary, by its id) are
    what the records are compared with.
    """

    package: Package
    gazetteer: Gazetteer
    terms: Mapping[str, str]
    organizations: Mapping[str, Row]
    services: Mapping[str, Row]
    locations: Mapping[str, Row]
    places: Mapping[str, Sequence[Row]]
    """The locations of each service, by its id."""
    _by_service: _Children
    _by_organization: _Children

    def of(self, table: str) -> Sequence[Row]:
        """Return the rows of `table`."""
        return self.package.of(table)

    def active_services(self) -> Iterator[Row]:
        """Yield the services that are given now."""
        return (s for s in self.services.values() if s.values["status"] == "active")

    def of_service(self, service: Row, table: str) -> Sequence[Row]:
        """Return the rows of `table` that belong to `service`."""
        return self._by_service.get(text(service, "id"), {}).get(table, ())

    def of_organization(self, organization: Row, table: str) -> Sequence[Row]:
        """Return the rows of `table` that belong to `organization` itself."""
        return self._by_organization.get(text(organization, "id"), {}).get(table, ())

    def services_of(self, organization: Row) -> Sequence[Row]:
        """Return the services of `organization`."""
        return self.of_organization(organization, "service")

    def places_of(self, service: Row) -> Sequence[Row]:
        """Return the locations where `service` is given."""
        return self.places.get(text(service, "id"), ())

    def codes_of(self, service: Row) -> frozenset[str]:
        """Return the codes of the needs that `service` meets."""
        rows = self.of_service(service, "attribute")
        return frozenset(
            self.terms.get(text(row, "taxonomy_term_id"), "") for row in rows
        )

    def owner_of(self, row: Row) -> Row:
        """Return the organization that a row of any of its tables belongs to."""
        if text(row, "service_id"):
            return self.owner_of(self.services[text(row, "service_id")])
        if text(row, "organization_id"):
            return self.organizations[text(row, "organization_id")]
        return row

    def phones_of(self, service: Row) -> Sequence[Row]:
        """Return the numbers of a service, then those of its organization."""
        return [
            *self.of_service(service, "phone"),
            *self.of_organization(self.owner_of(service), "phone"),
        ]

    def all_phones_of(self, organization: Row) -> Sequence[Row]:
        """Return the numbers of an organization and of its services."""
        return [
            *self.of_organization(organization, "phone"),
            *self.children_of(organization, "phone"),
        ]

    def children_of(self, organization: Row, table: str) -> Iterator[Row]:
        """Yield the rows of `table` that belong to the services of `organization`."""
        for service in self.services_of(organization):
            yield from self.of_service(service, table)

    def name_of(self, row: Row) -> str:
        """Return how people know the record that `row` belongs to."""
        if text(row, "service_id"):
            return self.name_of(self.services[text(row, "service_id")])
        if text(row, "location_id"):
            return self.name_of(self.locations[text(row, "location_id")])
        owner = self.owner_of(row)
        name = text(owner, "name") or text(row, "id")
        is_service = "status" in row.values and "organization_id" in row.values
        return f"{name}: {text(row, 'name')}" if is_service else name


def content_of(
    package: Package, *, gazetteer: Gazetteer, terms: Mapping[str, str]
) -> Content:
    """Follow the links of `package`, which has no broken ones."""
    by_service, by_organization = _children(package)
    locations = _by_id(package.of("location"))
    places: dict[str, list[Row]] = defaultdict(list)
    for link in package.of("service_at_location"):
        places[text(link, "service_id")].append(locations[text(link, "location_id")])
    return Content(
        package=package,
        gazetteer=gazetteer,
        terms=terms,
        organizations=_by_id(package.of("organization")),
        services=_by_id(package.of("service")),
        locations=locations,
        places=places,
        _by_service=by_service,
        _by_organization=by_organization,
    )


def text(row: Row, field: str) -> str:
    """Return a value of `row` as a text, empty where there is none."""
    value = row.values.get(field)
    return "" if value is None else str(value)


def words(row: Row, field: str) -> tuple[str, ...]:
    """Return a value of `row` that is a list of words."""
    value = row.values.get(field)
    return value if isinstance(value, tuple) else ()


def _children(package: Package) -> tuple[_Children, _Children]:
    by_service: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    by_organization: dict[str, dict[str, list[Row]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for table, rows in package.rows.items():
        for row in rows:
            if text(row, "service_id"):
                by_service[text(row, "service_id")][table].append(row)
            elif text(row, "organization_id"):
                by_organization[text(row, "organization_id")][table].append(row)
    return by_service, by_organization


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {text(row, "id"): row for row in rows}
