"""Merging: two listings of one and the same become one, and nothing of either is lost.

What both hold differently is chosen by a person; what hangs on the one that goes moves
to the one that stays. A redirect leads old links on.
"""

from directory.curation.merging.carrying import Carried, carry_out
from directory.curation.merging.choosing import Choice, Side, choices
from directory.curation.merging.estate import Estate, read_estate
from directory.curation.merging.merge import merge
from directory.curation.merging.merger import (
    Merger,
    MergeRefusedError,
    is_merge,
    mergers_in,
)

__all__ = [
    "Carried",
    "Choice",
    "Estate",
    "MergeRefusedError",
    "Merger",
    "Side",
    "carry_out",
    "choices",
    "is_merge",
    "merge",
    "mergers_in",
    "read_estate",
]
