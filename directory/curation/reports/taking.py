"""Takes in what somebody tells of a listing."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session, select

from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, record
from directory.curation.records.subject import service_subject
from directory.curation.reports.counting import (
    About,
    about_of,
    forget,
    phones_of,
    recount,
)
from directory.curation.reports.report import OF_NUMBERS, Report, ReportKind
from directory.hsds import Service

MOST_A_DAY = 10
"""How much one reporter may tell on one day, of all listings together."""


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

    That the doubt is public from now on is an event of the history. The session must be
    one for writing: then reports are counted one after another.
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
    session.add(
        Report(
            service_id=service.id,
            kind=told.kind,
            number=about.number,
            reported_on=today,
            reporter=told.reporter,
        )
    )
    made_public = recount(session, about, today)
    if made_public:
        _note(session, service, told.kind, made_public, now)
    return Taken.TAKEN


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
    record(session, deed, now=dt.datetime.combine(now.date(), dt.time(), now.tzinfo))


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
