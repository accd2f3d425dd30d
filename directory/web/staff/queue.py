"""The queue of changes, each with what it changes and the two answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.actor import Actor, read_actor
from directory.curation.desk.mailbox import notice_of
from directory.curation.desk.queue import next_after
from directory.curation.desk.queue import queue as queue_of
from directory.curation.history import Action
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.letters.topic import names_of_topics, topics_of
from directory.curation.merging import MergeRefusedError
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.holding import HeldError, Hold, free_at, hold_of
from directory.curation.proposals.review import (
    AnsweredError,
    HiddenSinceError,
    SecondPersonError,
    approve,
    in_the_way,
    is_late,
    refuse,
    refuse_answered,
)
from directory.curation.proposals.second import first_yes, is_first_yes, needs_two
from directory.curation.records.patch import (
    PatchConflictError,
    PatchRefusedError,
    is_redacted,
    loads,
)
from directory.curation.records.subject import read_subject
from directory.curation.verification import confirm_as_sent, tell_answer
from directory.database import reading, writing
from directory.errors import RefusedError
from directory.web.accounts.guard import is_fresh, needs
from directory.web.difference import difference
from directory.web.language import current_language
from directory.web.site import the_site
from directory.web.staff.acting import myself, names_of_actors
from directory.web.staff.blueprint import page
from directory.web.staff.calling import public_numbers
from directory.web.staff.form import typed
from directory.web.staff.gravity import why_grave
from directory.web.staff.newcomer import resembled_by
from directory.web.staff.seeing import look_at, name_of, withheld
from directory.web.staff.words import RISKS, STATES, age_text, sentence
from directory.web.texts import gettext

_MANY = 200
_REFUSALS: dict[type[RefusedError], int] = {
    SecondPersonError: 403,
    HeldError: 409,
    AnsweredError: 409,
    HiddenSinceError: 409,
    MergeRefusedError: 409,
    PatchConflictError: 409,
    PatchRefusedError: 409,
}
"""What keeps a change from being agreed to, and the status that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A proposal on the list."""

    proposal: Proposal
    name: str
    about: str
    who: str
    age: str
    late: bool


@page("/staff/queue")
@needs(Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    """List what waits, the oldest first."""
    site, risk = the_site(), _risk()
    number = request.args.get("page", 1, type=int)
    with reading(site.database) as session:
        found = queue_of(session, risk=risk, page=number, without=withheld())
        lines = _lines(session, found.proposals)
    return render_template(
        "staff/queue.html", queue=found, lines=lines, risk=risk, risks=RISKS
    )


@page("/staff/proposals/<proposal_id>")
@needs(Role.COORDINATOR)
def proposal(proposal_id: str) -> ResponseReturnValue:
    """Show one change, field by field."""
    with reading(the_site().database) as session:
        found = session.get(Proposal, proposal_id)
    if found is None:
        abort(404)
    look_at(read_subject(found.subject), found.organization_id)
    if withheld().touched_by(loads(found.patch)):
        abort(404)
    return _shown(proposal_id)


@page("/staff/proposals/<proposal_id>/approve", methods=("POST",))
@needs(Role.COORDINATOR)
def agree(proposal_id: str) -> ResponseReturnValue:
    """Publish what was asked for, once who is on record could object to it."""
    now, called = the_site().now(), bool(typed("called"))

    def do(session: Session, found: Proposal, by: Actor) -> None:
        refuse_answered(found)
        # A stranger is no first person: nobody could object, so each of two has called.
        if needs_two(found) and not called:
            raise HeldError(Hold.UNTOLD)
        if is_first_yes(session, found, by=by, now=now):
            return
        approve(session, found, by=by, now=now, called=called)
        # After the rest: whatever can never be agreed to is told first.
        hold = hold_of(found, notice_of(session, found.id), now=now)
        if hold is not None and not called:
            raise HeldError(hold)
        confirm_as_sent(session, found, agreed_by=by, now=now)

    return _answered(proposal_id, do)


@page("/staff/proposals/<proposal_id>/refuse", methods=("POST",))
@needs(Role.COORDINATOR)
def disagree(proposal_id: str) -> ResponseReturnValue:
    """Refuse what was asked for, with a reason that who asked can read."""
    site, reason = the_site(), typed("reason")
    if not reason:
        with reading(site.database) as session:
            _known(session, proposal_id)
        problem = gettext("Say why: who asked will read it.")
        return _shown(proposal_id, problem=problem), 422

    def do(session: Session, found: Proposal, by: Actor) -> None:
        refuse(session, found, by=by, reason=reason, now=site.now())

    return _answered(proposal_id, do, grave=False)


def _answered(
    proposal_id: str,
    do: Callable[[Session, Proposal, Actor], None],
    *,
    grave: bool = True,
) -> ResponseReturnValue:
    """Answer a proposal, or show it again and say why that cannot be.

    `grave` says that what matters much takes a fresh sign-in.
    """
    site = the_site()
    try:
        with writing(site.database) as session:
            found = _known(session, proposal_id)
            proven = not grave or found.risk is not Risk.HIGH or is_fresh()
            if proven:
                do(session, found, myself())
                tell_answer(session, found, now=site.now())
    except tuple(_REFUSALS) as error:
        status = _REFUSALS[type(error)]
        return _shown(proposal_id, problem=sentence(error)), status
    if not proven:
        return _shown(proposal_id, must_verify=True), 401
    site.postman.nudge()
    return redirect(url_for("staff.proposal", proposal_id=proposal_id), 303)


def _known(session: Session, proposal_id: str) -> Proposal:
    """Return a proposal that the person may know of; 404 for any other."""
    found, secret = session.get(Proposal, proposal_id), withheld()
    if (
        found is None
        or secret.holds(found.subject, found.organization_id)
        or secret.touched_by(loads(found.patch))
    ):
        abort(404)
    return found


def _shown(proposal_id: str, *, problem: str = "", must_verify: bool = False) -> str:
    site = the_site()
    with reading(site.database) as session:
        found = session.get_one(Proposal, proposal_id)
        waits, patch = found.state is State.WAITING, loads(found.patch)
        blocked = in_the_way(session, found) if waits else ()
        events = _events(session, found)
        first = first_yes(session, found) if needs_two(found) else None
        actors = {found.actor, *(e.actor for e in events), *([first] if first else ())}
        notice = notice_of(session, found.id)
        return render_template(
            "staff/proposal.html",
            proposal=found,
            subject=read_subject(found.subject),
            name=name_of(found.subject, found.organization_id),
            records=difference(session, patch, blocked),
            blocked=bool(blocked),
            gone=waits and is_redacted(patch),
            grave=why_grave(patch) if found.risk is Risk.HIGH else (),
            calling=public_numbers(found.subject, found.organization_id),
            resembled=resembled_by(patch) if waits else (),
            following=next_after(session, found, by=myself(), without=withheld()),
            events=events,
            names=names_of_actors(session, actors),
            takes_two=needs_two(found),
            first=first,
            first_own=first == str(myself()),
            notice=notice,
            hold=hold_of(found, notice, now=site.now()) if waits else None,
            free_at=free_at(found),
            called=bool(typed("called")),
            own=read_actor(found.actor).id == myself().id,
            late=is_late(found, site.now()),
            age=age_text(found.made_at, site.now()),
            risks=RISKS,
            states=STATES,
            problem=problem,
            must_verify=must_verify,
            reason=typed("reason"),
        )


def _events(session: Session, found: Proposal) -> Sequence[Entry]:
    """Return what the history tells of a proposal, oldest first."""
    actions = (
        Action.PROPOSE,
        Action.PUBLISH,
        Action.APPROVE,
        Action.MERGE,
        Action.REFUSE,
        Action.WITHDRAW,
        Action.OBJECT,
    )
    asked = Asked(subject=found.subject, actions=actions, limit=_MANY)
    told = entries(session, asked)
    mine = [entry for entry in told if entry.told.facts.get("proposal") == found.id]
    return mine[::-1]


def _lines(session: Session, proposals: Sequence[Proposal]) -> Sequence[Line]:
    now, language = the_site().now(), current_language()
    names = names_of_actors(session, {p.actor for p in proposals})
    return [
        Line(
            proposal=one,
            name=name_of(one.subject, one.organization_id) or gettext("a new listing"),
            about=", ".join(names_of_topics(topics_of(loads(one.patch)), language)),
            who=names[one.actor],
            age=age_text(one.made_at, now),
            late=is_late(one, now),
        )
        for one in proposals
    ]


def _risk() -> Risk | None:
    risk = request.args.get("risk", "")
    return Risk(risk) if risk in {*Risk} else None
