"""Makes links, opens them, and closes them."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from sqlmodel import Session, col, select

from directory.curation.links.link import Link, Purpose
from directory.errors import RefusedError
from directory.keys import key_digest, new_key
from directory.sentence import Sentence

LIFE: Mapping[Purpose, dt.timedelta] = MappingProxyType(
    {
        Purpose.CONFIRM: dt.timedelta(days=21),
        Purpose.OBJECT: dt.timedelta(days=30),
        Purpose.CLAIM: dt.timedelta(days=14),
        Purpose.ROOM: dt.timedelta(days=7),
    }
)
"""How long a link can be opened."""

SITTING = dt.timedelta(hours=2)
"""How long somebody who began to answer may go on."""


class LinkClosedError(RefusedError):
    """A link is unknown, too old or was answered; which of them is not told."""

    def __init__(self) -> None:
        """Say the one sentence."""
        super().__init__(Sentence("This link cannot be used any more."))


def issue(
    session: Session,
    purpose: Purpose,
    organization_id: str,
    *,
    about: str | None = None,
    now: dt.datetime,
) -> str:
    """Make a link and return its token, which is kept nowhere."""
    token = new_key()
    session.add(
        Link(
            digest=key_digest(token),
            purpose=purpose,
            organization_id=organization_id,
            about=about,
            made_at=now,
            expires_at=now + LIFE[purpose],
        )
    )
    return token


def opened(session: Session, token: str, purpose: Purpose, *, now: dt.datetime) -> Link:
    """Return the link that `token` opens at this moment.

    Raises `LinkClosedError`.
    """
    link = session.get(Link, key_digest(token))
    if link is None or link.purpose is not purpose or not _is_open(link, now):
        raise LinkClosedError
    return link


def answered(session: Session, token: str, purpose: Purpose) -> Link | None:
    """Return the link of `token` if it was answered before, and so is closed by that.

    Who sends an answer twice is thanked twice.
    """
    link = session.get(Link, key_digest(token))
    if link is None or link.purpose is not purpose or link.closed_at is None:
        return None
    return link


def begin_sitting(link: Link, *, now: dt.datetime) -> None:
    """Note that somebody began to answer: the sitting lasts from here."""
    if link.used_at is None:
        link.used_at = now


def close(link: Link, *, now: dt.datetime) -> None:
    """Close a link that was answered."""
    begin_sitting(link, now=now)
    link.closed_at = now


def close_all(session: Session, organization_id: str, *, now: dt.datetime) -> None:
    """End the life of links by which anybody edits the listings of an organization.

    Who reads one of its letters may have the others as well. They were not answered,
    and nobody who sends their forms is thanked for an answer.
    """
    query = (
        select(Link)
        .where(Link.organization_id == organization_id)
        .where(col(Link.purpose).in_([Purpose.CONFIRM, Purpose.ROOM]))
        .where(col(Link.closed_at).is_(None))
    )
    for link in session.exec(query).all():
        link.expires_at = min(link.expires_at, now)


def _is_open(link: Link, now: dt.datetime) -> bool:
    sitting = link.used_at is None or now < link.used_at + SITTING
    return link.closed_at is None and now < link.expires_at and sitting
