"""Asks the contact on record whether somebody who claims a listing is one of theirs."""

import datetime as dt

from sqlmodel import Session, select

from directory.curation.letters.writing import in_both, write
from directory.curation.links import LIFE, Purpose, issue
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
    links = in_both(site_url, f"portal/claim/{token}")
    writing = write(
        "claim",
        organization=organization.name,
        link=links["en"],
        link_es=links["es"],
    )
    return post(
        session,
        LetterKind.CLAIM,
        to_address,
        subject=writing.subject,
        text=writing.text,
        about=claim_id,
        lives=LIFE[Purpose.CLAIM],
        now=now,
    )


def question_of(session: Session, claim_id: str) -> Letter | None:
    """Return the letter that asks the contact on record, if one was written."""
    query = select(Letter).where(
        Letter.kind == LetterKind.CLAIM, Letter.about == claim_id
    )
    return session.exec(query).first()


def write_refusal(
    session: Session, to_address: str, organization_id: str, *, now: dt.datetime
) -> None:
    """Tell who claimed a listing that there will be no account, and no reason."""
    organization = session.get(Organization, organization_id)
    if organization is None:
        return
    writing = write("claim_refused", organization=organization.name)
    post(
        session,
        LetterKind.CLAIM,
        to_address,
        subject=writing.subject,
        text=writing.text,
        about=organization_id,
        now=now,
    )
