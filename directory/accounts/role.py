"""What a person may do here, and who holds which role."""

from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Row, choice


class Role(StrEnum):
    """The part that a person has; one may have several."""

    ADVOCATE = "advocate"
    """Stands by survivors; sees what only approved staff may see."""
    HOTLINE = "hotline"
    """Answers calls; sees the same."""
    COORDINATOR = "coordinator"
    """Reviews what comes in, and keeps the directory honest."""
    ADMINISTRATOR = "administrator"
    """Invites people and closes accounts."""
    PROVIDER = "provider"
    """Keeps the listings of an organization of theirs."""


class HeldRole(Row, table=True):
    """A role that a person holds."""

    __tablename__ = "held_role"

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=36)
    role: Role = Field(primary_key=True, sa_type=choice(Role))
