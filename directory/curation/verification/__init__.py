"""Verification: providers are asked by mail whether their listings are right."""

from directory.curation.verification.answering import (
    Closing,
    answer_of,
    contact_of,
    say_all_is_right,
    say_closed,
    say_not_us,
)
from directory.curation.verification.asking import (
    Looked,
    RoundResult,
    ask,
    look,
)
from directory.curation.verification.confirming import (
    confirm_services,
    services_of,
)
from directory.curation.verification.doubtful_address import (
    AddressDoubt,
    doubtful_addresses,
    doubtful_pairs,
    trust_address,
)
from directory.curation.verification.due import (
    Due,
    Past,
    Reason,
    Round,
    due,
)
from directory.curation.verification.objecting import proposal_of, say_not_ours
from directory.curation.verification.reminder import Answer, Reminder
from directory.curation.verification.silence import note_bounces, note_silence

__all__ = [
    "AddressDoubt",
    "Answer",
    "Closing",
    "Due",
    "Looked",
    "Past",
    "Reason",
    "Reminder",
    "Round",
    "RoundResult",
    "answer_of",
    "ask",
    "confirm_services",
    "contact_of",
    "doubtful_addresses",
    "doubtful_pairs",
    "due",
    "look",
    "note_bounces",
    "note_silence",
    "proposal_of",
    "say_all_is_right",
    "say_closed",
    "say_not_ours",
    "say_not_us",
    "services_of",
    "trust_address",
]
