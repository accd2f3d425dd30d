"""From a claim to its answer: the contact on record, three days, two of the staff."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.actor import VISITOR, Actor, ActorKind
from directory.curation.claims.claim import Claim, ClaimState, ContactAnswer
from directory.curation.history import Action, Deed, record
from directory.curation.letters.claim_letter import ask_contact, write_refusal
from directory.curation.proposals.proposal import State
from directory.curation.proposals.review import AnsweredError, SecondPersonError
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


class ClaimNotReadyError(RefusedError):
    """A claim cannot be agreed to yet, or for a reason that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who says that a listing is theirs."""

    name: str
    email: str
    part: str


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
    if there is no such organization or too many claims to it wait.
    """
    organization = session.get(Organization, organization_id)
    if organization is None:
        return None
    open_ = [c for c in in_waiting(session) if c.organization_id == organization_id]
    same = next((c for c in open_ if c.email == claimant.email), None)
    if same is not None or len(open_) >= MOST_OPEN:
        return same
    asks = mail_address(organization.email) is not None and len(open_) < MOST_ASKED
    made = Claim(
        organization_id=organization_id,
        name=claimant.name,
        email=claimant.email,
        part=claimant.part,
        made_at=now,
        asked=asks,
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
    _end(session, made, ClaimState.AGREED, by=by, now=now)
    _record(session, made, Action.APPROVE, by=by, now=now)
    return True


def refuse(
    session: Session, made: Claim, *, by: Actor, reason: str, now: dt.datetime
) -> None:
    """Say no to a claim. Raises `AnsweredError`."""
    _refuse_answered(made)
    made.reason = reason
    _end(session, made, ClaimState.REFUSED, by=by, now=now)
    _record(session, made, Action.REFUSE, by=by, now=now)


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
        made.name, made.email, made.part = "", "", ""


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
