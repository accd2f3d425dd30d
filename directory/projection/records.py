"""Records as the public may have them, for files and other systems.

The same allow-list as that of listings, for those who need identifiers and tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from directory.hsds import (
    Accessibility,
    Address,
    Attribute,
    Capacity,
    CostOption,
    EligibilityRule,
    Language,
    Location,
    Organization,
    Phone,
    Record,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Verification,
    Visibility,
)
from directory.hsds.row import Sourced
from directory.projection.links import mail_address, web_address
from directory.projection.listing import Audience
from directory.projection.publish import (
    hidden_place,
    hides_links,
    seen_services,
    shown_links,
)
from directory.projection.rows import Rows

HELD_BY_STAFF = "held by staff"
"""What stands for a source whose address could give away a hidden place."""


def public_records(rows: Rows) -> Mapping[type[Record], Sequence[Record]]:
    """Return copies of the records that everybody may have, by table.

    Records of services whose existence is hidden are left out, as are the notes of
    staff; the sources of hidden places are replaced by `HELD_BY_STAFF`.
    """
    seen = seen_services(rows, Audience.PUBLIC)
    services = {s.id: s for some in seen.values() for s in some}
    organizations = [o for o in rows.organizations if o.id in seen]
    secret_services = {
        s.id for s in services.values() if hides_links(rows, s, Audience.PUBLIC)
    }
    secret_organizations = {services[i].organization_id for i in secret_services}
    links = {
        link.id: link
        for service in services.values()
        for link in shown_links(rows, service, Audience.PUBLIC)
    }
    # A place may be lent by an organization that is not shown.
    borrowers = {
        link.location_id: services[link.service_id].organization_id
        for link in links.values()
    }
    phones = _shown_phones(rows, seen, services)
    records: dict[type[Record], list[Record]] = {
        Organization: [
            _copy(
                o,
                secret=o.id in secret_organizations,
                website=web_address(o.website),
                email=mail_address(o.email),
                history=None,
                parent_organization_id=o.parent_organization_id
                if o.parent_organization_id in seen
                else None,
            )
            for o in organizations
        ],
        Service: [
            _copy(
                s,
                secret=s.id in secret_services,
                url=web_address(s.url),
                email=mail_address(s.email),
            )
            for s in services.values()
        ],
        Location: [
            _location(
                rows.locations[i],
                organization_id=rows.locations[i].organization_id
                if rows.locations[i].organization_id in seen
                else borrower,
            )
            for i, borrower in borrowers.items()
        ],
        Address: [
            _copy(address)
            for i in borrowers
            if rows.locations[i].visibility is Visibility.PUBLIC
            for address in rows.addresses.get(i, ())
        ],
        ServiceAtLocation: [_link(rows, link) for link in links.values()],
        Schedule: [
            _copy(schedule)
            for i in services
            for schedule in rows.schedules.get(i, ())
            if schedule.service_at_location_id in {None, *links}
        ],
        Phone: [
            _copy(
                phone,
                secret=phone.service_id in secret_services
                or phone.organization_id in secret_organizations,
            )
            for phone in phones
        ],
        Language: [
            *_of(rows.service_languages, services),
            *_of(rows.phone_languages, [phone.id for phone in phones]),
        ],
        EligibilityRule: [
            _copy(rule, secret=service_id in secret_services)
            for service_id in services
            for rule in rows.rules.get(service_id, ())
        ],
    }
    children: tuple[tuple[type[Record], Mapping[str, Sequence[Record]]], ...] = (
        (ServiceArea, rows.areas),
        (Accessibility, rows.accessibility),
        (CostOption, rows.costs),
        (RequiredDocument, rows.documents),
        (Attribute, rows.attributes),
        (Capacity, rows.capacities),
        (Verification, rows.verifications),
    )
    for model, grouped in children:
        records[model] = _of(grouped, services)
    return records


def _shown_phones(
    rows: Rows, organizations: Iterable[str], services: Iterable[str]
) -> list[Phone]:
    return [
        *chain.from_iterable(
            rows.organization_phones.get(i, ()) for i in organizations
        ),
        *chain.from_iterable(rows.service_phones.get(i, ()) for i in services),
    ]


def _location(location: Location, *, organization_id: str) -> Record:
    """Return what may be known of a place; one that is hidden has no name either."""
    if location.visibility is Visibility.PUBLIC:
        return _copy(location, organization_id=organization_id)
    place = hidden_place(location)
    return Location(
        id=location.id,
        organization_id=organization_id,
        location_type=location.location_type,
        visibility=location.visibility,
        county_fips=place.county,
        region=place.region,
    )


def _link(rows: Rows, link: ServiceAtLocation) -> Record:
    if rows.locations[link.location_id].visibility is Visibility.PUBLIC:
        return _copy(link)
    return _copy(link, description=None)


def _of(
    grouped: Mapping[str, Sequence[Record]], parents: Iterable[str]
) -> list[Record]:
    return [_copy(row) for parent in parents for row in grouped.get(parent, ())]


def _copy(row: Record, *, secret: bool = False, **changes: object) -> Record:
    """Return a copy of `row` that no session holds, without a secret source."""
    values = {name: getattr(row, name) for name in type(row).model_fields}
    if secret and isinstance(row, Sourced):
        values["source"] = HELD_BY_STAFF
    return type(row)(**{**values, **changes})
