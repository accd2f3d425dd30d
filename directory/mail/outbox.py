"""The outbox: a letter is written in the same transaction as what it tells of."""

import datetime as dt

from sqlmodel import Session

from directory.mail.letter import Letter, LetterKind


def post(  # noqa: PLR0913 - each is a field of the letter
    session: Session,
    kind: LetterKind,
    to_address: str,
    *,
    subject: str,
    text: str,
    language: str = "en",
    about: str | None = None,
    lives: dt.timedelta | None = None,
    now: dt.datetime,
) -> Letter:
    """Put a letter into the outbox; it goes out after the transaction commits.

    `lives` says for how long its links open anything: after that it is not sent. One
    without links waits as long as it must.
    """
    letter = Letter(
        kind=kind,
        to_address=to_address,
        language=language,
        subject=subject,
        text=text,
        about=about,
        made_at=now,
        expires_at=None if lives is None else now + lives,
        next_try_at=now,
    )
    session.add(letter)
    return letter
