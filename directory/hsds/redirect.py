"""Ids that records had before they were merged into others."""

from sqlmodel import Field

from directory.hsds.row import Record


class Redirect(Record, table=True):
    """Where to look for what had this id (profile): `id` is the old one.

    `entity` is `organization` or `service`. An old link leads on, and a system that
    took our data finds the record that holds it now.
    """

    __tablename__ = "redirect"

    entity: str = Field(max_length=16)
    to_id: str = Field(max_length=36, index=True)
