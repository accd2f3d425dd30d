"""How many grave changes one may ask for: each is a letter, and work for the desk."""

import datetime as dt

from sqlmodel import Session, col, func, select

from directory.curation.actor import OF_PROVIDER, Actor
from directory.curation.proposals.proposal import Proposal
from directory.curation.proposals.risk import Risk

MOST = 10
"""An organization that corrects all its numbers in one sitting needs fewer forms."""
WITHIN = dt.timedelta(hours=1)


def has_asked_enough(
    session: Session, actor: Actor, organization_id: str, *, now: dt.datetime
) -> bool:
    """Tell whether a provider has asked for too many grave changes within an hour.

    Whoever stole a link or an account could fill the queue and the mailbox of the
    contact. Staff sign in with two factors, and correct many listings.
    """
    if actor.kind not in OF_PROVIDER:
        return False
    query = select(func.count()).where(
        col(Proposal.actor) == str(actor),
        col(Proposal.organization_id) == organization_id,
        col(Proposal.risk) != Risk.LOW,
        col(Proposal.made_at) > now - WITHIN,
    )
    return session.exec(query).one() >= MOST
