"""Takes in what somebody tells of a listing."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session, func, select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, Event, record
from directory.curation.history.alerts import note_many_doubts
from directory.curation.records.subject import service_subject
from directory.curation.reports.counting import (
    About,
    about_of,
    forget,
    makes_public,
    phones_of,
    recount,
)
from directory.curation.reports.report import OF_NUMBERS, Report, ReportKind
from directory.hsds import Service

MOST_A_DAY = 10
"""How much one reporter may tell on one day, of all listings together."""


ALARMED_FROM = 6
"""Things that become doubted in public on one day from which on the desk is alarmed.

Each is a listing, or a number, which several listings may show. More on one day than
real mistakes are found may be the work of somebody who wants listings to look wrong.
"""

MOST_PUBLIC_A_DAY = 10
"""Things that become doubted in public on one day without a person who has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What somebody tells; `number` is needed where it is about a number.

    `reporter` is a name of one day that no one can turn back into a person.
    """

    service_id: str
    kind: ReportKind
    number: str | None = None
    reporter: str = field(repr=False)


class Taken(StrEnum):
    """What became of what was told."""

    TAKEN = "taken"
    AGAIN = "again"
    """The same was told before, by the same reporter, on the same day."""
    TOO_MUCH = "too_much"
    GONE = "gone"
    """There is no such service, or the number is none of its own."""


def take(session: Session, told: NewReport, now: dt.datetime) -> Taken:
    """Keep what somebody tells, and doubt the listing if it is not the first time.

    That the doubt is public from now on is an event of the history. On a day on which
    very many became so, it waits for a coordinator. The session must be one for
    writing: then reports are counted one after another.
    """
    today = now.date()
    forget(session, today)
    service = session.get(Service, told.service_id)
    if service is None or not _shows(session, service, told):
        return Taken.GONE
    about = about_of(service, told.kind, told.number)
    before = _told_today(session, told.reporter, today)
    if about in before:
        return Taken.AGAIN
    if len(before) >= MOST_A_DAY:
        return Taken.TOO_MUCH
    made_today = _made_public(session, now)
    held = made_today >= MOST_PUBLIC_A_DAY and makes_public(session, about, today)
    session.add(
        Report(
            service_id=service.id,
            kind=told.kind,
            number=about.number,
            reported_on=today,
            reporter=told.reporter,
            held=held,
        )
    )
    made_public = recount(session, about, today)
    if made_public:
        _note(session, service, told.kind, made_public, now)
        if made_today + 1 >= ALARMED_FROM:
            note_many_doubts(session, made_today + 1, at=_day_of(now))
    return Taken.TAKEN


def _made_public(session: Session, now: dt.datetime) -> int:
    """Return how many things became doubted in public on the day of `now`."""
    query = select(func.count()).where(
        Event.action == Action.REPORT, Event.at == _day_of(now)
    )
    return session.exec(query).one()


def _day_of(now: dt.datetime) -> dt.datetime:
    """Return the beginning of the day: of reports only the day is known."""
    return dt.datetime.combine(now.date(), dt.time(), now.tzinfo)


def _note(
    session: Session, service: Service, kind: ReportKind, count: int, now: dt.datetime
) -> None:
    """Record that everybody is told of a doubt, and nothing of who told it.

    Like a report, the event bears the day and no time.
    """
    deed = Deed(
        actor=PROGRAM,
        action=Action.REPORT,
        subject=str(service_subject(service.id)),
        organization_id=service.organization_id,
        facts={"kind": kind.value, "reports": count},
    )
    record(session, deed, now=_day_of(now))


def _shows(session: Session, service: Service, told: NewReport) -> bool:
    """Tell whether the number that is meant is one of the listing's own."""
    if told.kind not in OF_NUMBERS:
        return True
    return any(
        phone.number == told.number and phone.service_id in {None, service.id}
        for phone in phones_of(session, service.organization_id)
    )


def _told_today(session: Session, reporter: str, today: dt.date) -> list[About]:
    """Return what `reporter` told today; a name is that of one day only."""
    wanted = (
        select(Report, Service)
        .where(Report.service_id == Service.id)
        .where(Report.reporter == reporter, Report.reported_on == today)
    )
    return [
        about_of(service, report.kind, report.number)
        for report, service in session.exec(wanted)
    ]
