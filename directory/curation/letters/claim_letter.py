"""Asks the contact on record whether somebody who claims a listing is one of theirs."""

import datetime as dt

from sqlmodel import Session

from directory.curation.letters.writing import write
from directory.curation.links import Purpose, issue
from directory.hsds import Organization
from directory.mail import Letter, LetterKind, post
from directory.projection.links import mail_address


def ask_contact(
    session: Session,
    claim_id: str,
    organization: Organization,
    *,
    site_url: str,
    now: dt.datetime,
) -> Letter | None:
    """Put the question into the outbox; nobody is asked where no address is on record.

    Who made the claim is told on the page that the link opens, not in the letter.
    """
    to_address = mail_address(organization.email)
    if to_address is None:
        return None
    token = issue(session, Purpose.CLAIM, organization.id, about=claim_id, now=now)
    writing = write(
        "claim",
        organization=organization.name,
        link=f"{site_url}/portal/claim/{token}",
        link_es=f"{site_url}/es/portal/claim/{token}",
    )
    return post(
        session,
        LetterKind.CLAIM,
        to_address,
        subject=writing.subject,
        text=writing.text,
        about=claim_id,
        now=now,
    )
