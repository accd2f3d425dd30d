"""Invitations: the only way to an account."""

import datetime as dt

from sqlmodel import Field

from directory.hsds.row import Moment, Row

VALID = dt.timedelta(hours=72)
"""How long an invitation can be taken up."""


class Invitation(Row, table=True):
    """A link that was given to one person, to be used once."""

    __tablename__ = "invitation"

    token_digest: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    made_at: dt.datetime = Field(sa_type=Moment)
    expires_at: dt.datetime = Field(sa_type=Moment)
    used_at: dt.datetime | None = Field(default=None, sa_type=Moment)

    def is_open(self, now: dt.datetime) -> bool:
        """Tell whether the invitation can still be taken up."""
        return self.used_at is None and now < self.expires_at
