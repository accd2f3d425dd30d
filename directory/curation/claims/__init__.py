"""Claims: somebody says that a listing is theirs."""

from directory.curation.claims.claim import Claim, ClaimState, ContactAnswer
from directory.curation.claims.claiming import (
    HOLD,
    Claimant,
    ClaimNotReadyError,
    agree,
    claim,
    contact_says,
    in_waiting,
    refuse,
)

__all__ = [
    "HOLD",
    "Claim",
    "ClaimNotReadyError",
    "ClaimState",
    "Claimant",
    "ContactAnswer",
    "agree",
    "claim",
    "contact_says",
    "in_waiting",
    "refuse",
]
