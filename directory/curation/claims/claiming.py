"""From a claim to its answer: the contact on record, three days, two of the staff."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from directory.curation.actor import VISITOR, Actor, ActorKind, read_actor
from directory.curation.claims.claim import Claim, ClaimState, ContactAnswer
from directory.curation.history import Action, Deed, record
from directory.curation.letters.claim_letter import ask_contact, write_refusal
from directory.curation.proposals.proposal import State
from directory.curation.proposals.review import (
    AnsweredError,
    SecondPersonError,
    refuse_new_pair,
)
from directory.errors import RefusedError
from directory.hsds import Organization
from directory.projection.links import mail_address
from directory.sentence import Sentence

HOLD = dt.timedelta(hours=72)
"""How long the contact on record has to say no, before anybody can say yes."""

MOST_ASKED = 3
"""Claims to one organization that its contact is asked about at once, by a letter each.

Further ones wait for staff all the same: a false claim must not keep out the true one.
"""

MOST_OPEN = 20
"""Claims to one organization that can wait at once."""

MOST_TO_ONE = 2
"""Claims to one organization that can wait of what one network sent on one day."""

MOST_A_DAY = 4
"""Claims that one network may send on one day, whichever they are to."""


class ClaimNotKeptError(RefusedError):
    """A claim was not kept; the sentence says so, and what can be done."""


class ClaimNotReadyError(RefusedError):
    """A claim cannot be agreed to yet, or for a reason that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who says that a listing is theirs.

    `network` is a name of one day for where they are, which no one can turn back into
    an address; `None` if it is not known.
    """

    name: str
    email: str
    part: str
    network: str | None = field(default=None, repr=False)


def claim(
    session: Session,
    organization_id: str,
    claimant: Claimant,
    *,
    site_url: str,
    now: dt.datetime,
) -> Claim | None:
    """Keep a claim and ask the contact on record; the listing stays as it is.

    Returns the claim that is there already if the same person asks again, and `None`
    if there is no such organization. Raises `ClaimNotKeptError` if too many wait, or
    too many came from where this one comes from; what waits is kept.
    """
    organization = session.get(Organization, organization_id)
    if organization is None:
        return None
    forget_networks(session, now)
    open_ = _waiting_for(session, organization_id)
    same = next((c for c in open_ if c.email == claimant.email), None)
    if same is not None:
        return same
    _refuse_too_many(session, claimant, open_)
    asks = mail_address(organization.email) is not None and len(open_) < MOST_ASKED
    made = Claim(
        organization_id=organization_id,
        name=claimant.name,
        email=claimant.email,
        part=claimant.part,
        made_at=now,
        asked=asks,
        network=claimant.network,
        state=ClaimState.WAITING,
    )
    session.add(made)
    session.flush()
    if asks:
        ask_contact(session, made.id, organization, site_url=site_url, now=now)
    _record(session, made, Action.CLAIM, by=VISITOR, now=now)
    return made


def in_waiting(session: Session) -> list[Claim]:
    """Return the claims that wait, the oldest first."""
    query = (
        select(Claim)
        .where(Claim.state == ClaimState.WAITING)
        .order_by(col(Claim.made_at), col(Claim.id))
    )
    return list(session.exec(query).all())


def forget_networks(session: Session, now: dt.datetime) -> None:
    """Erase what tells apart where the claims of days before came from.

    It is done with each claim and each answer, and can be done at any other time.
    """
    today = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
    session.flush()
    session.execute(
        update(Claim)
        .where(col(Claim.network).is_not(None), col(Claim.made_at) < today)
        .values(network=None)
    )


def contact_says(
    session: Session, made: Claim, answer: ContactAnswer, *, now: dt.datetime
) -> None:
    """Note what the contact on record says; a no ends the claim."""
    if made.state is not ClaimState.WAITING:
        return
    contact = Actor(kind=ActorKind.CONTACT, id=made.organization_id)
    made.contact_says, made.contact_said_at = answer, now
    if answer is ContactAnswer.NO:
        _end(session, made, ClaimState.REFUSED, by=contact, now=now)
        action = Action.REFUSE
    else:
        action = Action.CONFIRM
    _record(session, made, action, by=contact, now=now)


def agree(
    session: Session, made: Claim, *, by: Actor, checked: str, now: dt.datetime
) -> bool:
    """Say yes to a claim; return whether it was the second yes, and so is agreed.

    Raises `AnsweredError`, `ClaimNotReadyError` within the first three days and where
    the first yes does not say how it was made sure, and `SecondPersonError`.
    """
    _refuse_answered(made)
    if now < made.made_at + HOLD:
        raise ClaimNotReadyError(
            Sentence("The contact on record has three days to answer. Please wait.")
        )
    if made.first_by is None:
        if not checked.strip():
            raise ClaimNotReadyError(
                Sentence("Please say how you made sure, for instance whom you called.")
            )
        made.first_by, made.first_at, made.checked = str(by), now, checked.strip()
        _record(session, made, Action.CONFIRM, by=by, now=now)
        return False
    if made.first_by == str(by):
        raise SecondPersonError
    refuse_new_pair(session, read_actor(made.first_by), by, now=now)
    _end(session, made, ClaimState.AGREED, by=by, now=now)
    _record(session, made, Action.APPROVE, by=by, now=now)
    return True


def refuse(
    session: Session, made: Claim, *, by: Actor, reason: str, now: dt.datetime
) -> None:
    """Say no to a claim. Raises `AnsweredError`, `ClaimNotReadyError` without a why."""
    _refuse_answered(made)
    _refuse(session, [made], by=by, reason=reason, now=now)


def refuse_all(
    session: Session, organization_id: str, *, by: Actor, reason: str, now: dt.datetime
) -> int:
    """Say no to all claims to an organization that wait; return how many they were.

    Raises `ClaimNotReadyError` without a reason.
    """
    waiting = _waiting_for(session, organization_id)
    _refuse(session, waiting, by=by, reason=reason, now=now)
    return len(waiting)


def _refuse(
    session: Session,
    claims: Sequence[Claim],
    *,
    by: Actor,
    reason: str,
    now: dt.datetime,
) -> None:
    if not reason.strip():
        raise ClaimNotReadyError(Sentence("Say why: it stays in the history."))
    forget_networks(session, now)
    for made in claims:
        made.reason = reason.strip()
        _end(session, made, ClaimState.REFUSED, by=by, now=now)
        _record(session, made, Action.REFUSE, by=by, now=now)


def _waiting_for(session: Session, organization_id: str) -> list[Claim]:
    return [c for c in in_waiting(session) if c.organization_id == organization_id]


def _refuse_too_many(
    session: Session, claimant: Claimant, open_: Sequence[Claim]
) -> None:
    """Raise `ClaimNotKeptError` where one more claim cannot be kept."""
    if len(open_) >= MOST_OPEN:
        raise ClaimNotKeptError(
            Sentence(
                "We did not keep your request. Very many wait for this organization,"
                " and our staff must answer them first. Please try again in a few days."
            )
        )
    if claimant.network is None:
        return
    sent = select(func.count()).where(Claim.network == claimant.network)
    to_one = sum(made.network == claimant.network for made in open_)
    if to_one >= MOST_TO_ONE or session.exec(sent).one() >= MOST_A_DAY:
        raise ClaimNotKeptError(
            Sentence(
                "We did not keep your request. Enough was asked for today from where"
                " you are. Please try again tomorrow."
            )
        )


def _refuse_answered(made: Claim) -> None:
    if made.state is ClaimState.AGREED:
        raise AnsweredError(State.PUBLISHED)
    if made.state is ClaimState.REFUSED:
        raise AnsweredError(State.REFUSED)


def _end(
    session: Session, made: Claim, state: ClaimState, *, by: Actor, now: dt.datetime
) -> None:
    made.state, made.decided_by, made.decided_at = state, str(by), now
    if state is ClaimState.REFUSED:
        write_refusal(session, made.email, made.organization_id, now=now)
        # Nobody needs to know any more who asked.
        made.name, made.email, made.part, made.network = "", "", "", None


def _record(
    session: Session, made: Claim, action: Action, *, by: Actor, now: dt.datetime
) -> None:
    deed = Deed(
        actor=by,
        action=action,
        subject=f"claim:{made.id}",
        organization_id=made.organization_id,
        why=made.reason,
        facts={"checked": made.checked} if made.checked else {},
    )
    record(session, deed, now=now)
