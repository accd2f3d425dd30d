"""One situation: what is asked, and what a knowing advocate expects of the answer.

`needs.json` holds one situation a row:

* `request` is what `POST /api/match` takes;
* `first` says by need who must be among the first three organizations for it;
* `good` says by need who else is a good answer, for the quality of the order;
* `not_first` says by need who must not be among the first three;
* `never` names whom no option may name: an organization, or `organization :: service`;
* `asked` pairs an organization or a service with the code of a question on its card;
* `uncovered` are the needs that nobody in the directory covers.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.referral.answer import Answer, Card

FIRST = 3
LOOKED_AT = 5
_MUST, _GOOD = 3, 1


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A row of `needs.json`."""

    name: str
    request: Mapping[str, Any]
    first: Mapping[str, Sequence[str]]
    good: Mapping[str, Sequence[str]] = field(default_factory=dict)
    not_first: Mapping[str, Sequence[str]] = field(default_factory=dict)
    never: Sequence[str] = ()
    asked: Sequence[tuple[str, str]] = ()
    uncovered: Sequence[str] = ()

    def missed(self, answer: Answer) -> list[str]:
        """Return in words what the answer does not do of what is expected."""
        missed = []
        for need, names in self.first.items():
            best = organizations(answer, need)[:FIRST]
            missed += [f"{n} first for {need}: {best}" for n in names if n not in best]
        for need, names in self.not_first.items():
            best = organizations(answer, need)[:FIRST]
            missed += [f"{n} not first for {need}" for n in names if n in best]
        for name, code in self.asked:
            if not any(
                asks(card, code) for card in answer.cards if is_named(card, name)
            ):
                missed.append(f"{code} asked of {name}")
        if sorted(answer.uncovered) != sorted(self.uncovered):
            missed.append(f"uncovered: {answer.uncovered}")
        return missed

    def forbidden(self, answer: Answer) -> list[str]:
        """Return who is named and must never be."""
        return [
            f"{card.listing.organization.full_name} :: {card.listing.name}"
            for card in answer.cards
            if any(is_named(card, name) for name in self.never)
        ]

    def gains(self, answer: Answer) -> list[float]:
        """Return nDCG@5 for each need about which something is expected."""
        return [
            ndcg(
                organizations(answer, need),
                {
                    **dict.fromkeys(self.good.get(need, ()), _GOOD),
                    **dict.fromkeys(self.first.get(need, ()), _MUST),
                },
            )
            for need in {**self.first, **self.good}
        ]


def situations() -> list[Situation]:
    """Return the rows of `needs.json`."""
    rows = json.loads(Path(__file__).with_name("needs.json").read_text())
    return [Situation(**row) for row in rows]


def organizations(answer: Answer, need: str) -> list[str]:
    """Return who is named for a need, best first, each once."""
    names = (
        card.listing.organization.full_name
        for card in answer.cards
        if need in card.option.covers
    )
    return list(dict.fromkeys(names))


def is_named(card: Card, name: str) -> bool:
    """Tell whether `name` is the card's organization or its service."""
    listing = card.listing
    organization = listing.organization.full_name
    return name in {organization, f"{organization} :: {listing.name}"}


def asks(card: Card, code: str) -> bool:
    """Tell whether the card has the question `code`."""
    return any(question.code == code for question in card.questions)


def ndcg(order: Sequence[str], worth: Mapping[str, int]) -> float:
    """Return how near the first five come to the best order that there could be."""
    ideal = sorted(worth.values(), reverse=True)
    return _gain([worth.get(name, 0) for name in order]) / _gain(ideal)


def _gain(worths: Sequence[int]) -> float:
    return sum(
        worth / math.log2(place + 2) for place, worth in enumerate(worths[:LOOKED_AT])
    )
