"""Organizations: the bodies that offer services."""

from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Sourced, choice


class OrganizationKind(StrEnum):
    """What an organization is; only the first two serve a person themselves."""

    PROVIDER = "provider"
    PUBLIC_AGENCY = "public_agency"
    COALITION = "coalition"
    PLANNING_BODY = "planning_body"
    UMBRELLA = "umbrella"


class Organization(Sourced, table=True):
    """HSDS `organization`, with its kind and what only staff may read (`history`).

    `county_label` tells apart bodies that bear the same name.
    """

    __tablename__ = "organization"

    name: str
    alternate_name: str | None = None
    description: str
    email: str | None = None
    website: str | None = None
    parent_organization_id: str | None = Field(
        default=None, foreign_key="organization.id", index=True
    )
    kind: OrganizationKind = Field(sa_type=choice(OrganizationKind))
    county_label: str | None = None
    faith_based: bool | None = None
    history: str | None = None
