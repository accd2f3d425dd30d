"""Duplicates: bodies that may be one and the same, for a person to judge.

Nothing is merged here. A pair is found by what both share, scored by how much that
tells, and says why in codes that a page can put into words.
"""

from directory.curation.duplicates.body import (
    Body,
    bodies_of,
    mail_domain,
    web_domain,
)
from directory.curation.duplicates.candidates import (
    Candidate,
    Noun,
    alike,
    among,
    candidates,
    undecided,
)
from directory.curation.duplicates.evidence import Code, Evidence
from directory.curation.duplicates.kept import KeptCandidates

__all__ = [
    "Body",
    "Candidate",
    "Code",
    "Evidence",
    "KeptCandidates",
    "Noun",
    "alike",
    "among",
    "bodies_of",
    "candidates",
    "mail_domain",
    "undecided",
    "web_domain",
]
