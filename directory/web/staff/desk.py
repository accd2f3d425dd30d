"""The first page of the desk: what needs a decision now, what comes first on top."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.actor import read_actor
from directory.curation.desk.dead_ends import dead_ends
from directory.curation.desk.flags import count_by_kind
from directory.curation.desk.mailbox import mailbox
from directory.curation.desk.queue import waiting
from directory.curation.desk.stale import Wanted, stale_listings
from directory.curation.desk.told import open_count
from directory.curation.distinction import decided
from directory.curation.duplicates import Candidate, undecided
from directory.curation.history import Action
from directory.curation.history.alerts import (
    OwnAlertError,
    is_barred,
    open_alerts,
    put_away,
)
from directory.curation.history.reading import Asked, Entry, entries, entry
from directory.curation.reports import MOST_PUBLIC_A_DAY
from directory.curation.verification import doubtful_pairs
from directory.database import reading, writing
from directory.hsds.doubt import OF_LETTERS
from directory.referral.coverage import coverage_of
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.acting import myself, names_of_actors, people_of_staff
from directory.web.staff.blueprint import page
from directory.web.staff.claims import claims_known
from directory.web.staff.form import typed
from directory.web.staff.seeing import known_alerts, name_of, the_listings, withheld
from directory.web.staff.words import age_text, sentence
from directory.web.texts import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do: how much of it there is, and what to know of it.

    `urgent` says that it cannot wait until tomorrow.
    """

    title: str
    endpoint: str
    count: int
    says: Sequence[str] = ()
    urgent: bool = False

    @property
    def address(self) -> str:
        """Where it is done."""
        return url_for(self.endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert, with whom or what it is about; `own` if that is the person oneself.

    `who` asked for what it speaks of, as `kind`; `address` shows all that they did.
    """

    entry: Entry
    about: str
    own: bool = False
    who: str = ""
    kind: str = ""
    address: str = ""


@page("/staff/")
@needs(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """Show what is to be done."""
    return _desk()


@page("/staff/alerts/<int(max=2147483647):seq>", methods=("POST",))
@needs(Role.COORDINATOR)
def alert(seq: int) -> ResponseReturnValue:
    """Put an alert away, with what was found."""
    site, why = the_site(), typed("why")
    if not why:
        return _desk(problem=gettext("Say what you found.")), 422
    try:
        with writing(site.database) as session:
            found = entry(session, seq)
            if found is None or found.action is not Action.ALERT:
                abort(404)
            if found not in open_alerts(session):
                return redirect(url_for("staff.index"), 303)
            put_away(session, found, by=myself(), why=why, now=site.now())
    except OwnAlertError as error:
        return _desk(problem=sentence(error)), 403
    return redirect(url_for("staff.index"), 303)


def _desk(problem: str = "") -> str:
    site = the_site()
    # It may take long to find these: nobody has the database open meanwhile.
    twins = site.candidates.of(the_listings())
    with reading(site.database) as session:
        tasks = tuple(_tasks(session, twins))
        alerts = _alerts(session)
    return render_template(
        "staff/index.html",
        todo=[task for task in tasks if task.count],
        done=[task for task in tasks if not task.count],
        alerts=alerts,
        most_public_a_day=MOST_PUBLIC_A_DAY,
        problem=problem,
    )


def _alerts(session: Session) -> Sequence[Alert]:
    found = known_alerts(session)
    actors = {actor for entry in found for actor in (_asked_by(entry), _person(entry))}
    names = names_of_actors(session, actors - {""})
    people = people_of_staff(session)
    return [
        replace(_alert(entry, people, names), own=is_barred(session, entry, myself()))
        for entry in found
    ]


def _asked_by(found: Entry) -> str:
    return str(found.told.facts.get("by", ""))


def _person(found: Entry) -> str:
    """Return whom an alert is about, as the history calls them; empty for a listing."""
    kind, _, identifier = found.subject.partition(":")
    return f"staff:{identifier}" if kind == "person" else ""


def _alert(found: Entry, people: Mapping[str, str], names: Mapping[str, str]) -> Alert:
    about, person = name_of(found.subject, found.organization_id), _person(found)
    if person:
        # Who was let in need not be of the staff.
        known = people if "gained" in found.told.facts else names
        about = known.get(person, "")
    asked_by = _asked_by(found)
    if not asked_by:
        return Alert(entry=found, about=about)
    return Alert(
        entry=found,
        about=about,
        who=names[asked_by],
        kind=read_actor(asked_by).kind.value,
        address=url_for(
            "staff.history", organization=found.organization_id, person=asked_by
        ),
    )


def _tasks(session: Session, twins: Sequence[Candidate]) -> Iterable[Task]:
    """Yield what there is to do, in the order in which it should be done."""
    yield _queue(session)
    yield _reports(session)
    yield _claims(session)
    yield _dead_ends()
    yield _letters(session)
    yield _stale(session)
    yield _duplicates(session, twins)
    yield _gaps()
    yield _imports(session)


def _queue(session: Session) -> Task:
    now = the_site().now()
    found = waiting(session, now, withheld())
    says = []
    if found.oldest:
        age = age_text(found.oldest, now)
        says.append(gettext("the oldest has waited %(age)s", age=age))
    if found.late:
        says.append(gettext("%(count)s for too long", count=found.late))
    return Task(
        title=gettext("Changes that wait for an answer"),
        endpoint="staff.queue",
        count=found.count,
        says=says,
        urgent=found.late > 0,
    )


def _reports(session: Session) -> Task:
    day = the_site().now().date()
    kinds = count_by_kind(the_listings(), day)
    public = sum(count for kind, count in kinds.items() if kind not in OF_LETTERS)
    says = [gettext("%(count)s listings show it", count=public)] if public else []
    return Task(
        title=gettext("Reports from users"),
        endpoint="staff.reports",
        count=open_count(session, day),
        says=says,
        urgent=public > 0,
    )


def _claims(session: Session) -> Task:
    return Task(
        title=gettext("Claims of listings"),
        endpoint="staff.claims",
        count=len(claims_known(session)),
    )


def _dead_ends() -> Task:
    found = dead_ends(the_listings(), the_site().now().date())
    parts = (
        (len(found.unreachable), gettext("%(count)s cannot be reached at all")),
        (len(found.doubted), gettext("%(count)s with no number that works")),
        (len(found.through_211), gettext("%(count)s only through NC 211")),
        (len(found.empty), gettext("%(count)s organizations offer nothing")),
    )
    return Task(
        title=gettext("Listings that lead nowhere"),
        endpoint="staff.dead_ends",
        count=found.count,
        says=[words % {"count": count} for count, words in parts if count],
        urgent=bool(found.unreachable or found.doubted),
    )


def _letters(session: Session) -> Task:
    site = the_site()
    found = mailbox(session, site.now())
    kinds = count_by_kind(the_listings(), site.now().date())
    parts = (
        (found.waiting, gettext("%(count)s wait to be sent")),
        (found.failed, gettext("%(count)s did not arrive")),
        (found.unanswered, gettext("%(count)s without an answer so far")),
        (kinds.get("silence", 0), gettext("%(count)s organizations stay silent")),
        (kinds.get("bounce", 0), gettext("%(count)s cannot be written to")),
    )
    says = [words % {"count": count} for count, words in parts if count]
    if site.settings.mail_url is None:
        says.insert(0, gettext("email is not set up, so nothing is sent"))
    return Task(
        title=gettext("Emails"),
        endpoint="staff.letters",
        count=sum(count for count, _words in parts),
        says=says,
        urgent=found.late,
    )


def _stale(session: Session) -> Task:
    found = stale_listings(
        the_listings(),
        the_site().now(),
        wanted=Wanted(),
        doubtful=doubtful_pairs(session),
    )
    call = sum(one.email is None for one in found)
    says = (
        [gettext("%(count)s without an email address: call", count=call)]
        if call
        else []
    )
    return Task(
        title=gettext("Listings that nobody has confirmed for long"),
        endpoint="staff.stale",
        count=len(found),
        says=says,
    )


def _duplicates(session: Session, twins: Sequence[Candidate]) -> Task:
    return Task(
        title=gettext("Listings that may be there twice"),
        endpoint="staff.duplicates",
        count=len(undecided(twins, decided(session))),
    )


def _gaps() -> Task:
    site = the_site()
    rows = coverage_of(the_listings(), site.gazetteer, site.terms)
    return Task(
        title=gettext("Needs that nobody meets in a county"),
        endpoint="staff.gaps",
        count=sum(len(row.holes) for row in rows),
    )


def _imports(session: Session) -> Task:
    loads = entries(session, Asked(actions=(Action.LOAD,), limit=1))
    age = [age_text(load.at, the_site().now()) for load in loads]
    return Task(
        title=gettext("Imports"),
        endpoint="staff.imports",
        count=len(loads),
        says=[gettext("the last one %(age)s ago", age=text) for text in age],
    )
