"""What is edited as one: an organization by itself, or one of its services."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, select

from directory.hsds import Organization, Redirect, Service


class SubjectKind(StrEnum):
    """What kind of listing is edited."""

    ORGANIZATION = "organization"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A listing, by kind and id."""

    kind: SubjectKind
    id: str

    def __str__(self) -> str:
        """Return `kind:id`."""
        return f"{self.kind.value}:{self.id}"


def organization_subject(organization_id: str) -> Subject:
    """Return the subject of an organization."""
    return Subject(kind=SubjectKind.ORGANIZATION, id=organization_id)


def service_subject(service_id: str) -> Subject:
    """Return the subject of a service."""
    return Subject(kind=SubjectKind.SERVICE, id=service_id)


def read_subject(text: str) -> Subject:
    """Return the subject that proposals and the history call `text`."""
    kind, _, identifier = text.partition(":")
    return Subject(kind=SubjectKind(kind), id=identifier)


def owner_of(session: Session, subject: Subject) -> str | None:
    """Return the id of the organization that `subject` belongs to, if it exists."""
    if subject.kind is SubjectKind.ORGANIZATION:
        found = session.get(Organization, subject.id)
        return found.id if found else None
    service = session.get(Service, subject.id)
    return service.organization_id if service else None


def former_ids(session: Session, identifier: str) -> frozenset[str]:
    """Return the ids of what was merged into a listing."""
    found = select(Redirect.id).where(Redirect.to_id == identifier)
    return frozenset(session.exec(found).all())
