"""The letter that asks whether listings are still right, or how much room there is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.curation.letters.writing import Writing, in_both, write

_SHOWN = 8
"""Services that a letter names; the page shows all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of an organization, and the tokens of the links to answer by.

    Without `confirm` only room is asked for. `rooms` are ids and names of the services
    whose room is; `room` is the token of their links.
    """

    organization: str
    services: Sequence[str]
    rooms: Sequence[tuple[str, str]]
    confirm: str | None = field(repr=False)
    room: str | None = field(repr=False)


def write_asking(question: Question, site_url: str) -> Writing:
    """Return the letter that asks `question`."""
    more = len(question.services) - _SHOWN
    return write(
        "room" if question.confirm is None else "asking",
        organization=question.organization,
        services=question.services[:_SHOWN],
        more=max(0, more),
        confirm=in_both(site_url, f"portal/confirm/{question.confirm}"),
        rooms=[
            {
                "name": name,
                **in_both(site_url, f"portal/confirm/{question.room}/room/{id_}"),
            }
            for id_, name in question.rooms
        ],
    )
