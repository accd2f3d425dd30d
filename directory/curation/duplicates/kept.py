"""Candidates that are kept beside the snapshot in which they were found.

To find them takes long in a large directory, and they follow from the snapshot alone.
What somebody has judged is not in the snapshot: it is taken off whenever one reads.
"""

import threading
from collections.abc import Sequence

from directory.curation.duplicates.candidates import Candidate, candidates
from directory.projection import Audience, Snapshot

_SNAPSHOTS = 2
"""Of each audience: one request may still read the last snapshot, others the new."""

_Found = Sequence[Candidate]


class KeptCandidates:
    """Finds the candidates of a snapshot once, however many ask at the same time."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._held: dict[Audience, tuple[tuple[Snapshot, _Found], ...]] = {}
        self._lock = threading.Lock()

    def of(self, snapshot: Snapshot) -> Sequence[Candidate]:
        """Return the candidates of `snapshot`, best first, with what was judged."""
        found = self._known(snapshot)
        if found is not None:
            return found
        with self._lock:
            # Another may have found them meanwhile.
            found = self._known(snapshot)
            if found is None:
                found = candidates(snapshot)
                before = self._held.get(snapshot.audience, ())
                kept = ((snapshot, found), *before)[:_SNAPSHOTS]
                self._held[snapshot.audience] = kept
            return found

    def _known(self, snapshot: Snapshot) -> _Found | None:
        held = self._held.get(snapshot.audience, ())
        return next((found for of, found in held if of is snapshot), None)
