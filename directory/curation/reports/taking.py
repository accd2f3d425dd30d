"""Takes in what somebody tells of a listing."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session, select

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
class Told:
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


def take(session: Session, told: Told, now: dt.datetime) -> Taken:
    """Keep what somebody tells, and doubt the listing if it is not the first time.

    The session must be one for writing: then reports are counted one after another.
    """
    today = now.date()
    forget(session, today)
    service = session.get(Service, told.service_id)
    if service is None or not _shows(session, service, told):
        return Taken.GONE
    about = about_of(service, told.kind, told.number)
    before = _told_today(session, told.reporter)
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
    recount(session, about, today)
    return Taken.TAKEN


def _shows(session: Session, service: Service, told: Told) -> bool:
    """Tell whether the number that is meant is one of the listing's own."""
    if told.kind not in OF_NUMBERS:
        return True
    return any(
        phone.number == told.number and phone.service_id in {None, service.id}
        for phone in phones_of(session, service.organization_id)
    )


def _told_today(session: Session, reporter: str) -> list[About]:
    """Return what `reporter` told; names of other days have been erased."""
    wanted = (
        select(Report, Service)
        .where(Report.service_id == Service.id)
        .where(Report.reporter == reporter)
    )
    return [
        about_of(service, report.kind, report.number)
        for report, service in session.exec(wanted)
    ]
