"""Phone numbers, each with who answers it."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from directory.hsds.row import Basis, Sourced, choice


class PhoneType(StrEnum):
    """What kind of line a number is; `crisis` is a voice line for people in crisis."""

    VOICE = "voice"
    CRISIS = "crisis"
    TEXT = "text"
    TTY = "tty"
    FAX = "fax"


class AnsweredBy(StrEnum):
    """Who answers. A line of law enforcement is never shown as a social service's."""

    AGENCY = "agency"
    ANSWERING_SERVICE = "answering_service"
    DISPATCH = "dispatch"
    SHERIFF = "sheriff"
    POLICE = "police"
    UNKNOWN = "unknown"


class Phone(Sourced, table=True):
    """HSDS `phone` of an organization, or of one service.

    `number` is E.164 (`+19198287740`) or a short code (`211`). `position` is the order
    in which the numbers of one listing are tried.
    """

    __tablename__ = "phone"
    __table_args__ = (
        CheckConstraint(
            "(organization_id IS NULL) <> (service_id IS NULL)", name="one_owner"
        ),
    )

    organization_id: str | None = Field(
        default=None, foreign_key="organization.id", index=True
    )
    service_id: str | None = Field(default=None, foreign_key="service.id", index=True)
    number: str = Field(max_length=16)
    extension: str | None = Field(default=None, max_length=16)
    type: PhoneType = Field(sa_type=choice(PhoneType))
    answered_by: AnsweredBy = Field(sa_type=choice(AnsweredBy))
    always_open: bool | None = None
    description: str | None = None
    basis: Basis = Field(sa_type=choice(Basis))
    position: int = 0
