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
    confirm_as_sent,
    confirm_services,
    services_of,
    take_back_word,
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
from directory.curation.verification.objecting import (
    Objection,
    proposal_of,
    published_alike,
    say_not_ours,
    waiting_alike,
    what_objection_did,
)
from directory.curation.verification.reminder import Answer, Reminder
from directory.curation.verification.silence import note_bounces, note_silence
from directory.curation.verification.telling import tell_answer

__all__ = [
    "AddressDoubt",
    "Answer",
    "Closing",
    "Due",
    "Looked",
    "Objection",
    "Past",
    "Reason",
    "Reminder",
    "Round",
    "RoundResult",
    "answer_of",
    "ask",
    "confirm_as_sent",
    "confirm_services",
    "contact_of",
    "doubtful_addresses",
    "doubtful_pairs",
    "due",
    "look",
    "note_bounces",
    "note_silence",
    "proposal_of",
    "published_alike",
    "say_all_is_right",
    "say_closed",
    "say_not_ours",
    "say_not_us",
    "services_of",
    "take_back_word",
    "tell_answer",
    "trust_address",
    "waiting_alike",
    "what_objection_did",
]
