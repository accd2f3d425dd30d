"""Tells the contact on record that less of a place is shown from now on."""

import datetime as dt

from sqlmodel import Session

from directory.curation.letters.writing import write
from directory.hsds import Organization
from directory.mail import Letter, LetterKind, post
from directory.projection.links import mail_address


def write_of_hiding(
    session: Session, organization_id: str, *, now: dt.datetime
) -> Letter | None:
    """Put the letter into the outbox; nobody is told where no address is on record."""
    organization = session.get(Organization, organization_id)
    to_address = mail_address(organization.email if organization else None)
    if organization is None or to_address is None:
        return None
    writing = write("hiding", organization=organization.name)
    return post(
        session,
        LetterKind.NOTICE,
        to_address,
        subject=writing.subject,
        text=writing.text,
        about=organization_id,
        now=now,
    )
