"""How long a change that could do much harm is held back, so that somebody can object.

Whoever has taken over a mailbox or an account can ask for another number. Who is on
record gets a letter, and has a day to say no; or a coordinator calls them.
"""

import datetime as dt
from enum import StrEnum

from directory.curation.actor import ActorKind, read_actor
from directory.curation.merging import is_merge
from directory.curation.proposals.proposal import Proposal
from directory.curation.proposals.risk import Risk
from directory.curation.records.patch import loads
from directory.errors import RefusedError
from directory.mail import Letter
from directory.sentence import Sentence

HOLD = dt.timedelta(hours=24)
"""How long who is on record has to object."""


class Hold(StrEnum):
    """What keeps a change from being agreed to until somebody has called."""

    EARLY = "early"
    """Who is on record was written to, and still has time to object."""
    UNTOLD = "untold"
    """No letter has reached who is on record, so nobody could object."""


class HeldError(RefusedError):
    """It is too early to agree to a change; nothing was done."""

    def __init__(self, hold: Hold) -> None:
        """Say what has to be done first."""
        self.hold = hold
        super().__init__(_SENTENCES[hold])


_SENTENCES = {
    Hold.EARLY: Sentence(
        "The contact on record still has time to object. Agree to it later, or call"
        " first."
    ),
    Hold.UNTOLD: Sentence(
        "No email has told the contact on record of this. Call first."
    ),
}


def hold_of(
    proposal: Proposal, notice: Letter | None, *, now: dt.datetime
) -> Hold | None:
    """Return what holds a proposal back unless somebody has called.

    `notice` is the letter to who is on record. What staff ask for themselves is not
    held, nor is a merge.
    """
    if proposal.risk is not Risk.HIGH or _is_of_staff(proposal):
        return None
    if notice is None or notice.failed_at is not None:
        return Hold.UNTOLD
    if now < free_at(proposal):
        return Hold.EARLY
    return Hold.UNTOLD if notice.sent_at is None else None


def free_at(proposal: Proposal) -> dt.datetime:
    """Return when the contact on record has had time to object."""
    return proposal.made_at + HOLD


def _is_of_staff(proposal: Proposal) -> bool:
    by_staff = read_actor(proposal.actor).kind is ActorKind.STAFF
    return by_staff or is_merge(loads(proposal.patch))
