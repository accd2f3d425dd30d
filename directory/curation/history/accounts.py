"""What was done to accounts, as the history keeps it."""

import datetime as dt
from collections.abc import Mapping

from sqlmodel import Session

from directory.curation.actor import Actor
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action


def note_account(
    session: Session,
    person_id: str,
    what: Mapping[str, object],
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Record a change of an account, in the transaction of the change.

    `what` says what was done (`did`) and with which role or organization (`what`).
    """
    deed = Deed(
        actor=by, action=Action.ACCOUNT, subject=f"person:{person_id}", facts=what
    )
    record(session, deed, now=now)
