"""Takes a change from whoever asks for it, and publishes it or lets it wait."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action, Deed, record
from directory.curation.history.redaction import redacted, redacted_text
from directory.curation.proposals.lint import Lint
from directory.curation.proposals.proposal import Proposal, State
from directory.curation.proposals.publishing import (
    publish_patch,
    whereabouts_to_come,
)
from directory.curation.proposals.renewing import take_back_older
from directory.curation.proposals.risk import Risk, risk_of
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import Patch, dumps
from directory.curation.records.showing import shows_more
from directory.curation.records.subject import Subject, SubjectKind
from directory.errors import RefusedError
from directory.keys import key_digest
from directory.sentence import Sentence


class VersionConflictError(RefusedError):
    """The listing has changed since the form was opened; nothing was written."""

    def __init__(self, version: str) -> None:
        """Keep the version that the listing has now."""
        self.version = version
        super().__init__(
            Sentence("This was changed since you opened it. Nothing was done.")
        )


class NoListingError(RefusedError):
    """There is no such listing."""


class AuthorizationMissingError(RefusedError):
    """More of a place would be shown, and nobody's authorization is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody asks for: the patch, made for `version` of the listing.

    `once` is the key of the form; a second draft with the same key has no effect.
    """

    subject: Subject
    actor: Actor
    version: str
    patch: Patch
    once: str | None = None
    why: str = ""
    authorization: str | None = None


def propose(
    session: Session, draft: Draft, *, lint: Lint, now: dt.datetime
) -> Proposal:
    """Keep `draft`, publish it at once if its risk is low and its actor is known.

    What the same actor asked before of the same cells, and waits, is taken back.

    The session must be one for writing: between the look at the version and the change
    nobody else writes. Raises `NoListingError`, `VersionConflictError`,
    `AuthorizationMissingError`, and `InvalidRequestError` for what a check refuses.
    """
    before = sent_before(session, draft.actor, draft.once)
    if before is not None:
        return before
    owner = _owner(session, draft)
    _refuse_without_authorization(draft)
    lint.refuse_errors(session, owner, draft.patch)
    proposal = Proposal(
        organization_id=owner,
        subject=str(draft.subject),
        actor=str(draft.actor),
        made_at=now,
        patch=dumps(draft.patch),
        risk=risk_of(draft.patch),
        why=draft.why,
        authorization=draft.authorization,
        state=State.WAITING,
        once=_key(draft.actor, draft.once),
    )
    session.add(proposal)
    session.flush()
    take_back_older(session, proposal, now=now)
    if proposal.risk is Risk.LOW and draft.actor.is_known:
        _publish_at_once(session, proposal, draft, now)
    else:
        _record(session, proposal, _tellable(draft), Action.PROPOSE, now)
    return proposal


def _tellable(draft: Draft) -> Draft:
    """Return `draft` without whereabouts that nobody may know yet."""
    if not shows_more(draft.patch):
        return draft
    hidden = whereabouts_to_come(draft.patch)
    return replace(
        draft,
        patch=redacted(draft.patch, hidden),
        why=redacted_text(draft.why, hidden),
        authorization=redacted_text(draft.authorization or "", hidden),
    )


def _owner(session: Session, draft: Draft) -> str:
    """Return the organization whose listing is to change, or is to be made."""
    dossier = read_dossier(session, draft.subject)
    if dossier is not None:
        if dossier.version != draft.version:
            raise VersionConflictError(dossier.version)
        return dossier.organization_id
    if any(
        change.before is None
        and change.id == draft.subject.id
        and change.table == SubjectKind.ORGANIZATION
        for change in draft.patch
    ):
        return draft.subject.id
    raise NoListingError(Sentence("There is no such listing."))


def sent_before(session: Session, actor: Actor, once: str | None) -> Proposal | None:
    """Return what `actor` sent with the form whose key is `once`, if they did."""
    if once is None:
        return None
    key = _key(actor, once)
    return session.exec(select(Proposal).where(Proposal.once == key)).first()


def _key(actor: Actor, once: str | None) -> str | None:
    """Return the key of the form, as one of this actor's: nobody takes another's."""
    if once is None:
        return None
    return key_digest(f"{actor} {once}")


def _refuse_without_authorization(draft: Draft) -> None:
    if shows_more(draft.patch) and not (
        draft.authorization and draft.actor.kind is ActorKind.STAFF
    ):
        raise AuthorizationMissingError(
            Sentence("To show more of a place takes its provider's written permission.")
        )


def _publish_at_once(
    session: Session, proposal: Proposal, draft: Draft, now: dt.datetime
) -> None:
    proposal.state = State.PUBLISHED
    proposal.decided_by, proposal.decided_at = str(draft.actor), now
    shown = publish_patch(session, draft.patch, proposal, by=draft.actor, now=now)
    # What hides a place may name it itself; the proposal tells of it no longer.
    told = replace(
        draft,
        patch=shown.patch,
        why=proposal.why,
        authorization=proposal.authorization,
    )
    _record(session, proposal, told, Action.PUBLISH, now)


def _record(
    session: Session,
    proposal: Proposal,
    draft: Draft,
    action: Action,
    now: dt.datetime,
) -> None:
    facts = {"proposal": proposal.id, "risk": proposal.risk.value}
    if draft.authorization:
        facts["authorization"] = draft.authorization
    deed = Deed(
        actor=draft.actor,
        action=action,
        subject=proposal.subject,
        organization_id=proposal.organization_id,
        patch=draft.patch,
        why=draft.why,
        facts=facts,
    )
    record(session, deed, now=now)
