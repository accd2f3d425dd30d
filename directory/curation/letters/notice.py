"""A notice to the old contact: a change that matters was asked for."""

import datetime as dt

from sqlmodel import Session

from directory.curation.letters.topic import names_of_topics, topics_of
from directory.curation.letters.writing import in_both, write
from directory.curation.links import LIFE, Purpose, issue
from directory.curation.proposals import Proposal
from directory.curation.records.patch import Patch, loads
from directory.hsds import Organization
from directory.mail import Letter, LetterKind, post
from directory.projection.links import mail_address


def send_notice(
    session: Session,
    proposal: Proposal,
    *,
    site_url: str,
    now: dt.datetime,
    organization_id: str | None = None,
) -> Letter | None:
    """Put a notice of `proposal` into the outbox, in the caller's transaction.

    It goes to the mail address that the organization had before the change, and to
    nobody if there was none. It says what kind of fields would change, never to what,
    and holds a link that stops the change. `organization_id` is another one that the
    change is about: one that is to be merged.
    """
    organization = session.get(
        Organization, organization_id or proposal.organization_id
    )
    if organization is None:
        return None
    patch = loads(proposal.patch)
    to_address = mail_address(old_address(patch, organization))
    if to_address is None:
        return None
    token = issue(
        session,
        Purpose.OBJECT,
        organization.id,
        about=proposal.id,
        now=now,
    )
    links = in_both(site_url, f"portal/object/{token}")
    topics = topics_of(patch)
    writing = write(
        "notice",
        organization=organization.name,
        topics=names_of_topics(topics, "en"),
        topics_es=names_of_topics(topics, "es"),
        link=links["en"],
        link_es=links["es"],
    )
    return post(
        session,
        LetterKind.NOTICE,
        to_address,
        subject=writing.subject,
        text=writing.text,
        about=proposal.id,
        lives=LIFE[Purpose.OBJECT],
        now=now,
    )


def old_address(patch: Patch, organization: Organization) -> str | None:
    """Return the mail address before the change, whether it was made already or not."""
    for change in patch:
        cells = change.before or {}
        if change.id == organization.id and "email" in cells:
            return cells["email"] or None
    return organization.email
