"""Makes listings from rows, and decides what each audience may see.

This is an allow-list: a field that is not named here is in no page, index, answer or
file. What is not known to be public is hidden.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from directory.hsds import Doubt as DoubtRecord
from directory.hsds import (
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    Visibility,
)
from directory.hsds.row import TOLD_BY_PROVIDER, TOLD_TO_STAFF, Sourced
from directory.projection.links import mail_address, web_address
from directory.projection.listing import (
    PUBLIC_FROM,
    Audience,
    ClosedListing,
    CostNote,
    Doubt,
    LanguageOffer,
    Line,
    Listing,
    Opening,
    OrganizationListing,
    Place,
    Provenance,
    Room,
    RuleFact,
)
from directory.projection.rows import Rows

_TOLD = frozenset({TOLD_BY_PROVIDER, TOLD_TO_STAFF})
_DOUBT_ORDER = {kind: place for place, kind in enumerate(PUBLIC_FROM)}
_LINE_ORDER = {"crisis": 0, "voice": 1, "text": 2, "tty": 3, "fax": 4}
_SHOWN = frozenset(
    {Visibility.PUBLIC, Visibility.COUNTY, Visibility.REGION, Visibility.STATEWIDE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """All that one audience may see, by id."""

    listings: Mapping[str, Listing]
    organizations: Mapping[str, OrganizationListing]
    closed: Mapping[str, ClosedListing]
    redirects: Mapping[str, str]


def publish(rows: Rows, audience: Audience) -> Published:
    """Return the listings that `audience` may see."""
    listings: dict[str, Listing] = {}
    organizations: dict[str, OrganizationListing] = {}
    closed: dict[str, ClosedListing] = {}
    seen = seen_services(rows, audience)
    for organization in rows.organizations:
        if organization.id not in seen:
            continue
        shown = _organization(rows, organization, seen, audience)
        organizations[organization.id] = shown
        for service in seen[organization.id]:
            if service.status is ServiceStatus.ACTIVE:
                listings[service.id] = _listing(rows, service, shown, audience)
            elif service.status is not ServiceStatus.INACTIVE:
                closed[service.id] = _closed(rows, service, shown)
    return Published(
        listings=dict(sorted(listings.items())),
        organizations=dict(sorted(organizations.items())),
        closed=closed,
        redirects=_redirects(rows, {*listings, *organizations, *closed}),
    )


def _redirects(rows: Rows, shown: Collection[str]) -> Mapping[str, str]:
    """Return which old id leads to which listing, of those that are `shown`.

    One that leads to what is hidden is no different from an id that never was.
    """
    ends = {old: _end(rows.redirects, old) for old in rows.redirects}
    return {old: end for old, end in ends.items() if end in shown and old not in shown}


def _end(redirects: Mapping[str, str], old: str) -> str:
    passed = {old}
    here = redirects[old]
    while here in redirects and here not in passed:
        passed.add(here)
        here = redirects[here]
    return here


def seen_services(rows: Rows, audience: Audience) -> Mapping[str, Sequence[Service]]:
    """Return the services that `audience` may see, by their organization.

    An organization is missing if it has services and all of them are hidden: that it
    exists is hidden as well.
    """
    seen: dict[str, Sequence[Service]] = {}
    for organization in rows.organizations:
        services = rows.services.get(organization.id, ())
        shown = [s for s in services if may_see(rows, s, audience)]
        if shown or not services:
            seen[organization.id] = shown
    return seen


def may_see(rows: Rows, service: Service, audience: Audience) -> bool:
    """Tell whether `audience` may know that `service` exists."""
    places = list(_locations(rows, service))
    return (
        audience is Audience.NETWORK
        or not places
        or any(place.visibility in _SHOWN for place in places)
    )


def _locations(rows: Rows, service: Service) -> Iterable[Location]:
    for link in rows.service_locations.get(service.id, ()):
        yield rows.locations[link.location_id]


def shown_links(
    rows: Rows, service: Service, audience: Audience
) -> Sequence[ServiceAtLocation]:
    """Return the links of `service` to the places that `audience` may know of."""
    return [
        link
        for link in rows.service_locations.get(service.id, ())
        if audience is Audience.NETWORK
        or rows.locations[link.location_id].visibility in _SHOWN
    ]


def hides_links(rows: Rows, service: Service, audience: Audience) -> bool:
    """Tell whether a link could give away a place: a newspaper may print the street.

    A place whose existence is hidden changes nothing here: a public service whose
    sources are suddenly held by staff would tell that it has such a place.
    """
    return audience is Audience.PUBLIC and any(
        rows.locations[link.location_id].visibility is not Visibility.PUBLIC
        for link in shown_links(rows, service, audience)
    )


def _organization(
    rows: Rows,
    organization: Organization,
    seen: Mapping[str, Sequence[Service]],
    audience: Audience,
) -> OrganizationListing:
    services = seen[organization.id]
    # A place that is closed for now is as hidden as before.
    hides = any(hides_links(rows, service, audience) for service in services)
    parent = organization.parent_organization_id
    phones = rows.organization_phones.get(organization.id, ())
    return OrganizationListing(
        id=organization.id,
        name=organization.name,
        alternate_names=_names(organization.alternate_name),
        county_label=organization.county_label,
        kind=organization.kind.value,
        description=organization.description,
        website=web_address(organization.website),
        email=mail_address(organization.email),
        faith_based=organization.faith_based,
        parent_id=parent if parent in seen else None,
        lines=_lines(rows, phones, hides),
        service_ids=tuple(s.id for s in services if s.status is ServiceStatus.ACTIVE),
        provenance=_provenance(organization, hides),
        doubts=_doubts(
            _doubted(rows.organization_doubts.get(organization.id, ())),
            _doubted_lines(rows, phones),
        ),
    )


def _listing(
    rows: Rows,
    service: Service,
    organization: OrganizationListing,
    audience: Audience,
) -> Listing:
    hides = hides_links(rows, service, audience)
    areas = rows.areas.get(service.id, ())
    costs = rows.costs.get(service.id, ())
    phones = rows.service_phones.get(service.id, ())
    own = _lines(rows, phones, hides)
    numbers = {line.number for line in own}
    return Listing(
        id=service.id,
        name=service.name,
        alternate_names=_names(service.alternate_name),
        organization=organization,
        description=service.description,
        codes=tuple(rows.codes.get(service.id, ())),
        role=service.role.value,
        focus=service.focus.value,
        basis=service.basis.value,
        delivery=service.delivery,
        access=service.access,
        coverage=service.coverage.value,
        counties=tuple(sorted(area.fips for area in areas if area.fips)),
        tribal_area=next((a.description for a in areas if a.type == "tribal"), None),
        out_of_county=service.out_of_county.value if service.out_of_county else None,
        area_note=service.area_note,
        places=_places(rows, service, audience),
        lines=(*own, *(x for x in organization.lines if x.number not in numbers)),
        website=web_address(service.url) or organization.website,
        email=mail_address(service.email) or organization.email,
        languages=tuple(
            LanguageOffer(code=row.code, by=row.by.value, note=row.note)
            for row in rows.service_languages.get(service.id, ())
        ),
        rules=_rules(rows, service, hides),
        always_open=bool(service.always_open),
        openings=_openings(rows, service, audience),
        hours_note=service.hours_note,
        cost=CostNote(option=costs[0].option.value, note=costs[0].amount_description)
        if costs
        else None,
        documents=tuple(d.document for d in rows.documents.get(service.id, ())),
        accessibility=tuple(
            a.description for a in rows.accessibility.get(service.id, ())
        ),
        length_of_stay=service.length_of_stay,
        capacity_note=service.capacity_note,
        room=_room(rows, service),
        alert=service.alert,
        verified=_verified(rows, service),
        provenance=_provenance(service, hides),
        doubts=_doubts(
            _doubted(rows.service_doubts.get(service.id, ())),
            _doubted_lines(rows, phones),
            organization.doubts,
        ),
    )


def _closed(
    rows: Rows, service: Service, organization: OrganizationListing
) -> ClosedListing:
    return ClosedListing(
        id=service.id,
        name=service.name,
        organization_name=organization.full_name,
        codes=tuple(rows.codes.get(service.id, ())),
        counties=tuple(a.fips for a in rows.areas.get(service.id, ()) if a.fips),
    )


def _places(rows: Rows, service: Service, audience: Audience) -> tuple[Place, ...]:
    """Return each place once: two that show the same are one to whoever reads."""
    places = (
        _place(rows, rows.locations[link.location_id])
        for link in shown_links(rows, service, audience)
    )
    return tuple(dict.fromkeys(places))


def hidden_place(location: Location) -> Place:
    """Return what may be known of a place that is not public."""
    visibility = location.visibility
    to_county = visibility is Visibility.COUNTY
    to_region = visibility in {Visibility.COUNTY, Visibility.REGION}
    return Place(
        visibility=visibility.value,
        county=location.county_fips if to_county else None,
        region=location.region if to_region else None,
    )


def _place(rows: Rows, location: Location) -> Place:
    if location.visibility is not Visibility.PUBLIC:
        return hidden_place(location)
    address = next(iter(rows.addresses.get(location.id, ())), None)
    point = (
        None
        if location.latitude is None or location.longitude is None
        else (location.latitude, location.longitude)
    )
    return Place(
        visibility=location.visibility.value,
        county=location.county_fips,
        region=location.region,
        city=address.city if address else None,
        street=address.address_1 if address else None,
        postal_code=address.postal_code if address else None,
        point=point,
    )


def _lines(
    rows: Rows,
    phones: Iterable[Phone],
    hides: bool,  # noqa: FBT001 - one meaning here
) -> tuple[Line, ...]:
    lines = [
        (
            (phone.position, _LINE_ORDER[phone.type.value], phone.number),
            Line(
                number=phone.number,
                extension=phone.extension,
                kind=phone.type.value,
                answered_by=phone.answered_by.value,
                always_open=bool(phone.always_open),
                languages=tuple(
                    row.code for row in rows.phone_languages.get(phone.id, ())
                ),
                note=phone.description,
                basis=phone.basis.value,
                provenance=_provenance(phone, hides),
            ),
        )
        for phone in phones
    ]
    return tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))


def _doubts(*parts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Return each doubt once: a number can be recorded twice, and doubted at both."""
    best: dict[tuple[str, str | None], Doubt] = {}
    for doubt in chain.from_iterable(parts):
        held = best.setdefault((doubt.kind, doubt.number), doubt)
        if held.count < doubt.count:
            best[doubt.kind, doubt.number] = doubt
    return tuple(
        sorted(best.values(), key=lambda d: (_DOUBT_ORDER[d.kind], d.number or ""))
    )


def _doubted(records: Iterable[DoubtRecord]) -> Iterable[Doubt]:
    for record in records:
        yield Doubt(
            kind=record.kind.value,
            count=record.count,
            since=record.since,
            last=record.last,
            number=record.number,
        )


def _doubted_lines(rows: Rows, phones: Iterable[Phone]) -> Iterable[Doubt]:
    """Yield the doubts about the numbers that `phones` bear now, and no old ones."""
    for phone in phones:
        for doubt in _doubted(rows.phone_doubts.get(phone.id, ())):
            if doubt.number == phone.number:
                yield doubt


def _rules(rows: Rows, service: Service, hides: bool) -> tuple[RuleFact, ...]:  # noqa: FBT001 - one meaning here
    return tuple(
        RuleFact(
            attribute=rule.attribute,
            effect=rule.effect.value,
            values=rule.values,
            minimum=rule.minimum,
            maximum=rule.maximum,
            words=rule.note,
            basis=rule.basis.value,
            effective_from=rule.effective_from,
            effective_to=rule.effective_to,
            provenance=_provenance(rule, hides),
        )
        for rule in rows.rules.get(service.id, ())
    )


def _openings(rows: Rows, service: Service, audience: Audience) -> tuple[Opening, ...]:
    links = {link.id for link in shown_links(rows, service, audience)}
    return tuple(
        _opening(schedule)
        for schedule in rows.schedules.get(service.id, ())
        if schedule.service_at_location_id in {None, *links}
    )


def _opening(schedule: Schedule) -> Opening:
    has_times = not schedule.closed and not schedule.by_appointment
    return Opening(
        days=schedule.byday,
        opens=schedule.opens_at if has_times else None,
        closes=schedule.closes_at if has_times else None,
        closed=schedule.closed,
        by_appointment=schedule.by_appointment,
        valid_from=schedule.valid_from,
        valid_to=schedule.valid_to,
    )


def _room(rows: Rows, service: Service) -> Room | None:
    capacities = rows.capacities.get(service.id, ())
    if not capacities:
        return None
    newest = max(capacities, key=lambda capacity: capacity.as_of)
    return Room(
        unit=newest.unit,
        available=newest.available,
        waitlist=newest.waitlist,
        population=newest.population,
        as_of=newest.as_of,
        expires=newest.expires,
    )


def _verified(rows: Rows, service: Service) -> dict[str, dt.date]:
    newest: dict[str, dt.date] = {}
    for row in rows.verifications.get(service.id, ()):
        fact = row.fact.value
        newest[fact] = max(newest.get(fact, row.verified_on), row.verified_on)
    return newest


def _provenance(record: Sourced, hides: bool) -> Provenance:  # noqa: FBT001 - one meaning here
    links = tuple(part.strip() for part in record.source.split(" ; "))
    return Provenance(
        links=() if hides else tuple(x for x in links if web_address(x)),
        date=record.source_date,
        read_on=record.read_on,
        evidence=record.evidence.value,
        told_by=record.source if record.source in _TOLD else None,
    )


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
