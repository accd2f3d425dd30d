"""Which terms of the vocabulary a service bears."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from directory.hsds.row import Record


class Attribute(Record, table=True):
    """HSDS `attribute` that links a service to a taxonomy term."""

    __tablename__ = "attribute"
    __table_args__ = (UniqueConstraint("service_id", "taxonomy_term_id"),)

    service_id: str = Field(foreign_key="service.id", index=True)
    taxonomy_term_id: str = Field(foreign_key="taxonomy_term.id", index=True)
