"""What all tables have in common: the metadata, and the column types of this schema."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from typing_extensions import override

from directory.ids import new_id


class Row(SQLModel):
    """A row of a table; constraints get names, so that migrations can find them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Record(Row):
    """A row with an identifier that is random and never changes."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)


class Evidence(StrEnum):
    """How good a source is."""

    A = "A"
    """The body's own page, or a government page."""
    B = "B"
    """News, or a partner's page."""
    C = "C"
    """A third party, or old."""


class Basis(StrEnum):
    """On what a claim rests."""

    OWN_PAGE = "own_page"
    SYSTEM = "system"
    """Said of a whole system of bodies, such as all colleges: usual, so ask."""
    SECOND_HAND = "second_hand"
    INFERRED = "inferred"


class Words(TypeDecorator[tuple[str, ...]]):
    """A short list of codes, kept as one text with a space between."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(
        self, value: Sequence[str] | None, dialect: Dialect
    ) -> str | None:
        return None if value is None else " ".join(value)

    @override
    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC. SQLite forgets the zone, PostgreSQL answers in its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment needs a zone"
            raise ValueError(msg)
        return value.astimezone(dt.UTC)

    @override
    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value.astimezone(dt.UTC)


def choice(values: type[StrEnum]) -> Any:  # noqa: ANN401 - what SQLModel's sa_type takes
    """Return a column type that holds a value of `values`, kept by a CHECK."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


TOLD_BY_PROVIDER = "provider"
"""The source of what the body itself told this directory."""

TOLD_TO_STAFF = "staff"
"""The source of what staff of this directory were told, or found out."""


class Sourced(Record):
    """A record that says where it comes from.

    `source` holds the addresses that were read, `source_date` the date that the newest
    of them bears (`2019`, `2019-03` or `2019-03-13`; empty if it bears none), `read_on`
    the day on which it was read.
    """

    source: str
    source_date: str | None = Field(default=None, max_length=10)
    read_on: dt.date
    evidence: Evidence = Field(sa_type=choice(Evidence))
