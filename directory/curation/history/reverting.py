"""Takes a published change back: the history grows, nothing is rubbed out."""

import datetime as dt

from sqlmodel import Session

from directory.curation.actor import Actor
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action, Event
from directory.curation.history.reading import Entry
from directory.curation.merging import carry_out
from directory.curation.records.moving import put_back
from directory.curation.records.patch import (
    Patch,
    inverse,
    is_held,
    is_redacted,
)
from directory.curation.records.showing import hides, shows_more
from directory.errors import RefusedError
from directory.sentence import Sentence

PUBLISHED = frozenset({Action.PUBLISH, Action.APPROVE, Action.REVERT, Action.MERGE})
"""The actions whose patch went into the tables, and so can be taken back."""


class NotRevertibleError(RefusedError):
    """An event changed nothing, or what it replaced is no longer known."""


def way_back(entry: Entry) -> Patch:
    """Return the patch that takes an event back. Raises `NotRevertibleError`."""
    if entry.action not in PUBLISHED or not entry.told.patch:
        raise NotRevertibleError(
            Sentence("This changed no listing, so there is nothing to take back.")
        )
    back = inverse(entry.told.patch)
    if entry.told.redacted or is_redacted(back):
        raise NotRevertibleError(
            Sentence(
                "A place was hidden since, and what it was before is no longer known."
            )
        )
    if shows_more(back):
        raise NotRevertibleError(
            Sentence("This would show more of a place: that takes a new permission.")
        )
    if hides(back):
        # That takes the whereabouts out of the history too, which a revert does not.
        raise NotRevertibleError(
            Sentence("This showed more of a place. Hide it on the page of its place.")
        )
    return back


def revert(
    session: Session, entry: Entry, *, by: Actor, why: str, now: dt.datetime
) -> Event:
    """Take back what an event changed, and record that.

    Raises `NotRevertibleError`, `PatchRefusedError` where the tables do not take it,
    and `PatchConflictError` where a field has been changed again since.
    """
    back = way_back(entry)
    if is_held(session, back):
        raise NotRevertibleError(Sentence("This was taken back before."))
    carried = carry_out(session, back)
    put_back(session, entry.told.facts.get("moved", ()))
    deed = Deed(
        actor=by,
        action=Action.REVERT,
        subject=entry.subject,
        organization_id=entry.organization_id,
        patch=back,
        why=why,
        facts={"event": entry.seq, **carried.facts},
    )
    return record(session, deed, now=now)
