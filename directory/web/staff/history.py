"""The history, and the way back from a change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.history import Action
from directory.curation.history.reading import (
    PAGE,
    Asked,
    Entry,
    entries,
    entry,
    since,
)
from directory.curation.history.reverting import (
    PUBLISHED,
    NotRevertibleError,
    revert,
    way_back,
)
from directory.curation.merging import MergeRefusedError
from directory.curation.proposals import Risk, risk_of
from directory.curation.proposals.review import answers_to
from directory.curation.records.patch import (
    Clash,
    Patch,
    PatchConflictError,
    PatchRefusedError,
)
from directory.curation.verification import take_back_word
from directory.database import reading, writing
from directory.sentence import Sentence
from directory.web.accounts.guard import is_fresh, needs
from directory.web.difference import difference
from directory.web.language import day_text
from directory.web.site import the_site
from directory.web.staff.acting import myself, names_of_actors, people_of_staff
from directory.web.staff.blueprint import before_event, page
from directory.web.staff.form import LONGEST, typed
from directory.web.staff.seeing import name_of, refuse_hidden, the_listings, withheld
from directory.web.staff.words import ACTIONS, sentence
from directory.web.texts import gettext

_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of the history is asked for; `typed` is a part of an organization's name.

    `others` are the organizations that it may mean, if it is not one.
    """

    typed: str
    organization_id: str | None
    others: Mapping[str, str]
    person: str
    action: Action | None
    before: int | None

    @property
    def is_unclear(self) -> bool:
        """Whether an organization was typed, and it is not known which."""
        return bool(self.typed) and self.organization_id is None

    @property
    def asked(self) -> Asked:
        """The same for the history itself."""
        return Asked(
            organization_id=self.organization_id,
            actor=self.person or None,
            also=answers_to(self.person) if self.person else None,
            actions=(self.action,) if self.action else (),
            before=self.before,
        )

    def page(self, before: int | None) -> str:
        """Return the address of what came before an event."""
        return url_for(
            "staff.history",
            organization=self.organization_id or self.typed or None,
            person=self.person or None,
            action=self.action.value if self.action else None,
            before=before,
        )


@page("/staff/history")
@needs(Role.COORDINATOR)
def history() -> ResponseReturnValue:
    """List what was done, newest first."""
    filters, unknown = _filters(), withheld()
    with reading(the_site().database) as session:
        found = [] if filters.is_unclear else entries(session, filters.asked)
        shown = [e for e in found if not unknown.holds(e.subject, e.organization_id)]
        names = names_of_actors(session, {e.actor for e in shown})
        people = people_of_staff(session)
    return render_template(
        "staff/history.html",
        filters=filters,
        entries=shown,
        listings=_names_of(shown),
        names=names,
        people=people,
        actions=ACTIONS,
        older_address=filters.page(found[-1].seq) if len(found) == PAGE else None,
        newest_address=filters.page(None) if filters.before is not None else None,
    )


@page("/staff/history/<int(max=2147483647):seq>")
@needs(Role.COORDINATOR)
def event(seq: int) -> ResponseReturnValue:
    """Show one event, and the way back if there is one."""
    return _shown(seq)


@page("/staff/history/<int(max=2147483647):seq>/revert", methods=("POST",))
@needs(Role.COORDINATOR)
def undo(seq: int) -> ResponseReturnValue:
    """Take a change back."""
    site, why = the_site(), typed("why")
    if not why:
        return _shown(seq, problem=gettext("Say why you undo it.")), 422
    try:
        with writing(site.database) as session:
            found, done = known_event(session, seq), None
            if found.action is Action.REVERT:
                refuse_to_publish_again(found.told.patch)
            if is_fresh() or risk_of(found.told.patch) is not Risk.HIGH:
                now = site.now()
                done = revert(session, found, by=myself(), why=why, now=now).seq
                take_back_word(session, found, now=now)
    except PatchConflictError as error:
        return _shown(seq, problem=sentence(error), blocked=error.clashes), 409
    except (NotRevertibleError, PatchRefusedError, MergeRefusedError) as error:
        return _shown(seq, problem=sentence(error)), 409
    if done is None:
        return _shown(seq, must_verify=True), 401
    return redirect(url_for("staff.event", seq=done), 303)


def refuse_to_publish_again(taken_back: Patch) -> None:
    """Raise `NotRevertibleError` where one person would publish what was taken back."""
    if risk_of(taken_back) is Risk.HIGH:
        raise NotRevertibleError(
            Sentence(
                "It was taken back for a reason. To make it public again takes two"
                " people: ask for the change anew."
            )
        )


def known_event(session: Session, seq: int) -> Entry:
    """Return an event that the person may know of; 404 for any other."""
    found = entry(session, seq)
    if found is None:
        abort(404)
    refuse_hidden(found.subject, found.organization_id)
    if withheld().touched_by(found.told.patch):
        abort(404)
    return found


def _shown(
    seq: int,
    *,
    problem: str = "",
    blocked: Sequence[Clash] = (),
    must_verify: bool = False,
) -> str:
    """Show an event; `blocked` are the fields that keep it from being taken back."""
    with reading(the_site().database) as session:
        found = known_event(session, seq)
        names = names_of_actors(session, {found.actor, *_asked_by(found)})
        return render_template(
            "staff/event.html",
            entry=found,
            name=name_of(found.subject, found.organization_id),
            names=names,
            actions=ACTIONS,
            records=difference(session, found.told.patch),
            blocked=difference(session, way_back(found), blocked) if blocked else (),
            facts=_simple(found.told.facts, names),
            no_way=_why_not(found),
            later=_count_later(session, found),
            problem=problem,
            must_verify=must_verify,
            why=typed("why"),
        )


def _why_not(found: Entry) -> str:
    """Return why an event cannot be taken back, empty if it can."""
    try:
        way_back(found)
    except NotRevertibleError as error:
        return sentence(error) if found.told.patch else ""
    return ""


def _count_later(session: Session, found: Entry) -> int:
    """Return how many changes of the same listing came after one of them."""
    if found.action not in PUBLISHED or not found.told.patch:
        return 0
    return sum(e.subject == found.subject for e in since(session, found, PUBLISHED)) - 1


def _asked_by(found: Entry) -> Sequence[str]:
    """Return who asked for what was answered, if that is known."""
    by = found.told.facts.get("by")
    return [by] if isinstance(by, str) else []


def _simple(facts: Mapping[str, object], names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the facts that are one word or number each; people by their names."""
    told = {n: str(x) for n, x in facts.items() if isinstance(x, str | int)}
    return {n: _fact_text(n, x, names) for n, x in told.items()}


def _fact_text(name: str, fact: str, names: Mapping[str, str]) -> str:
    if name == "sent_on":
        return day_text(dt.date.fromisoformat(fact))
    return names.get(fact, fact) if name == "by" else fact


def _names_of(shown: Sequence[Entry]) -> Mapping[int, str]:
    return {e.seq: name_of(e.subject, e.organization_id) for e in shown}


def _filters() -> Filters:
    words = request.args.get("organization", "").strip()[:LONGEST]
    action = request.args.get("action", "")
    found = _meant(words)
    return Filters(
        typed=words,
        organization_id=next(iter(found)) if len(found) == 1 else None,
        others=found if len(found) > 1 else {},
        person=request.args.get("person", "")[:LONGEST],
        action=Action(action) if action in {*Action} else None,
        before=before_event(),
    )


def _meant(words: str) -> Mapping[str, str]:
    """Return the organizations whose id is typed, or whose name has it."""
    known = the_listings().organizations
    if words in known:
        return {words: known[words].full_name}
    word = words.casefold()
    found = {i: o.full_name for i, o in known.items() if word in o.full_name.casefold()}
    some = sorted(found.items(), key=lambda pair: pair[1])[:_NAMED] if words else []
    return dict(some)
