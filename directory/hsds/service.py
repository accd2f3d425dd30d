"""Services: what an organization offers to a person."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Basis, Sourced, Words, choice


class ServiceStatus(StrEnum):
    """HSDS `service.status`."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class ServiceRole(StrEnum):
    """Whether a service helps itself or sends on to those who do."""

    PROVISION = "provision"
    REFERRAL = "referral"


class Focus(StrEnum):
    """How far a service is made for survivors of trafficking."""

    TRAFFICKING = "trafficking"
    INCLUDES_TRAFFICKING = "includes_trafficking"
    GENERAL = "general"


class Coverage(StrEnum):
    """How far the list of counties of a service can be relied on."""

    STATEWIDE = "statewide"
    COMPLETE = "complete"
    PARTIAL = "partial"
    SITE_ONLY = "site_only"
    """Only the county of the site is known, not whom it serves."""


class OutOfCounty(StrEnum):
    """Whether people from outside the service area are taken."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class Service(Sourced, table=True):
    """HSDS `service`, with this project's profile.

    `delivery`: of `in_person`, `phone`, `online`, `mobile`. `access`: how one gets in;
    `through_211` says that no number is known, and that NC 211 is to be asked for it.
    """

    __tablename__ = "service"

    organization_id: str = Field(foreign_key="organization.id", index=True)
    name: str
    alternate_name: str | None = None
    description: str
    url: str | None = None
    email: str | None = None
    status: ServiceStatus = Field(sa_type=choice(ServiceStatus))
    role: ServiceRole = Field(sa_type=choice(ServiceRole))
    focus: Focus = Field(sa_type=choice(Focus))
    basis: Basis = Field(sa_type=choice(Basis))
    delivery: tuple[str, ...] = Field(default=(), sa_type=Words)
    access: tuple[str, ...] = Field(default=(), sa_type=Words)
    coverage: Coverage = Field(sa_type=choice(Coverage))
    out_of_county: OutOfCounty | None = Field(default=None, sa_type=choice(OutOfCounty))
    area_note: str | None = None
    always_open: bool | None = None
    hours_note: str | None = None
    length_of_stay: str | None = None
    capacity_note: str | None = None
    alert: str | None = None
    last_modified: dt.date | None = None
