"""The answer to a proposal: agreed, refused, withdrawn, objected to."""

import datetime as dt
from dataclasses import replace

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from directory.curation.actor import Actor, ActorKind, read_actor
from directory.curation.history import Action, Deed, Event, record
from directory.curation.history.accounts import let_in_lately
from directory.curation.merging import is_merge
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.proposals.publishing import (
    PublishedChange,
    forget_whereabouts,
    publish_patch,
)
from directory.curation.records.patch import Clash, clashes, is_redacted, loads
from directory.errors import RefusedError
from directory.sentence import Sentence

LATE = dt.timedelta(days=5)
"""A proposal that waits longer than this is alarmed about."""


class AnsweredError(RefusedError):
    """A proposal was answered before; nothing was changed."""

    def __init__(self, state: State) -> None:
        """Say what the answer was."""
        self.state = state
        super().__init__(
            Sentence("Somebody else has answered this: %(state)s.", state=state.value)
        )


class SecondPersonError(RefusedError):
    """Who asked for a change cannot be the one who agrees to it."""

    def __init__(self, sentence: Sentence | None = None) -> None:
        """Say the one sentence, unless there is another to say."""
        super().__init__(
            sentence
            or Sentence("Somebody else must agree to what you asked for yourself.")
        )


def refuse_new_pair(
    session: Session, one: Actor, other: Actor, *, now: dt.datetime
) -> None:
    """Raise `SecondPersonError` if two may be one person, who let themselves in."""
    if let_in_lately(session, one, other, now=now):
        raise SecondPersonError(
            Sentence(
                "One of you two opened the account of the other less than seven days"
                " ago. Somebody else must agree."
            )
        )


class HiddenSinceError(RefusedError):
    """A place was hidden since a change was asked for, which told of it."""

    def __init__(self) -> None:
        """Say what can still be done."""
        super().__init__(
            Sentence(
                "A place was hidden since, and this change told of it. It can only be"
                " refused."
            )
        )


def is_late(proposal: Proposal, now: dt.datetime) -> bool:
    """Tell whether a proposal has waited too long."""
    return proposal.state is State.WAITING and now - proposal.made_at > LATE


def in_the_way(session: Session, proposal: Proposal) -> list[Clash]:
    """Return the fields that somebody else has changed since the proposal was made."""
    return clashes(session, loads(proposal.patch))


def approve(
    session: Session,
    proposal: Proposal,
    *,
    by: Actor,
    now: dt.datetime,
    called: bool = False,
) -> None:
    """Publish what was proposed.

    `called` says that `by` has called the number that was public, and that they agreed.
    Raises `AnsweredError`, `SecondPersonError`, `HiddenSinceError`,
    `PatchRefusedError`, `MergeRefusedError`, and `PatchConflictError` where a field has
    changed meanwhile.
    """
    refuse_answered(proposal)
    # One person may have asked as a provider, and be a coordinator as well.
    if by.kind is not ActorKind.STAFF or by.id == read_actor(proposal.actor).id:
        raise SecondPersonError
    refuse_new_pair(session, read_actor(proposal.actor), by, now=now)
    patch = loads(proposal.patch)
    if is_redacted(patch):
        raise HiddenSinceError
    shown = publish_patch(session, patch, proposal, by=by, now=now)
    if called:
        shown = replace(shown, facts={**shown.facts, "called": True})
    _answer(session, proposal, State.PUBLISHED, by=by, now=now)
    action = Action.MERGE if is_merge(patch) else Action.APPROVE
    _record(session, proposal, action, by=by, now=now, shown=shown)


def refuse(
    session: Session, proposal: Proposal, *, by: Actor, reason: str, now: dt.datetime
) -> None:
    """Refuse what was proposed; what is live stays. Raises `AnsweredError`."""
    refuse_answered(proposal)
    proposal.reason = reason
    _answer(session, proposal, State.REFUSED, by=by, now=now)
    _record(session, proposal, Action.REFUSE, by=by, now=now)


def withdraw(
    session: Session, proposal: Proposal, *, by: Actor, now: dt.datetime
) -> None:
    """Take back what one asked for oneself. Raises `AnsweredError`."""
    refuse_answered(proposal)
    _answer(session, proposal, State.WITHDRAWN, by=by, now=now)
    _record(session, proposal, Action.WITHDRAW, by=by, now=now)


def object_to(
    session: Session, proposal: Proposal, *, by: Actor, now: dt.datetime
) -> None:
    """Refuse a change that the contact on record says is not theirs.

    Raises `AnsweredError`; what was published by then is for the desk to take back.
    """
    refuse_answered(proposal)
    proposal.reason = "The contact on record says that this did not come from them."
    _answer(session, proposal, State.REFUSED, by=by, now=now)
    _record(session, proposal, Action.OBJECT, by=by, now=now)


def answers_to(actor: str) -> SelectOfScalar[int]:
    """Select the numbers of the events in which what `actor` asked for was answered."""
    return (
        select(Event.seq)
        .join(Proposal, col(Proposal.subject) == col(Event.subject))
        .where(Proposal.actor == actor)
        .where(col(Event.actor) == col(Proposal.decided_by))
        .where(col(Event.at) == col(Proposal.decided_at))
    )


def refuse_answered(proposal: Proposal) -> None:
    """Raise `AnsweredError` if a proposal does not wait any more."""
    if proposal.state is not State.WAITING:
        raise AnsweredError(proposal.state)


def _answer(
    session: Session, proposal: Proposal, state: State, *, by: Actor, now: dt.datetime
) -> None:
    proposal.state = state
    proposal.decided_by, proposal.decided_at = str(by), now
    if state is not State.PUBLISHED:
        forget_whereabouts(proposal)
    session.flush()


def _record(  # noqa: PLR0913 - one line of the history, and what it tells
    session: Session,
    proposal: Proposal,
    action: Action,
    *,
    by: Actor,
    now: dt.datetime,
    shown: PublishedChange | None = None,
) -> None:
    deed = Deed(
        actor=by,
        action=action,
        subject=proposal.subject,
        organization_id=proposal.organization_id,
        patch=() if shown is None else shown.patch,
        why=proposal.reason,
        facts={**_facts(proposal), **({} if shown is None else shown.facts)},
    )
    record(session, deed, now=now)


def _facts(proposal: Proposal) -> dict[str, object]:
    facts: dict[str, object] = {"proposal": proposal.id, "by": proposal.actor}
    if proposal.authorization:
        facts["authorization"] = proposal.authorization
    return facts
