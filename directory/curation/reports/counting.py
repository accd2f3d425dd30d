"""How many reports say the same, and the doubts that follow from it.

A number is one thing however many services of an organization show it, so what is told
of it counts together, and the doubt stands at each place where it is recorded.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, or_, select

from directory.curation.reports.report import OF_NUMBERS, Report, ReportKind, Settlement
from directory.hsds import Doubt, DoubtKind, Phone, Service
from directory.projection.listing import PUBLIC_FROM, REPORT_DAYS

_REPORTED = tuple(DoubtKind(kind.value) for kind in ReportKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What reports are about: a number of an organization, or one of its services."""

    organization_id: str
    kind: ReportKind
    service_id: str | None = None
    number: str | None = None


def about_of(service: Service, kind: ReportKind, number: str | None) -> About:
    """Return what a report of `kind` about `service` is about."""
    of_number = kind in OF_NUMBERS
    return About(
        organization_id=service.organization_id,
        kind=kind,
        service_id=None if of_number else service.id,
        number=number if of_number else None,
    )


def counting(session: Session, about: About, today: dt.date) -> Sequence[Report]:
    """Return the reports about one thing that count, those that are held as well."""
    wanted = (
        select(Report)
        .join(Service, col(Service.id) == col(Report.service_id))
        .where(
            Service.organization_id == about.organization_id,
            Report.kind == about.kind,
            Report.number == about.number,
            counts(today),
        )
    )
    if about.service_id is not None:
        wanted = wanted.where(Report.service_id == about.service_id)
    return session.exec(wanted).all()


def counts(today: dt.date) -> ColumnElement[bool]:
    """Return the condition of a report that counts: young, and not found wrong."""
    return and_(
        col(Report.reported_on) >= oldest(today),
        or_(
            col(Report.settled_as).is_(None),
            col(Report.settled_as) == Settlement.CONFIRMED,
        ),
    )


def oldest(today: dt.date) -> dt.date:
    """Return the first day whose reports still count."""
    return today - dt.timedelta(days=REPORT_DAYS)


def makes_public(session: Session, about: About, today: dt.date) -> bool:
    """Tell whether one more report would make public what is not doubted yet."""
    session.flush()
    kind = DoubtKind(about.kind.value)
    told = [report for report in counting(session, about, today) if not report.held]
    if len(told) + 1 < PUBLIC_FROM[kind]:
        return False
    doubts = (
        _doubt_of(session, subject, kind) for subject in _subjects(session, about)
    )
    return not any(doubt and doubt.number == about.number for doubt in doubts)


def recount(session: Session, about: About, today: dt.date) -> int:
    """Make the doubts say what the reports say: two of a kind are one doubt.

    Returns how many reports made a doubt of what was not doubted before, else 0.
    """
    session.flush()
    told = counting(session, about, today)
    days = [report.reported_on for report in told if not report.held]
    kind = DoubtKind(about.kind.value)
    holds, doubted = len(days) >= PUBLIC_FROM[kind], False
    for subject in _subjects(session, about):
        known = _doubt_of(session, subject, kind)
        says_so = known is not None and known.number == about.number
        doubted = doubted or says_so
        if holds and subject.number == about.number:
            session.add(_told(known or _new(subject, kind, days), days, about.number))
        elif not holds and says_so:
            session.delete(known)
    session.flush()
    return len(days) if holds and not doubted else 0


def forget(session: Session, today: dt.date) -> None:
    """Erase who reported before `today`, and count anew what has grown too old.

    It is done whenever somebody reports, a coordinator answers a report or providers
    are asked, and can be done at any other time. Whatever reads reports takes those
    that are due for it as if it were done.
    """
    session.flush()
    session.execute(
        update(Report)
        .where(col(Report.reporter).is_not(None), col(Report.reported_on) < today)
        .values(reporter=None)
    )
    old = select(Doubt).where(
        col(Doubt.kind).in_(_REPORTED), Doubt.since < oldest(today)
    )
    for about in {_about_doubt(session, doubt) for doubt in session.exec(old)}:
        recount(session, about, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a doubt hangs on: a service, or a phone and the `number` it bears now."""

    service_id: str | None = None
    phone_id: str | None = None
    number: str | None = None


def _subjects(session: Session, about: About) -> Iterable[_Subject]:
    if about.service_id is not None:
        return [_Subject(service_id=about.service_id)]
    return [
        _Subject(phone_id=phone.id, number=phone.number)
        for phone in phones_of(session, about.organization_id)
    ]


def phones_of(session: Session, organization_id: str) -> Sequence[Phone]:
    """Return the phones of an organization and of all that it offers."""
    services = select(Service.id).where(Service.organization_id == organization_id)
    return session.exec(
        select(Phone)
        .where(
            or_(
                Phone.organization_id == organization_id,
                col(Phone.service_id).in_(services),
            )
        )
        .order_by(Phone.id)
    ).all()


def _doubt_of(session: Session, subject: _Subject, kind: DoubtKind) -> Doubt | None:
    return session.exec(
        select(Doubt).where(
            Doubt.kind == kind,
            Doubt.service_id == subject.service_id,
            Doubt.phone_id == subject.phone_id,
        )
    ).one_or_none()


def _new(subject: _Subject, kind: DoubtKind, days: Sequence[dt.date]) -> Doubt:
    return Doubt(
        service_id=subject.service_id,
        phone_id=subject.phone_id,
        number=subject.number,
        kind=kind,
        count=len(days),
        since=min(days),
        last=max(days),
    )


def _told(doubt: Doubt, days: Sequence[dt.date], number: str | None) -> Doubt:
    """Let `doubt` say how often it was told, when, and of which number."""
    said: dict[str, object] = {
        "number": number,
        "count": len(days),
        "since": min(days),
        "last": max(days),
    }
    for name, value in said.items():
        # What is set is written, and each write has every process read anew.
        if getattr(doubt, name) != value:
            setattr(doubt, name, value)
    return doubt


def _about_doubt(session: Session, doubt: Doubt) -> About:
    phone = session.get(Phone, doubt.phone_id) if doubt.phone_id else None
    owner = phone.organization_id if phone else None
    if owner is None:
        service_id = phone.service_id if phone else doubt.service_id
        owned = select(Service.organization_id).where(Service.id == service_id)
        owner = session.exec(owned).one()
    return About(
        organization_id=owner,
        kind=ReportKind(doubt.kind.value),
        service_id=doubt.service_id,
        number=doubt.number,
    )
