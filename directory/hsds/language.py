"""Languages in which a service or a phone line can be used."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from directory.hsds.row import Record, choice


class LanguageBy(StrEnum):
    """How a language is offered."""

    STAFF = "staff"
    INTERPRETER = "interpreter"
    MATERIAL = "material"
    """Only papers or pages are in it."""


class Language(Record, table=True):
    """HSDS `language`; `code` is BCP 47, `mul` stands for any language."""

    __tablename__ = "language"
    __table_args__ = (
        CheckConstraint("(service_id IS NULL) <> (phone_id IS NULL)", name="one_owner"),
    )

    service_id: str | None = Field(default=None, foreign_key="service.id", index=True)
    phone_id: str | None = Field(default=None, foreign_key="phone.id", index=True)
    code: str = Field(max_length=16)
    by: LanguageBy = Field(sa_type=choice(LanguageBy))
    note: str | None = None
