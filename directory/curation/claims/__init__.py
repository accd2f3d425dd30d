"""Claims: somebody says that a listing is theirs."""

from directory.curation.claims.claim import Claim, ClaimState, ContactAnswer
from directory.curation.claims.claiming import (
    HOLD,
    MOST_A_DAY,
    MOST_OPEN,
    MOST_TO_ONE,
    Claimant,
    ClaimNotKeptError,
    ClaimNotReadyError,
    agree,
    claim,
    contact_says,
    forget_networks,
    in_waiting,
    refuse,
    refuse_all,
)

__all__ = [
    "HOLD",
    "MOST_A_DAY",
    "MOST_OPEN",
    "MOST_TO_ONE",
    "Claim",
    "ClaimNotKeptError",
    "ClaimNotReadyError",
    "ClaimState",
    "Claimant",
    "ContactAnswer",
    "agree",
    "claim",
    "contact_says",
    "forget_networks",
    "in_waiting",
    "refuse",
    "refuse_all",
]
