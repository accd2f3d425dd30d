"""Reads all tables that listings are made of, each once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, select

from directory.hsds import (
    Accessibility,
    Address,
    Attribute,
    Capacity,
    CostOption,
    Doubt,
    EligibilityRule,
    Language,
    Location,
    Organization,
    Phone,
    Record,
    Redirect,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
    Verification,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of the directory, children by the id of their parent."""

    organizations: Sequence[Organization]
    services: Mapping[str, Sequence[Service]]
    locations: Mapping[str, Location]
    addresses: Mapping[str, Sequence[Address]]
    service_locations: Mapping[str, Sequence[ServiceAtLocation]]
    organization_phones: Mapping[str, Sequence[Phone]]
    service_phones: Mapping[str, Sequence[Phone]]
    schedules: Mapping[str, Sequence[Schedule]]
    service_languages: Mapping[str, Sequence[Language]]
    phone_languages: Mapping[str, Sequence[Language]]
    areas: Mapping[str, Sequence[ServiceArea]]
    accessibility: Mapping[str, Sequence[Accessibility]]
    costs: Mapping[str, Sequence[CostOption]]
    documents: Mapping[str, Sequence[RequiredDocument]]
    attributes: Mapping[str, Sequence[Attribute]]
    codes: Mapping[str, Sequence[str]]
    rules: Mapping[str, Sequence[EligibilityRule]]
    capacities: Mapping[str, Sequence[Capacity]]
    verifications: Mapping[str, Sequence[Verification]]
    organization_doubts: Mapping[str, Sequence[Doubt]]
    service_doubts: Mapping[str, Sequence[Doubt]]
    phone_doubts: Mapping[str, Sequence[Doubt]]
    redirects: Mapping[str, str]


def read_rows(session: Session) -> Rows:
    """Return everything that listings are made of, in the order of ids."""
    languages = _all(session, Language)
    phones = _all(session, Phone)
    codes = {term.id: term.code for term in _all(session, TaxonomyTerm)}
    attributes = _grouped(_all(session, Attribute), "service_id")
    doubts = _all(session, Doubt)
    return Rows(
        organizations=_all(session, Organization),
        services=_grouped(_all(session, Service), "organization_id"),
        locations={row.id: row for row in _all(session, Location)},
        addresses=_grouped(_all(session, Address), "location_id"),
        service_locations=_grouped(_all(session, ServiceAtLocation), "service_id"),
        organization_phones=_grouped(phones, "organization_id"),
        service_phones=_grouped(phones, "service_id"),
        schedules=_grouped(_all(session, Schedule), "service_id"),
        service_languages=_grouped(languages, "service_id"),
        phone_languages=_grouped(languages, "phone_id"),
        areas=_grouped(_all(session, ServiceArea), "service_id"),
        accessibility=_grouped(_all(session, Accessibility), "service_id"),
        costs=_grouped(_all(session, CostOption), "service_id"),
        documents=_grouped(_all(session, RequiredDocument), "service_id"),
        attributes=attributes,
        codes={
            service_id: sorted(codes[row.taxonomy_term_id] for row in rows)
            for service_id, rows in attributes.items()
        },
        rules=_grouped(_all(session, EligibilityRule), "service_id"),
        capacities=_grouped(_all(session, Capacity), "service_id"),
        verifications=_grouped(_all(session, Verification), "service_id"),
        organization_doubts=_grouped(doubts, "organization_id"),
        service_doubts=_grouped(doubts, "service_id"),
        phone_doubts=_grouped(doubts, "phone_id"),
        redirects={row.id: row.to_id for row in _all(session, Redirect)},
    )


def _all(session: Session, model: type[R]) -> Sequence[R]:
    return session.exec(select(model).order_by(model.id)).all()


def _grouped(rows: Sequence[R], key: str) -> Mapping[str, Sequence[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        parent = getattr(row, key)
        if parent is not None:
            grouped[parent].append(row)
    return grouped
