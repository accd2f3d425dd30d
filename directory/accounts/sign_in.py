"""Sign-ins: each is a row, so that it can be seen, and ended from elsewhere."""

import datetime as dt

from sqlmodel import Field

from directory.hsds.row import Moment, Row
from directory.ids import new_id

IDLE = dt.timedelta(minutes=30)
"""After this long without a request a sign-in has ended."""
ABSOLUTE = dt.timedelta(hours=12)
"""After this long it has ended in any case."""


class SignIn(Row, table=True):
    """One browser in which a person is signed in.

    The browser holds a random key, the table only its digest. No address is kept.
    """

    __tablename__ = "sign_in"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    key_digest: str = Field(unique=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    made_at: dt.datetime = Field(sa_type=Moment)
    seen_at: dt.datetime = Field(sa_type=Moment)
    device: str = Field(max_length=60)

    def is_over(self, now: dt.datetime) -> bool:
        """Tell whether the sign-in has ended by itself."""
        return now - self.seen_at > IDLE or now - self.made_at > ABSOLUTE
