"""What a coordinator sees of reports, and what ends them."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from directory.curation.reports.counting import (
    About,
    about_of,
    counting,
    counts,
    forget,
    phones_of,
    recount,
)
from directory.curation.reports.report import Report, ReportKind, Settlement
from directory.hsds import DoubtKind, Service
from directory.projection.listing import PUBLIC_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """What was told of one listing and that nobody has looked at.

    `count` is how many told it; `is_public` says that the listing bears the doubt, and
    `is_held` that it would, had not very many come to bear one on the same day.
    """

    service_id: str
    kind: ReportKind
    number: str | None
    count: int
    since: dt.date
    last: dt.date
    is_public: bool
    is_held: bool


def open_reports(session: Session, now: dt.datetime) -> tuple[OpenReport, ...]:
    """Return what waits for a coordinator: what is public, what is held, the oldest."""
    told: Counter[About] = Counter()
    held: set[About] = set()
    waiting: dict[tuple[str, About], list[dt.date]] = {}
    for report, service in _counted(session, now.date()):
        about = about_of(service, report.kind, report.number)
        told[about] += not report.held
        if report.held:
            held.add(about)
        if report.settled_as is None:
            days = waiting.setdefault((service.id, about), [])
            days.append(report.reported_on)
    opened = [
        _opened(service_id, about, days, told[about], is_held=about in held)
        for (service_id, about), days in waiting.items()
    ]
    opened.sort(key=_order)
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
    dismissed counts no more, so the doubt goes; what is confirmed keeps counting, also
    if it was held so far.
    """
    forget(session, now.date())
    abouts = _abouts(session, service_id, {kind})
    meant = [about for about in abouts if number in {None, about.number}]
    return _settle(session, meant, as_, now)


def clear_for(
    session: Session,
    service_id: str,
    now: dt.datetime,
    *,
    but: Collection[ReportKind] = (),
    until: dt.date | None = None,
) -> int:
    """End the reports about a listing whose provider says that it is right.

    Those of the kinds in `but` stay: the provider has corrected what they are about,
    and until the correction is public they are true. So do those of days after `until`,
    the day on which the provider said so.
    """
    abouts = _abouts(session, service_id, set(ReportKind).difference(but))
    return _settle(session, abouts, Settlement.ANSWERED, now, until)


def _settle(
    session: Session,
    abouts: Iterable[About],
    as_: Settlement,
    now: dt.datetime,
    until: dt.date | None = None,
) -> int:
    today, ended = now.date(), 0
    for about in abouts:
        for report in counting(session, about, today):
            if until is not None and report.reported_on > until:
                continue
            report.settled_at, report.settled_as, report.held = now, as_, False
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


def _counted(session: Session, today: dt.date) -> Sequence[tuple[Report, Service]]:
    """Return the reports that count, whether somebody has looked at them or not.

    What tells reporters apart is not read, and cannot be: it may be due to be erased.
    """
    return session.exec(
        select(Report, Service)
        .where(Report.service_id == Service.id, counts(today))
        .options(defer(col(Report.reporter), raiseload=True))  # type: ignore[arg-type]
    ).all()


def _order(opened: OpenReport) -> tuple[bool, bool, dt.date, str, str, str]:
    of = (opened.service_id, opened.kind.value, opened.number or "")
    return (not opened.is_public, not opened.is_held, opened.since, *of)


def _opened(
    service_id: str,
    about: About,
    days: Sequence[dt.date],
    told: int,
    *,
    is_held: bool,
) -> OpenReport:
    is_public = told >= PUBLIC_FROM[DoubtKind(about.kind.value)]
    return OpenReport(
        service_id=service_id,
        kind=about.kind,
        number=about.number,
        count=len(days),
        since=min(days),
        last=max(days),
        is_public=is_public,
        is_held=is_held and not is_public,
    )
