"""As whom somebody edits, and what."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, url_for
from sqlmodel import Session

from directory.accounts import edits
from directory.curation.actor import Actor, ActorKind
from directory.curation.correction import SaidBy
from directory.curation.links import Link, Purpose, opened
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.subject import Subject
from directory.web.accounts.guard import the_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The right to edit one organization, by an account or by the link of a letter.

    `token` is that of the link, `None` for somebody who signed in. `blueprint` has the
    views of somebody who signed in: `index`, `organization`, `service`, `proposal`.
    """

    actor: Actor
    organization_id: str
    token: str | None = field(default=None, repr=False)
    blueprint: str = "portal"

    def address(self, view: str, **values: str | Sequence[str]) -> str:
        """Return the address of a view that both ways in have, such as `service`."""
        if self.token is None:
            return url_for(f"{self.blueprint}.{view}", **values)  # type: ignore[arg-type]
        values.pop("organization_id", None)
        return url_for(
            f"portal_link.{view}",
            token=self.token,
            **values,  # type: ignore[arg-type]
        )

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody edits who signed in: their forms need a token."""
        return self.token is None

    @property
    def said_by(self) -> SaidBy:
        """Who stands as the source of what is told."""
        staff = self.actor.kind is ActorKind.STAFF
        return SaidBy.STAFF if staff else SaidBy.PROVIDER

    def dossier(self, session: Session, subject: Subject) -> Dossier:
        """Return a listing of the organization; 404 if there is no such one.

        Another's listing is answered as one that does not exist.
        """
        found = read_dossier(session, subject)
        if found is None or found.organization_id != self.organization_id:
            abort(404)
        return found


def own_access(organization_id: str) -> Access:
    """Return the access of whoever signed in; 404 to what is not theirs."""
    person = the_person()
    if not edits(person, organization_id):
        abort(404)
    actor = Actor(kind=ActorKind.PROVIDER, id=person.id)
    return Access(actor=actor, organization_id=organization_id)


def link_access(
    session: Session, token: str, *, now: dt.datetime
) -> tuple[Access, Link]:
    """Return the access of whoever holds a letter, and the link in it.

    Raises `LinkClosedError`.
    """
    link = opened(session, token, Purpose.CONFIRM, now=now)
    actor = Actor(kind=ActorKind.CONTACT, id=link.organization_id)
    access = Access(actor=actor, organization_id=link.organization_id, token=token)
    return access, link
