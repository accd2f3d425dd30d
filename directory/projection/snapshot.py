"""The in-memory snapshot that pages, index and matcher read from."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from directory.database import last_change, reading
from directory.hsds import Record
from directory.projection.listing import (
    Audience,
    ClosedListing,
    Listing,
    OrganizationListing,
)
from directory.projection.publish import publish
from directory.projection.records import public_records
from directory.projection.rows import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that one audience may see, as it was at change `seq`."""

    seq: int
    audience: Audience
    listings: Mapping[str, Listing]
    organizations: Mapping[str, OrganizationListing]
    closed: Mapping[str, ClosedListing]
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old ids of what was merged, and the ids of the listings that hold it now."""


def take_snapshot(engine: Engine, audience: Audience = Audience.PUBLIC) -> Snapshot:
    """Read the database and return what `audience` may see of it.

    The number of the change and the rows are of one transaction.
    """
    with reading(engine) as session:
        seq = last_change(session)
        published = publish(read_rows(session), audience)
    return Snapshot(
        seq=seq,
        audience=audience,
        listings=published.listings,
        organizations=published.organizations,
        closed=published.closed,
        redirects=published.redirects,
    )


def take_records(engine: Engine) -> Mapping[type[Record], Sequence[Record]]:
    """Read the database and return the records that everybody may have, by table."""
    with reading(engine) as session:
        return public_records(read_rows(session))


class Follower:
    """Holds the newest snapshot, and takes another when the database has changed.

    Every request asks for it, so a listing that was hidden is gone at the next request.
    """

    def __init__(self, engine: Engine, audience: Audience = Audience.PUBLIC) -> None:
        """Follow the database of `engine` for `audience`; nothing is read yet."""
        self._engine = engine
        self._audience = audience
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return a snapshot that holds all changes committed before the call.

        Raises `DatabaseUnavailableError`.
        """
        with reading(self._engine) as session:
            seq = last_change(session)
        snapshot = self._snapshot
        if snapshot is not None and snapshot.seq == seq:
            return snapshot
        with self._lock:
            held = self._snapshot
            # Another may have taken one meanwhile, which will do if it is new enough.
            # A number that fell is that of a database put back from a copy.
            if held is None or held is snapshot or held.seq < seq:
                held = take_snapshot(self._engine, self._audience)
                self._snapshot = held
            return held
