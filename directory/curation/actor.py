"""Who does something: a person with an account, or somebody who holds a link."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """In what part somebody acts."""

    STAFF = "staff"
    PROVIDER = "provider"
    """A person with an account who may edit the organization."""
    CONTACT = "contact"
    """Whoever reads the mail of the organization's address on record."""
    PUBLIC = "public"
    """A visitor of whom nothing is known."""
    PROGRAM = "program"
    """This program, at a command of its operator."""


OF_PROVIDER = frozenset({ActorKind.PROVIDER, ActorKind.CONTACT})
"""Who speaks for the organization itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One who acts. `id` is that of a person, or of an organization for a contact."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        """Return `kind:id`, as the history keeps it."""
        return f"{self.kind.value}:{self.id}"

    @property
    def is_known(self) -> bool:
        """Whether changes of little risk are published on this one's word."""
        return self.kind is ActorKind.STAFF or self.kind in OF_PROVIDER


PROGRAM = Actor(kind=ActorKind.PROGRAM, id="aftercare")
"""The program itself."""

VISITOR = Actor(kind=ActorKind.PUBLIC, id="visitor")
"""Anybody who fills in a form of the public pages."""


def read_actor(text: str) -> Actor:
    """Return the actor that the history calls `text`."""
    kind, _, identifier = text.partition(":")
    return Actor(kind=ActorKind(kind), id=identifier)
