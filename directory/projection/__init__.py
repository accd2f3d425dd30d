"""The door: tables in, frozen listings out; nothing leaves the process but these."""

from directory.projection.listing import (
    Audience,
    ClosedListing,
    CostNote,
    Doubt,
    LanguageOffer,
    Line,
    Listing,
    Opening,
    OrganizationListing,
    Place,
    Provenance,
    Room,
    RuleFact,
)
from directory.projection.snapshot import (
    Follower,
    Snapshot,
    take_records,
    take_snapshot,
)

__all__ = [
    "Audience",
    "ClosedListing",
    "CostNote",
    "Doubt",
    "Follower",
    "LanguageOffer",
    "Line",
    "Listing",
    "Opening",
    "OrganizationListing",
    "Place",
    "Provenance",
    "Room",
    "RuleFact",
    "Snapshot",
    "take_records",
    "take_snapshot",
]
