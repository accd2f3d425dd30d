"""Which organizations a person speaks for."""

from sqlmodel import Field

from directory.hsds.row import Row


class Membership(Row, table=True):
    """A person may keep the listings of an organization."""

    __tablename__ = "membership"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=36)
    organization_id: str = Field(
        primary_key=True,
        foreign_key="organization.id",
        ondelete="CASCADE",
        max_length=36,
        index=True,
    )
