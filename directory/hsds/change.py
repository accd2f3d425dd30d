"""The sequence of changes, which tells each process what to refresh."""

import datetime as dt

from sqlalchemy import BigInteger, Integer
from sqlmodel import Field

from directory.hsds.row import Moment, Row


class Change(Row, table=True):
    """One record that was made, changed or deleted, in the order of commits."""

    __tablename__ = "change"

    seq: int | None = Field(
        default=None,
        primary_key=True,
        # A BigInteger key does not count up by itself on SQLite.
        sa_type=BigInteger().with_variant(Integer, "sqlite"),
    )
    at: dt.datetime = Field(sa_type=Moment)
    entity: str = Field(max_length=32)
    record_id: str = Field(max_length=36)
    action: str = Field(max_length=8)
