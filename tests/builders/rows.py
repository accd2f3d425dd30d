"""Rows of the directory, each valid as it stands; a test names only what matters."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Engine

from directory.database import writing
from directory.hsds import (
    Address,
    AnsweredBy,
    AreaType,
    Attribute,
    Basis,
    Capacity,
    Coverage,
    Effect,
    EligibilityRule,
    Evidence,
    Focus,
    Location,
    LocationType,
    Organization,
    OrganizationKind,
    Phone,
    PhoneType,
    Record,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceRole,
    ServiceStatus,
    Taxonomy,
    TaxonomyTerm,
    Visibility,
)

R = TypeVar("R", bound=Record)
DAY = dt.date(2026, 11, 25)
NOON = dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
SOURCE = "https://example.org/about"
WAKE = "37183"

SOURCED: dict[str, object] = {
    "source": SOURCE,
    "source_date": "2026-10",
    "read_on": DAY,
    "evidence": Evidence.A,
}


def _made(model: Callable[..., R], given: dict[str, object], **usual: object) -> R:
    return model(**{**usual, **given})


def organization(**given: object) -> Organization:
    """Return a provider."""
    return _made(
        Organization,
        given,
        **SOURCED,
        name="Harbor House",
        description="Helps people who were hurt.",
        kind=OrganizationKind.PROVIDER,
    )


def service(of: Organization, **given: object) -> Service:
    """Return an active service of `of`, whose counties are partly known."""
    return _made(
        Service,
        given,
        **SOURCED,
        organization_id=of.id,
        name="Shelter",
        description="A place to sleep.",
        status=ServiceStatus.ACTIVE,
        role=ServiceRole.PROVISION,
        focus=Focus.GENERAL,
        basis=Basis.OWN_PAGE,
        coverage=Coverage.PARTIAL,
    )


def location(
    of: Organization, visibility: Visibility = Visibility.PUBLIC, **given: object
) -> Location:
    """Return a place of `of` that says no more than its visibility allows."""
    shown: dict[Visibility, dict[str, object]] = {
        Visibility.PUBLIC: {
            "county_fips": WAKE,
            "region": "Piedmont",
            "latitude": 35.78,
            "longitude": -78.64,
        },
        Visibility.COUNTY: {"county_fips": WAKE, "region": "Piedmont"},
        Visibility.REGION: {"region": "Piedmont"},
    }
    return _made(
        Location,
        {**shown.get(visibility, {}), **given},
        organization_id=of.id,
        location_type=LocationType.PHYSICAL,
        visibility=visibility,
    )


def address(of: Location, **given: object) -> Address:
    """Return a street address of `of`."""
    return _made(
        Address,
        given,
        location_id=of.id,
        address_1="100 Main St",
        city="Raleigh",
        postal_code="27601",
    )


def given_at(what: Service, where: Location, **given: object) -> ServiceAtLocation:
    """Return the link that says that `what` is given at `where`."""
    return _made(ServiceAtLocation, given, service_id=what.id, location_id=where.id)


def phone(of: Organization | Service, **given: object) -> Phone:
    """Return a number of an organization or of a service."""
    owner = "organization_id" if isinstance(of, Organization) else "service_id"
    return _made(
        Phone,
        {owner: of.id, **given},
        **SOURCED,
        number="+19198287740",
        type=PhoneType.VOICE,
        answered_by=AnsweredBy.AGENCY,
        basis=Basis.OWN_PAGE,
    )


def rule(of: Service, **given: object) -> EligibilityRule:
    """Return a rule that only women are taken."""
    return _made(
        EligibilityRule,
        given,
        **SOURCED,
        service_id=of.id,
        attribute="gender",
        effect=Effect.REQUIRES,
        values=("woman",),
        note="Women only",
        basis=Basis.OWN_PAGE,
    )


def capacity(of: Service, **given: object) -> Capacity:
    """Return a report of three beds."""
    return _made(
        Capacity,
        given,
        service_id=of.id,
        unit="beds",
        available=3,
        as_of=NOON,
        expires=NOON + dt.timedelta(days=1),
    )


def area(of: Service, fips: str = WAKE, **given: object) -> ServiceArea:
    """Return a county that `of` serves."""
    return _made(ServiceArea, given, service_id=of.id, type=AreaType.COUNTY, fips=fips)


def schedule(of: Service, **given: object) -> Schedule:
    """Return office hours of `of`."""
    return _made(
        Schedule,
        given,
        service_id=of.id,
        byday=("MO", "TU"),
        opens_at="09:00",
        closes_at="17:00",
    )


def taxonomy(**given: object) -> Taxonomy:
    """Return a vocabulary."""
    return _made(Taxonomy, given, name="Words", description="Words for needs.")


def term(of: Taxonomy, code: str = "emergency_shelter") -> TaxonomyTerm:
    """Return a term of the vocabulary `of`."""
    return TaxonomyTerm(
        taxonomy_id=of.id, code=code, name=code, description=f"What {code} is."
    )


def attribute(of: Service, bears: TaxonomyTerm) -> Attribute:
    """Return the link that says that `of` bears a term."""
    return Attribute(service_id=of.id, taxonomy_term_id=bears.id)


def save(engine: Engine, *rows: Record) -> None:
    """Write the rows in the given order, parents first; all of them or none."""
    with writing(engine) as session:
        session.expire_on_commit = False
        for row in rows:
            session.add(row)
            session.flush()
