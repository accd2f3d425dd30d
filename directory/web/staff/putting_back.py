"""A listing is put back as it was before a change, with all that came after it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.history.putting_back import (
    ChangedSinceError,
    Return,
    brings_back,
    return_to,
)
from directory.curation.history.putting_back import put_back as put_back_listing
from directory.curation.history.reading import Entry
from directory.curation.history.reverting import NotRevertibleError
from directory.curation.merging import MergeRefusedError
from directory.curation.proposals import Risk, risk_of
from directory.curation.records.patch import PatchConflictError, PatchRefusedError
from directory.curation.verification import take_back_word
from directory.database import reading, writing
from directory.errors import RefusedError
from directory.web.accounts.guard import is_fresh, needs
from directory.web.difference import difference
from directory.web.site import the_site
from directory.web.staff.acting import myself, names_of_actors
from directory.web.staff.blueprint import page
from directory.web.staff.form import Refused, typed
from directory.web.staff.history import known_event, refuse_to_publish_again
from directory.web.staff.seeing import name_of, withheld
from directory.web.staff.words import ACTIONS, sentence
from directory.web.texts import gettext

_REFUSALS = (
    ChangedSinceError,
    MergeRefusedError,
    NotRevertibleError,
    PatchConflictError,
    PatchRefusedError,
)


@page("/staff/history/<int(max=2147483647):seq>/back", methods=("GET", "POST"))
@needs(Role.COORDINATOR)
def put_back(seq: int) -> ResponseReturnValue:
    """Show what would change, and change it."""
    if request.method == "GET":
        return _page(seq)
    try:
        done = _taken(seq)
    except _REFUSALS as error:
        done = Refused(problem=sentence(error), status=409)
    if isinstance(done, Refused):
        return _page(seq, done), done.status
    return redirect(url_for("staff.event", seq=done), 303)


def _taken(seq: int) -> int | Refused:
    """Put the listing back; return the number of the event."""
    site, why = the_site(), typed("why")
    if not why:
        return Refused(problem=gettext("Say why you undo it."), status=422)
    with writing(site.database) as session:
        found = known_event(session, seq)
        way = _way(session, found)
        if risk_of(way.patch) is Risk.HIGH and not is_fresh():
            return Refused(problem="", status=401, must_verify=True)
        done = put_back_listing(
            session,
            found,
            seen=request.form.get("seen", ""),
            by=myself(),
            why=why,
            now=site.now(),
        )
        take_back_word(session, found, now=site.now())
        return done.seq


def _way(session: Session, found: Entry) -> Return:
    """Return the way back, if one person may go it and may know of all of it."""
    way = return_to(session, found)
    if withheld().touched_by(way.patch):
        abort(404)
    refuse_to_publish_again(brings_back(way))
    return way


def _page(seq: int, refused: Refused | None = None) -> str:
    with reading(the_site().database) as session:
        found = known_event(session, seq)
        way, no_way = _shown_way(session, found)
        events = way.events if way else ()
        return render_template(
            "staff/put_back.html",
            entry=found,
            name=name_of(found.subject, found.organization_id),
            way=way,
            no_way=no_way,
            records=difference(session, way.patch) if way else (),
            names=names_of_actors(session, {found.actor, *(e.actor for e in events)}),
            actions=ACTIONS,
            refused=refused,
            why=typed("why"),
        )


def _shown_way(session: Session, found: Entry) -> tuple[Return | None, str]:
    """Return the way back, or why there is none."""
    try:
        return _way(session, found), ""
    except RefusedError as error:
        return None, sentence(error)
