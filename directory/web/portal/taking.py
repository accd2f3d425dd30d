"""Takes a form of a listing: published, kept for review, or given back, in one step."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import Session

from directory.curation.actor import ActorKind
from directory.curation.correction import Book, Correction, correct
from directory.curation.history.alerts import note_hiding
from directory.curation.letters.hiding import write_of_hiding
from directory.curation.letters.notice import send_notice
from directory.curation.links import begin_sitting
from directory.curation.proposals import Draft, Risk, State, propose, risk_of
from directory.curation.proposals.flood import has_asked_enough
from directory.curation.proposals.parting import parted
from directory.curation.proposals.proposing import sent_before
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch
from directory.curation.records.subject import Subject
from directory.database import reading, writing
from directory.errors import FieldError, InvalidRequestError
from directory.web.portal.access import Access, link_access
from directory.web.portal.forms import SentForm
from directory.web.site import Site


class Became(StrEnum):
    """What became of a form."""

    SENT = "sent"
    SAME = "same"
    """It asks for nothing that is not there."""
    FAULTY = "faulty"
    STALE = "stale"
    """Somebody else has changed the listing since the form was opened."""
    UNPROVEN = "unproven"
    """It matters so much that who sends it must prove again who they are."""
    TOO_MANY = "too_many"
    """Too much of the kind came from the same one within an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A form that was sent: by whom, about what; and what it is read with.

    `proven` says that who signed in has proved lately who they are.
    """

    access: Access
    subject: Subject
    sent: SentForm
    book: Book
    site: Site
    now: dt.datetime
    proven: Callable[[], bool]

    @property
    def hiding_key(self) -> str:
        """The key of that part of the form that hides places."""
        return f"{self.sent.once}:place"

    @property
    def light_key(self) -> str:
        """The key of what need not wait for the rest of the form."""
        return f"{self.sent.once}:light"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a form, and the listing that it met.

    `proposals` are those that came of it: that of the form, then that of what need not
    wait for the rest, and then the one that hides a place.
    """

    became: Became
    dossier: Dossier
    proposals: tuple[str, ...] = ()
    faults: tuple[FieldError, ...] = ()
    hidden: bool = False


def take(order: Order) -> Outcome:
    """Take a form. It is all of one version, and sent twice it has one effect.

    What hides a place comes last, and whatever became of the rest: it takes the
    whereabouts out of all that was told before, the rest of this form included.
    """
    hides = _hides(order)
    rest = _correct(order)
    if not hides or rest.became is Became.STALE:
        return rest
    hiding = _hide(order, rest.dossier.version)
    if hiding.became is not Became.SENT:
        return hiding
    became = Became.SENT if rest.became is Became.SAME else rest.became
    both = dict.fromkeys((*rest.proposals, *hiding.proposals))
    return replace(
        rest,
        became=became,
        dossier=hiding.dossier,
        proposals=tuple(both),
        hidden=True,
    )


def _hides(order: Order) -> bool:
    with reading(order.site.database) as session:
        dossier = order.access.dossier(session, order.subject)
        return bool(_correction(order, dossier).hiding)


def _hide(order: Order, version: str) -> Outcome:
    """Hide places at once, whatever is wrong with the rest of the form."""
    with writing(order.site.database) as session:
        dossier = _begun(session, order)
        earlier = _earlier(session, order, order.hiding_key)
        if earlier:
            return Outcome(became=Became.SENT, dossier=dossier, proposals=earlier)
        if dossier.version != version:
            return Outcome(became=Became.STALE, dossier=dossier)
        patch = _correction(order, dossier).hiding
        outcome = _proposed(session, order, patch, order.hiding_key)
        if outcome.became is Became.SENT and not _is_staff(order):
            _tell_of_hiding(session, order)
        return outcome


def _is_staff(order: Order) -> bool:
    return order.access.actor.kind is ActorKind.STAFF


def _tell_of_hiding(session: Session, order: Order) -> None:
    """Tell the contact on record and the desk: what is hidden cannot be taken back."""
    owner, now = order.access.organization_id, order.now
    write_of_hiding(session, owner, now=now)
    note_hiding(session, str(order.subject), owner, now=now)


def _correct(order: Order) -> Outcome:
    """Take all of a form but what hides places."""
    with writing(order.site.database) as session:
        dossier = _begun(session, order)
        correction = _correction(order, dossier)
        returned = _sent_before(session, order, dossier, correction) or _returned(
            order, dossier, correction
        )
        if returned is not None:
            return returned
        stopped = _stopped(session, order, correction.patch)
        if stopped is not None:
            return Outcome(became=stopped, dossier=dossier)
        return _in_parts(session, order, correction.patch)


def _stopped(session: Session, order: Order, patch: Patch) -> Became | None:
    """Return what stops a change that has to wait, and that nothing is wrong with."""
    access, risk = order.access, risk_of(patch)
    if risk is Risk.LOW:
        return None
    if risk is Risk.HIGH and not order.proven():
        return Became.UNPROVEN
    enough = has_asked_enough(
        session, access.actor, access.organization_id, now=order.now
    )
    return Became.TOO_MANY if enough else None


def _in_parts(session: Session, order: Order, patch: Patch) -> Outcome:
    """Propose what may be public at once apart from what has to wait.

    Where the checks refuse one without the other they stay together.
    """
    light, rest = parted(patch)
    if light and rest:
        with session.begin_nested() as trial:
            first = _proposed(session, order, light, order.light_key)
            last = _proposed(session, order, rest, order.sent.once)
            if first.became is last.became is Became.SENT:
                both = (*last.proposals, *first.proposals)
                return replace(last, proposals=both)
            trial.rollback()
        session.expire_all()
    return _proposed(session, order, patch, order.sent.once)


def _sent_before(
    session: Session, order: Order, dossier: Dossier, correction: Correction
) -> Outcome | None:
    """Return what came of this form when it was sent before, if all of it did."""
    main = (
        *_earlier(session, order, order.sent.once),
        *_earlier(session, order, order.light_key),
    )
    hiding = _earlier(session, order, order.hiding_key)
    is_rest = bool(correction.patch or correction.faults)
    if not main and (is_rest or not hiding):
        return None
    both = (*main, *hiding)
    return Outcome(became=Became.SENT, dossier=dossier, proposals=both)


def _earlier(session: Session, order: Order, key: str) -> tuple[str, ...]:
    """Return the proposal that came of a form with a key."""
    found = sent_before(session, order.access.actor, key)
    return () if found is None else (found.id,)


def _returned(order: Order, dossier: Dossier, correction: Correction) -> Outcome | None:
    """Return what becomes of a form that cannot be taken as it is."""
    if dossier.version != order.sent.version:
        return Outcome(became=Became.STALE, dossier=dossier)
    if correction.faults:
        return _faulty(dossier, correction.faults)
    if not correction.patch:
        return Outcome(became=Became.SAME, dossier=dossier)
    return None


def _begun(session: Session, order: Order) -> Dossier:
    """Return the listing; whoever answers a letter has begun to. May raise 404."""
    if order.access.token is not None:
        _access, link = link_access(session, order.access.token, now=order.now)
        begin_sitting(link, now=order.now)
    return order.access.dossier(session, order.subject)


def _correction(order: Order, dossier: Dossier) -> Correction:
    return correct(
        dossier,
        order.sent.typed,
        book=order.book,
        said_by=order.access.said_by,
        day=order.now.date(),
    )


def _proposed(session: Session, order: Order, patch: Patch, key: str) -> Outcome:
    """Propose a change, and write to the old contact if it could do much harm."""
    dossier = order.access.dossier(session, order.subject)
    draft = Draft(
        subject=order.subject,
        actor=order.access.actor,
        version=dossier.version,
        patch=patch,
        once=key,
        why=order.sent.why,
    )
    try:
        proposal = propose(session, draft, lint=order.site.lint(), now=order.now)
    except InvalidRequestError as error:
        return _faulty(dossier, tuple(error.errors))
    if proposal.risk is Risk.HIGH and proposal.state is State.WAITING:
        site_url = order.site.settings.site_url
        send_notice(session, proposal, site_url=site_url, now=order.now)
    changed = order.access.dossier(session, order.subject)
    return Outcome(became=Became.SENT, dossier=changed, proposals=(proposal.id,))


def _faulty(dossier: Dossier, faults: tuple[FieldError, ...]) -> Outcome:
    return Outcome(became=Became.FAULTY, dossier=dossier, faults=faults)
