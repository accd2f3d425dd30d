"""The opening hours of a service, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from directory.curation.correction.clock import Span, read_span, written
from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SPANS = 2
"""How often a day can open in a form; more are shown where there are more."""

_Week = Mapping[str, tuple[Span, ...]]
_Group = tuple[Span, tuple[str, ...]]


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    week = _week_of(dossier)
    for day in DAYS:
        for place in range(rows_of(dossier)):
            span = week[day][place] if place < len(week[day]) else None
            name = f"hours-{day}-{place + 1}"
            yield f"{name}-opens", (written(span.opens) if span else "",)
            yield f"{name}-closes", (written(span.closes) if span else "",)


def rows_of(dossier: Dossier) -> int:
    """Return how many spans of a day a form shows."""
    return max(SPANS, *(len(spans) for spans in _week_of(dossier).values()))


def kept_of(dossier: Dossier) -> Sequence[Cells]:
    """Return the hours that a form cannot show, and leaves as they are.

    First Saturdays, holidays, hours of one of several places.
    """
    weekly = _weekly(dossier)
    return [c for i, c in dossier.of("schedule").items() if i not in weekly]


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the weekly hours; all others stay."""
    held, faults = _week_of(sheet.dossier), len(sheet.faults)
    wanted = {day: _typed(sheet, day, held[day]) for day in DAYS}
    if len(sheet.faults) > faults or wanted == held:
        return ()
    open_ = {(day, span) for day, spans in wanted.items() for span in spans}
    return _fewest(sheet, open_)


def _weekly(dossier: Dossier) -> Mapping[str, Cells]:
    return {i: c for i, c in dossier.of("schedule").items() if _is_weekly(c)}


def _is_weekly(cells: Cells) -> bool:
    return (
        cells["closed"] != "true"
        and not cells["valid_from"]
        and not cells["valid_to"]
        and not cells["service_at_location_id"]
        and set(cells["byday"].split()) <= set(DAYS)
    )


def _days(cells: Cells) -> tuple[str, ...]:
    """Return the days of a row; none at all means every day."""
    return tuple(cells["byday"].split()) or DAYS


def _week_of(dossier: Dossier) -> _Week:
    found: dict[str, set[tuple[str, str]]] = {day: set() for day in DAYS}
    for cells in _weekly(dossier).values():
        for day in _days(cells):
            found[day].add((cells["opens_at"], cells["closes_at"]))
    return {
        day: tuple(Span(opens=o, closes=c) for o, c in sorted(spans))
        for day, spans in found.items()
    }


def _typed(sheet: Sheet, day: str, held: Sequence[Span]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for place in range(rows_of(sheet.dossier)):
        name = f"hours-{day}-{place + 1}"
        usual = held[place] if place < len(held) else None
        opens = sheet.typed.one(f"{name}-opens", written(usual.opens) if usual else "")
        closes = sheet.typed.one(
            f"{name}-closes", written(usual.closes) if usual else ""
        )
        span = _read(sheet, name, opens, closes)
        if span is not None:
            spans.append(span)
    return _in_order(sheet, day, tuple(spans), held)


def _read(sheet: Sheet, name: str, opens: str, closes: str) -> Span | None:
    if not opens and not closes:
        return None
    if not (opens and closes):
        field = "opens" if closes else "closes"
        sheet.refuse(f"{name}-{field}", Fault.HALF_TIME)
        return None
    span = read_span(opens, closes)
    if isinstance(span, Fault):
        sheet.refuse(f"{name}-opens", span)
        return None
    return span


def _in_order(
    sheet: Sheet, day: str, spans: tuple[Span, ...], held: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the spans of a day in order; two that overlap are a mistake."""
    ordered = tuple(sorted(set(spans), key=lambda s: (s.opens, s.closes)))
    if ordered != tuple(held):
        for one, next_ in pairwise(ordered):
            over_night = one.closes <= one.opens
            if over_night or one.closes > next_.opens:
                sheet.refuse(f"hours-{day}-1-opens", Fault.OVERLAP)
    return ordered


def _fewest(sheet: Sheet, wanted: set[tuple[str, Span]]) -> Patch:
    """Return few changes after which exactly the wanted spans stand there.

    Rows that stay keep their notes; a row whose span goes takes one that comes.
    """
    rows = _weekly(sheet.dossier)
    left = set(wanted)
    staying: dict[str, tuple[str, ...]] = {}
    for i, cells in sorted(rows.items()):
        span = Span(opens=cells["opens_at"], closes=cells["closes_at"])
        days = tuple(day for day in _days(cells) if (day, span) in left)
        left -= {(day, span) for day in days}
        if days:
            staying[i] = days
    free = [i for i in sorted(rows) if i not in staying]
    changes: list[Patch] = [
        sheet.change("schedule", i, {"byday": " ".join(days)})
        for i, days in staying.items()
        if days != _days(rows[i])
    ]
    changes += [
        _written(sheet, _nearest(rows, free, group), group) for group in _groups(left)
    ]
    changes += [(removed("schedule", i, rows[i]),) for i in free]
    return tuple(change for patch in changes for change in patch)


def _groups(left: Iterable[tuple[str, Span]]) -> Sequence[_Group]:
    """Return the days of each span, in the order of the week."""
    days: dict[Span, list[str]] = defaultdict(list)
    for day, span in sorted(left, key=lambda pair: DAYS.index(pair[0])):
        days[span].append(day)
    groups = [(span, tuple(some)) for span, some in days.items()]
    return sorted(groups, key=lambda g: (g[0].opens, g[0].closes))


def _nearest(rows: Mapping[str, Cells], free: list[str], group: _Group) -> str | None:
    """Take the free row that shares most days with a group."""
    if not free:
        return None
    best = max(free, key=lambda i: len({*_days(rows[i])} & {*group[1]}))
    free.remove(best)
    return best


def _written(sheet: Sheet, row: str | None, group: _Group) -> Patch:
    span, days = group
    cells = {"byday": " ".join(days), "opens_at": span.opens, "closes_at": span.closes}
    if row is not None:
        return sheet.change("schedule", row, cells)
    return (sheet.make("schedule", {"service_id": sheet.subject_id, **cells}),)
