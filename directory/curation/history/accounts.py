"""What was done to accounts, as the history keeps it."""

import datetime as dt

from sqlmodel import Session

from directory.curation.actor import Actor
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action


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
