"""Claims: somebody says that a listing is theirs."""

from directory.curation.claims.claim import Answer, Claim, ClaimState
from directory.curation.claims.claiming import (
    HOLD,
    Claimant,
    HeldError,
    agree,
    claim,
    contact_says,
    in_waiting,
    refuse,
)

__all__ = [
    "HOLD",
    "Answer",
    "Claim",
    "ClaimState",
    "Claimant",
    "HeldError",
    "agree",
    "claim",
    "contact_says",
    "in_waiting",
    "refuse",
]
