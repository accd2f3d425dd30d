"""How much users have told that nobody has looked at."""

import datetime as dt

from sqlmodel import Session, col, func, select

from directory.curation.reports.counting import oldest
from directory.curation.reports.report import Report


def open_count(session: Session, day: dt.date) -> int:
    """Return how many reports wait for a coordinator, without touching any."""
    query = select(func.count()).where(
        col(Report.settled_as).is_(None), Report.reported_on >= oldest(day)
    )
    return session.exec(query).one()
