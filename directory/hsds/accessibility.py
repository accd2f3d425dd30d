"""How far a service can be used by people with disabilities."""

from sqlmodel import Field

from directory.hsds.row import Record


class Accessibility(Record, table=True):
    """HSDS `accessibility`, held by the service, since hidden places show no site."""

    __tablename__ = "accessibility"

    service_id: str = Field(foreign_key="service.id", index=True)
    description: str
    details: str | None = None
