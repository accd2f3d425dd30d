"""Which service is given at which location."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from directory.hsds.row import Record


class ServiceAtLocation(Record, table=True):
    """HSDS `service_at_location`."""

    __tablename__ = "service_at_location"
    __table_args__ = (UniqueConstraint("service_id", "location_id"),)

    service_id: str = Field(foreign_key="service.id", index=True)
    location_id: str = Field(foreign_key="location.id", index=True)
    description: str | None = None
