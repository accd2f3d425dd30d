"""What was done to accounts, as the history keeps it.

Who can let others in could let in a second address of their own, and agree with it to
what takes two people. So whoever is let in is shown to all coordinators, and is no
second person for a while to who let them in.
"""

import datetime as dt
from collections.abc import Iterable

from sqlmodel import Session, and_, col, or_, select

from directory.accounts import Person
from directory.accounts.rights import PROBATION
from directory.curation.actor import PROGRAM, Actor, ActorKind
from directory.curation.history.chain import Deed, detail_of, record
from directory.curation.history.event import Action, Event, EventDetail

GAINS = frozenset({"invited", "role_given", "enabled"})
"""What is done to an account so that somebody may do more than before."""


def note_account(  # noqa: PLR0913 - one line of the history
    session: Session,
    person_id: str,
    did: str,
    what: str = "",
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Record a change of an account, in the transaction of the change.

    `did` is `invited`, `role_given`, `role_taken`, `membership_given`,
    `membership_taken`, `disabled`, `enabled`, `signed_out` or `totp_reset`; `what` is
    the role or the id of the organization.
    """
    deed = Deed(
        actor=by,
        action=Action.ACCOUNT,
        subject=f"person:{person_id}",
        facts={"did": did, **({"what": what} if what else {})},
    )
    record(session, deed, now=now)


def note_gain(
    session: Session,
    person_id: str,
    roles: Iterable[str],
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Bring to the desk that `by` let somebody in, or gave them more: `roles`.

    Called once for all that is given at a time, beside `note_account`. The very first
    is let in by nobody who could be watched.
    """
    if (
        session.exec(select(Person.id).where(col(Person.active)).limit(1)).first()
        is None
    ):
        return
    deed = Deed(
        actor=PROGRAM,
        action=Action.ALERT,
        subject=f"person:{person_id}",
        facts={"by": str(by), "gained": sorted(roles)},
    )
    record(session, deed, now=now)


def let_in_lately(
    session: Session, one: Actor, other: Actor, *, now: dt.datetime
) -> bool:
    """Tell whether one of two people let the other in, within the last seven days.

    They may be one and the same, and nobody has had the time to notice.
    """
    query = (
        select(EventDetail)
        .join(Event, col(Event.seq) == col(EventDetail.seq))
        .where(Event.action == Action.ACCOUNT, col(Event.at) > now - PROBATION)
        .where(or_(_did(one, other), _did(other, one)))
    )
    details = session.exec(query).all()
    return any(detail_of(one).facts.get("did") in GAINS for one in details)


def _did(one: Actor, other: Actor) -> bool:
    """Return the condition that `one`, of the staff, did something to `other`."""
    by = str(Actor(kind=ActorKind.STAFF, id=one.id))
    return and_(Event.actor == by, Event.subject == f"person:{other.id}")  # type: ignore[return-value]
