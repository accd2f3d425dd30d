"""The vocabulary that needs and services share."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The phases of the continuum, named by Macy and Johns (2011)."""

    INITIAL_FREEDOM = "initial_freedom"
    RECOVERY = "recovery"
    INDEPENDENCE = "independence"


TREATED = frozenset({"mental_health", "substance_use"})
"""Needs of which a line that one can only call is a beginning and no treatment."""


FOR_CHILDREN = frozenset({"child_services", "child_protection"})
"""Needs of a child: whoever asks may be grown up, and it is the child who is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One need or kind of service, and the phases in which it is usual."""

    code: str
    phases: tuple[Phase, ...]


class Taxonomy:
    """The terms, in their order, each with a number that the columns use."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Keep `terms` in the order in which they are given."""
        self.terms = {term.code: term for term in terms}
        self.numbers = {code: number for number, code in enumerate(self.terms)}

    def usual_in(self, phase: Phase) -> tuple[str, ...]:
        """Return the codes that are usual in `phase`, in the order of the terms."""
        return tuple(t.code for t in self.terms.values() if phase in t.phases)
