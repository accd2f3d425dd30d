"""Locations: where services are given, as far as that may be known."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Dialect, String, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field
from typing_extensions import override

from directory.hsds.row import Record, choice


class LocationType(StrEnum):
    """HSDS `location.location_type`."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class Visibility(StrEnum):
    """How much of its whereabouts a location shows, widest first.

    `network` hides the very existence from all but approved staff.
    """

    PUBLIC = "public"
    COUNTY = "county"
    REGION = "region"
    STATEWIDE = "statewide"
    NETWORK = "network"


class Shown(TypeDecorator[Visibility]):
    """A visibility; whatever is not known to be one hides the most."""

    impl = String(32)
    cache_ok = True

    @override
    def process_bind_param(
        self, value: Visibility | None, dialect: Dialect
    ) -> str | None:
        return None if value is None else Visibility(value).value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Visibility:
        # The CHECK refuses others; a newer version of this program may know more.
        return Visibility(value) if value in set(Visibility) else Visibility.NETWORK


class Location(Record, table=True):
    """HSDS `location`, which holds no more of a place than may be shown.

    The CHECKs refuse whereabouts that the visibility does not allow: what is not held
    cannot leak (34 USC 12291(b)(2): the location of a survivor is personal).
    """

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint(
            "visibility IN ('public', 'county', 'region', 'statewide', 'network')",
            name="visibility",
        ),
        CheckConstraint(
            "visibility = 'public' OR (latitude IS NULL AND longitude IS NULL)",
            name="hidden_has_no_point",
        ),
        CheckConstraint(
            "visibility IN ('public', 'county') OR county_fips IS NULL",
            name="hidden_has_no_county",
        ),
        CheckConstraint(
            "visibility IN ('public', 'county', 'region') OR region IS NULL",
            name="hidden_has_no_region",
        ),
        UniqueConstraint("id", "visibility"),
    )

    organization_id: str = Field(foreign_key="organization.id", index=True)
    location_type: LocationType = Field(sa_type=choice(LocationType))
    name: str | None = None
    visibility: Visibility = Field(sa_type=Shown)
    county_fips: str | None = Field(default=None, max_length=5)
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
