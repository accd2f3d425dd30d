"""Mail addresses that no letter goes to until a coordinator has looked."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from directory.hsds.row import Moment, Row, choice
from directory.ids import new_id


class AddressDoubt(StrEnum):
    """What is wrong with an address."""

    BOUNCED = "bounced"
    NOT_THEIRS = "not_theirs"
    """Who reads it says that it is not the organization's."""


class DoubtfulAddress(Row, table=True):
    """An address of an organization that is not written to.

    It is about this address: another one of the organization is written to at once.
    """

    __tablename__ = "doubtful_address"
    __table_args__ = (UniqueConstraint("organization_id", "address"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    organization_id: str = Field(max_length=36, index=True)
    address: str = Field(repr=False)
    doubt: AddressDoubt = Field(sa_type=choice(AddressDoubt))
    since: dt.datetime = Field(sa_type=Moment)


def doubtful_addresses(session: Session) -> list[DoubtfulAddress]:
    """Return them all, for the desk, the oldest first."""
    order = (col(DoubtfulAddress.since), col(DoubtfulAddress.id))
    return list(session.exec(select(DoubtfulAddress).order_by(*order)).all())


def doubtful_pairs(session: Session) -> frozenset[tuple[str, str]]:
    """Return the same as pairs of an organization and an address in small letters."""
    found = doubtful_addresses(session)
    return frozenset((one.organization_id, one.address) for one in found)


def doubt_address(
    session: Session,
    organization_id: str,
    address: str,
    doubt: AddressDoubt,
    *,
    now: dt.datetime,
) -> None:
    """Stop writing to `address` of an organization."""
    if _found(session, organization_id, address) is None:
        session.add(
            DoubtfulAddress(
                organization_id=organization_id,
                address=address.lower(),
                doubt=doubt,
                since=now,
            )
        )
        session.flush()


def is_doubtful(session: Session, organization_id: str, address: str) -> bool:
    """Tell whether no letter goes to `address` of an organization."""
    return _found(session, organization_id, address) is not None


def trust_address(
    session: Session, organization_id: str, address: str | None = None
) -> None:
    """Write to `address` of an organization again; to all of them if none is named."""
    query = select(DoubtfulAddress).where(
        DoubtfulAddress.organization_id == organization_id
    )
    if address is not None:
        query = query.where(DoubtfulAddress.address == address.lower())
    for found in session.exec(query).all():
        session.delete(found)
    session.flush()


def _found(
    session: Session, organization_id: str, address: str
) -> DoubtfulAddress | None:
    return session.exec(
        select(DoubtfulAddress)
        .where(DoubtfulAddress.organization_id == organization_id)
        .where(DoubtfulAddress.address == address.lower())
    ).first()
