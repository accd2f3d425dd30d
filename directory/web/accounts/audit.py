"""Says who changed which account; the history keeps it."""

from sqlmodel import Session

from directory.curation.actor import Actor, ActorKind
from directory.curation.history.accounts import note_account
from directory.web.site import the_site


def note(
    session: Session,
    *,
    actor_id: str,
    person_id: str,
    action: str,
    detail: str = "",
) -> None:
    """Note, in the transaction of the change, what an administrator did to an account.

    Actions are `invited`, `role_given`, `role_taken`, `membership_given`,
    `membership_taken`, `disabled`, `enabled`, `signed_out`, `totp_reset`. `detail` is
    the role or the id of the organization.
    """
    by = Actor(kind=ActorKind.STAFF, id=actor_id)
    what = {"did": action, **({"what": detail} if detail else {})}
    note_account(session, person_id, what, by=by, now=the_site().now())
