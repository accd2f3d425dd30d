"""Reports from users: what is told of a listing, and what is made of it.

Two reports that do not come from one reporter make a `doubt`, which is public; where
very many would become so on one day, a person has to look first.
"""

from directory.curation.reports.counting import forget
from directory.curation.reports.report import (
    OF_NUMBERS,
    Report,
    ReportKind,
    Settlement,
)
from directory.curation.reports.settling import (
    OpenReport,
    clear_for,
    open_reports,
    settle,
)
from directory.curation.reports.taking import (
    ALARMED_FROM,
    MOST_A_DAY,
    MOST_PUBLIC_A_DAY,
    NewReport,
    Taken,
    take,
)

__all__ = [
    "ALARMED_FROM",
    "MOST_A_DAY",
    "MOST_PUBLIC_A_DAY",
    "OF_NUMBERS",
    "NewReport",
    "OpenReport",
    "Report",
    "ReportKind",
    "Settlement",
    "Taken",
    "clear_for",
    "forget",
    "open_reports",
    "settle",
    "take",
]
