"""Addresses, which only public locations have."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from directory.hsds.location import Visibility
from directory.hsds.row import Record, choice


class Address(Record, table=True):
    """HSDS `address` of a public location.

    The visibility of the location is repeated here and tied to it by the foreign key,
    so the database refuses an address for a hidden place, and refuses to hide a place
    whose address is still held.
    """

    __tablename__ = "address"
    __table_args__ = (
        CheckConstraint("location_visibility = 'public'", name="only_public"),
        ForeignKeyConstraint(
            ["location_id", "location_visibility"],
            ["location.id", "location.visibility"],
        ),
    )

    location_id: str = Field(index=True)
    location_visibility: Visibility = Field(
        default=Visibility.PUBLIC, sa_type=choice(Visibility)
    )
    address_1: str | None = None
    address_2: str | None = None
    city: str
    state_province: str = Field(default="NC", max_length=2)
    postal_code: str | None = Field(default=None, max_length=10)
    country: str = Field(default="US", max_length=2)
