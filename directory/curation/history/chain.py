"""The chain of events: written one after the other, and checked as a whole."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from directory.curation.actor import Actor
from directory.curation.history.event import Action, Event, EventDetail
from directory.curation.history.spots import without_spots
from directory.curation.records.patch import Patch, from_json, to_json

START = "0" * 64
"""What the first event is chained to."""

_SALT_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is to be recorded. `facts` are JSON values, none of them about a survivor.

    `subject` is `kind:id`; `why` is what the actor gave as the reason.
    """

    actor: Actor
    action: Action
    subject: str
    organization_id: str | None = None
    patch: Patch = ()
    why: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The detail of an event, read."""

    why: str
    facts: Mapping[str, Any]
    patch: Patch
    redacted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The first event that does not fit the chain, and what is wrong with it."""

    seq: int
    says: str


def record(session: Session, deed: Deed, *, now: dt.datetime) -> Event:
    """Write `deed` at the end of the history, in the caller's transaction.

    The session must be one for writing: writers take turns, so numbers have no gaps.
    """
    last = head(session)
    patch = without_spots(session, deed.organization_id, deed.patch)
    text = written(deed.why, deed.facts, patch)
    salt = secrets.token_hex(_SALT_BYTES)
    event = Event(
        seq=1 if last is None else last.seq + 1,
        at=now,
        actor=str(deed.actor),
        action=deed.action,
        subject=deed.subject,
        organization_id=deed.organization_id,
        digest=_digest(salt, text),
        previous=START if last is None else last.hash,
        hash="",
    )
    event.hash = _sealed(event)
    session.add(event)
    session.flush()
    session.add(EventDetail(seq=event.seq, salt=salt, text=text))
    session.flush()
    return event


def head(session: Session) -> Event | None:
    """Return the newest event. Its hash, written down elsewhere, seals all before."""
    return session.exec(select(Event).order_by(col(Event.seq).desc()).limit(1)).first()


def first_broken(session: Session) -> Broken | None:
    """Check the whole history; return the first event that was tampered with.

    Whoever may change the tables can take events away from the end together with their
    details, or write the whole chain anew: only a `head` that was written down
    elsewhere tells of that.
    """
    try:
        events = session.exec(select(Event).order_by(col(Event.seq))).all()
        details = {d.seq: d for d in session.exec(select(EventDetail)).all()}
    except (LookupError, TypeError, ValueError):
        return _unreadable(session)
    redacted = _said_redacted(events, details)
    previous, expected = START, 1
    for event in events:
        says = _fault(event, details.get(event.seq), previous, redacted)
        if event.seq != expected:
            says = f"number {expected} is missing"
        if says:
            return Broken(seq=event.seq, says=says)
        previous, expected = event.hash, expected + 1
    stray = sorted(details.keys() - {event.seq for event in events})
    if stray:
        return Broken(seq=stray[0], says="it was taken away from the end")
    return None


def _unreadable(session: Session) -> Broken | None:
    """Return the first event that holds what no event of this program could hold."""
    for seq in session.exec(select(Event.seq).order_by(col(Event.seq))).all():
        try:
            session.exec(select(Event).where(Event.seq == seq)).one()
            session.exec(select(EventDetail).where(EventDetail.seq == seq)).first()
        except (LookupError, TypeError, ValueError):
            return Broken(seq=seq, says="it cannot be read")
    return None


def holds_head(session: Session, seq: int, sealed: str) -> bool:
    """Tell whether the head that somebody wrote down is still in the history."""
    event = session.get(Event, seq)
    return event is not None and event.hash == sealed


def _fault(
    event: Event,
    detail: EventDetail | None,
    previous: str,
    redacted: Mapping[int, str],
) -> str:
    """Return what is wrong with an event, empty if nothing is."""
    if event.previous != previous:
        return "it is not chained to the one before it"
    if event.hash != _sealed(event):
        return "it was changed"
    if detail is None:
        return "its detail is missing"
    if detail.redacted:
        return _fault_of_redacted(detail, redacted.get(event.seq))
    return "" if _is_whole(event, detail) else "its detail was changed"


def _fault_of_redacted(detail: EventDetail, known: str | None) -> str:
    if known is None:
        return "it was redacted and nothing says so"
    same = known == text_digest(detail.text)
    return "" if same else "its detail was changed after it was redacted"


def _said_redacted(
    events: Sequence[Event], details: Mapping[int, EventDetail]
) -> Mapping[int, str]:
    """Return what the history itself says was redacted, and the digests it left.

    Of an event that was redacted more than once the last digest counts.
    """
    said: dict[int, str] = {}
    for event in events:
        detail = details.get(event.seq)
        if event.action is not Action.REDACT or detail is None:
            continue
        if not detail.redacted and _is_whole(event, detail):
            told = detail_of(detail).facts.get("events", {})
            said.update({int(seq): digest for seq, digest in told.items()})
    return said


def _is_whole(event: Event, detail: EventDetail) -> bool:
    return event.digest == _digest(detail.salt, detail.text)


def text_digest(text: str) -> str:
    """Return the digest of a redacted detail, which seals it anew."""
    return hashlib.sha256(text.encode()).hexdigest()


def detail_of(detail: EventDetail) -> Detail:
    """Return what a detail says; a redacted one still says which fields changed."""
    told = json.loads(detail.text)
    return Detail(
        why=told["why"],
        facts=told["facts"],
        patch=from_json(told["patch"]),
        redacted=detail.redacted,
    )


def written(why: str, facts: Mapping[str, object], patch: Patch) -> str:
    """Return the text of a detail."""
    detail: dict[str, object] = {
        "why": why,
        "facts": dict(facts),
        "patch": to_json(patch),
    }
    return json.dumps(detail, ensure_ascii=False, sort_keys=True)


def _digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _sealed(event: Event) -> str:
    """Return the hash over everything that an event says and the one before it."""
    parts = (
        event.seq,
        event.at.astimezone(dt.UTC).isoformat(),
        event.actor,
        event.action.value,
        event.subject,
        event.organization_id,
        event.digest,
        event.previous,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
