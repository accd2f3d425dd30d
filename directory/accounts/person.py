"""People who have an account."""

import datetime as dt
import secrets

from flask_security import UserMixin
from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, Relationship
from typing_extensions import override

from directory.accounts.membership import Membership
from directory.accounts.role import HeldRole, Role
from directory.hsds.row import Moment, Row, Words
from directory.ids import new_id

_OWNED = {"lazy": "selectin", "cascade": "all, delete-orphan"}


def new_uniquifier() -> str:
    """Return what a person's cookies name them by; a new one ends them all."""
    return secrets.token_urlsafe(32)


class Person(UserMixin, Row, table=True):
    """Somebody who was invited; what Flask-Security calls a user.

    `active` is set when the invitation is taken up, and taken away from whoever may
    sign in no more. `approved_at` is when staff rights began: some of them start later.
    `totp_counter` is the last half minute of which a code was used.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower"),)

    id: str = Field(  # type: ignore[assignment]
        default_factory=new_id, primary_key=True, max_length=36
    )
    email: str = Field(unique=True, max_length=254)
    name: str
    password: str | None = None
    active: bool = False
    fs_uniquifier: str = Field(
        default_factory=new_uniquifier, unique=True, max_length=64
    )
    tf_primary_method: str | None = Field(default=None, max_length=16)
    tf_totp_secret: str | None = None
    tf_phone_number: str | None = None
    """Always empty: Flask-Security clears it along with the secret."""
    totp_counter: int | None = Field(default=None, sa_type=BigInteger)
    recovery_codes: tuple[str, ...] = Field(default=(), sa_type=Words)
    """Digests of the codes that were not used yet."""
    made_at: dt.datetime = Field(sa_type=Moment)
    joined_at: dt.datetime | None = Field(default=None, sa_type=Moment)
    approved_at: dt.datetime | None = Field(default=None, sa_type=Moment)

    held: list[HeldRole] = Relationship(sa_relationship_kwargs=_OWNED)
    memberships: list[Membership] = Relationship(sa_relationship_kwargs=_OWNED)

    @property
    def roles(self) -> frozenset[Role]:  # type: ignore[override]
        """The roles that the person holds."""
        return frozenset(held.role for held in self.held)

    @property
    def organizations(self) -> frozenset[str]:
        """The ids of the organizations that the person speaks for."""
        return frozenset(m.organization_id for m in self.memberships)

    @override
    def has_role(self, role: object) -> bool:
        return role in self.roles

    @property
    def is_set_up(self) -> bool:
        """Tell whether the person has a second step for signing in."""
        return bool(self.tf_totp_secret and self.tf_primary_method)


def normal_email(text: str) -> str:
    """Return a mail address as it is kept: without spaces around it, in lower case."""
    return text.strip().lower()
