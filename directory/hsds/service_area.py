"""Where the people live whom a service takes."""

from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Record, choice


class AreaType(StrEnum):
    """What a service area is."""

    STATE = "state"
    COUNTY = "county"
    TRIBAL = "tribal"


class ServiceArea(Record, table=True):
    """HSDS `service_area`; a county is held by its FIPS code, never by its name."""

    __tablename__ = "service_area"

    service_id: str = Field(foreign_key="service.id", index=True)
    type: AreaType = Field(sa_type=choice(AreaType))
    fips: str | None = Field(default=None, max_length=5)
    description: str | None = None
