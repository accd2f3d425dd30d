"""What a coordinator sees of reports, and what ends them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.curation.reports.counting import (
    About,
    about_of,
    counting,
    forget,
    oldest,
    phones_of,
    recount,
)
from directory.curation.reports.report import Report, ReportKind, Settlement
from directory.hsds import DoubtKind, Service
from directory.projection.listing import PUBLIC_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """What was told of one listing and that nobody has looked at.

    `count` is how many told it; `is_public` says that the listing bears the doubt.
    """

    service_id: str
    kind: ReportKind
    number: str | None
    count: int
    since: dt.date
    last: dt.date
    is_public: bool


def open_reports(session: Session, now: dt.datetime) -> tuple[OpenReport, ...]:
    """Return what waits for a coordinator, what is public first, then the oldest.

    The session must be one for writing: names of reporters are erased here as well.
    """
    today = now.date()
    forget(session, today)
    found: dict[tuple[str, About], list[Report]] = {}
    for report, service in _unsettled(session, today):
        about = about_of(service, report.kind, report.number)
        found.setdefault((service.id, about), []).append(report)
    opened = [
        _opened(session, service_id, about, some, today)
        for (service_id, about), some in found.items()
    ]
    opened.sort(
        key=lambda o: (not o.is_public, o.since, o.service_id, o.kind, o.number or "")
    )
    return tuple(opened)


def settle(  # noqa: PLR0913 - what, how and when; a number is seldom said
    session: Session,
    service_id: str,
    kind: ReportKind,
    as_: Settlement,
    now: dt.datetime,
    *,
    number: str | None = None,
) -> int:
    """End the reports of `kind` about a listing, and return how many they were.

    `number` picks one of its numbers; without it all of them are meant. What is
    dismissed counts no more, so the doubt goes; what is confirmed keeps counting.
    """
    abouts = _abouts(session, service_id, {kind})
    meant = [about for about in abouts if number in {None, about.number}]
    return _settle(session, meant, as_, now)


def clear_for(
    session: Session,
    service_id: str,
    now: dt.datetime,
    *,
    but: Collection[ReportKind] = (),
) -> int:
    """End the reports about a listing whose provider says that it is right.

    Those of the kinds in `but` stay: the provider has corrected what they are about,
    and until the correction is public they are true.
    """
    abouts = _abouts(session, service_id, set(ReportKind).difference(but))
    return _settle(session, abouts, Settlement.ANSWERED, now)


def _settle(
    session: Session, abouts: Iterable[About], as_: Settlement, now: dt.datetime
) -> int:
    today, ended = now.date(), 0
    for about in abouts:
        for report in counting(session, about, today):
            report.settled_at, report.settled_as = now, as_
            session.add(report)
            ended += 1
        recount(session, about, today)
    return ended


def _abouts(
    session: Session, service_id: str, kinds: Collection[ReportKind]
) -> Sequence[About]:
    """Return what is told of a listing, and of the numbers that it shows."""
    service = session.get(Service, service_id)
    if service is None:
        return ()
    shown = {
        phone.number
        for phone in phones_of(session, service.organization_id)
        if phone.service_id in {None, service.id}
    }
    wanted = (
        select(Report, Service)
        .where(Report.service_id == Service.id)
        .where(Service.organization_id == service.organization_id)
        .where(col(Report.kind).in_(kinds))
    )
    abouts = {
        about_of(of, report.kind, report.number): None
        for report, of in session.exec(wanted)
        if report.number in shown or report.service_id == service.id
    }
    return tuple(abouts)


def _unsettled(session: Session, today: dt.date) -> Sequence[tuple[Report, Service]]:
    return session.exec(
        select(Report, Service)
        .where(Report.service_id == Service.id)
        .where(col(Report.settled_as).is_(None), Report.reported_on >= oldest(today))
    ).all()


def _opened(
    session: Session,
    service_id: str,
    about: About,
    reports: Sequence[Report],
    today: dt.date,
) -> OpenReport:
    days = [report.reported_on for report in reports]
    needed = PUBLIC_FROM[DoubtKind(about.kind.value)]
    return OpenReport(
        service_id=service_id,
        kind=about.kind,
        number=about.number,
        count=len(days),
        since=min(days),
        last=max(days),
        is_public=len(counting(session, about, today)) >= needed,
    )
