"""Documents that are asked for."""

from sqlmodel import Field

from directory.hsds.row import Record


class RequiredDocument(Record, table=True):
    """HSDS `required_document`."""

    __tablename__ = "required_document"

    service_id: str = Field(foreign_key="service.id", index=True)
    document: str
