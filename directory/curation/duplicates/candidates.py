"""Candidates: pairs that a coordinator should look at, best first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.curation.duplicates.blocking import pairs
from directory.curation.duplicates.body import Body, bodies_of
from directory.curation.duplicates.commonness import commonness
from directory.curation.duplicates.comparison import compare, score
from directory.curation.duplicates.evidence import Evidence
from directory.curation.duplicates.services import like_services
from directory.curation.duplicates.sketch import Sketch, sketch
from directory.curation.duplicates.weights import SHOWN_FROM
from directory.projection import Snapshot

Decided = frozenset[frozenset[str]]
"""Pairs of ids that a person has judged, and that are not shown again."""


class Noun(StrEnum):
    """What may be there twice."""

    ORGANIZATION = "organization"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two ids that may be one, the lower first, with the score and the reasons.

    `evidence` is in the order of its weight; what has points below 0 speaks against.
    """

    noun: Noun
    left: str
    right: str
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def pair(self) -> frozenset[str]:
        """The pair without an order, as it is noted when somebody has judged it."""
        return frozenset({self.left, self.right})

    @property
    def reasons(self) -> tuple[Evidence, ...]:
        """What speaks for one body."""
        return tuple(one for one in self.evidence if one.points > 0)

    @property
    def doubts(self) -> tuple[Evidence, ...]:
        """What speaks for two."""
        return tuple(one for one in self.evidence if one.points < 0)


def candidates(snapshot: Snapshot) -> tuple[Candidate, ...]:
    """Return what may be there twice in `snapshot`, whatever anybody has judged."""
    services = (
        Candidate(
            noun=Noun.SERVICE, left=left, right=right, score=points, evidence=evidence
        )
        for left, right, points, evidence in like_services(snapshot.listings.values())
    )
    return _in_order([*among(bodies_of(snapshot)), *services])


def undecided(found: Iterable[Candidate], decided: Decided) -> tuple[Candidate, ...]:
    """Return the candidates that nobody has judged yet, in the same order."""
    return tuple(one for one in found if one.pair not in decided)


def among(
    bodies: Iterable[Body], *, shown_from: float = SHOWN_FROM
) -> tuple[Candidate, ...]:
    """Return the pairs of `bodies` that score `shown_from` or more, best first."""
    sketches = [sketch(body) for body in sorted(bodies, key=lambda one: one.id)]
    return _in_order(
        one for one in compared(sketches, least=shown_from) if one.score >= shown_from
    )


def alike(
    body: Body, others: Iterable[Body], *, shown_from: float = SHOWN_FROM
) -> tuple[Candidate, ...]:
    """Return the pairs of `body`, which is not listed yet, with those that are."""
    whole = sorted((body, *others), key=lambda one: one.id)
    sketches = [sketch(one) for one in whole]
    found = compared(sketches, least=shown_from, of=body.id)
    return _in_order(one for one in found if one.score >= shown_from)


def compared(
    sketches: Sequence[Sketch], *, least: float = 0.0, of: str | None = None
) -> Iterator[Candidate]:
    """Yield the pairs worth comparing, but few that score below `least`.

    `of` picks the pairs of one body.
    """
    common = commonness(sketches)
    for here, there in pairs(sketches, common):
        left, right = sketches[here], sketches[there]
        if of is not None and of not in {left.id, right.id}:
            continue
        if _is_family(left.body, right.body):
            continue
        evidence = compare(left, right, common, least=least)
        if evidence is not None:
            yield Candidate(
                noun=Noun.ORGANIZATION,
                left=left.id,
                right=right.id,
                score=score(evidence),
                evidence=evidence,
            )


def _is_family(left: Body, right: Body) -> bool:
    """Tell whether one is a part of the other, as somebody has recorded."""
    return left.parent_id == right.id or right.parent_id == left.id


def _in_order(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        sorted(found, key=lambda one: (-one.score, one.noun, one.left, one.right))
    )
