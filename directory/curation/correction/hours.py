"""The opening hours of a service, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from directory.curation.correction.clock import written
from directory.curation.correction.day import FIELDS, Said, day_of, read_day, said_by
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SPANS = 2
"""How often a day can open in a form; more are shown where there are more."""

_Week = Mapping[str, frozenset[Said]]
_Group = tuple[Said, tuple[str, ...]]


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    week = _week_of(dossier)
    for code in DAYS:
        day = day_of(week[code])
        yield f"hours-{code}-answer", (day.answer.value,)
        for place in range(rows_of(dossier)):
            span = day.spans[place] if place < len(day.spans) else None
            name = f"hours-{code}-{place + 1}"
            yield f"{name}-opens", (written(span.opens) if span else "",)
            yield f"{name}-closes", (written(span.closes) if span else "",)


def rows_of(dossier: Dossier) -> int:
    """Return how many spans of a day a form shows."""
    return max(SPANS, *(len(day_of(d).spans) for d in _week_of(dossier).values()))


def kept_of(dossier: Dossier) -> Sequence[Cells]:
    """Return the hours that a form cannot show, and leaves as they are.

    First Saturdays, holidays, hours of one of several places.
    """
    weekly = _weekly(dossier)
    return [c for i, c in dossier.of("schedule").items() if i not in weekly]


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the weekly hours; all others stay."""
    held, faults = _week_of(sheet.dossier), len(sheet.faults)
    wanted = {code: _wanted(sheet, code, held[code]) for code in DAYS}
    if len(sheet.faults) > faults or wanted == held:
        return ()
    return _fewest(sheet, {(code, s) for code, said in wanted.items() for s in said})


def _wanted(sheet: Sheet, code: str, held: frozenset[Said]) -> frozenset[Said]:
    """Return what is to be said of a day; a form need not show all that is held."""
    day = day_of(held)
    typed = read_day(sheet, code, day, rows_of(sheet.dossier))
    return held if typed == day else typed.said


def _weekly(dossier: Dossier) -> Mapping[str, Cells]:
    return {i: c for i, c in dossier.of("schedule").items() if _is_weekly(c)}


def _is_weekly(cells: Cells) -> bool:
    return (
        not cells["valid_from"]
        and not cells["valid_to"]
        and not cells["service_at_location_id"]
        and set(cells["byday"].split()) <= set(DAYS)
    )


def _days(cells: Cells) -> tuple[str, ...]:
    """Return the days of a row; none at all means every day."""
    return tuple(cells["byday"].split()) or DAYS


def _week_of(dossier: Dossier) -> _Week:
    found: dict[str, set[Said]] = {code: set() for code in DAYS}
    for cells in _weekly(dossier).values():
        for code in _days(cells):
            found[code].add(said_by(cells))
    return {code: frozenset(said) for code, said in found.items()}


def _fewest(sheet: Sheet, wanted: set[tuple[str, Said]]) -> Patch:
    """Return few changes after which exactly what is wanted stands there.

    Rows that stay keep their notes; a row whose span goes takes one that comes.
    """
    rows = _weekly(sheet.dossier)
    left = set(wanted)
    staying: dict[str, tuple[str, ...]] = {}
    for i, cells in sorted(rows.items()):
        said = said_by(cells)
        days = tuple(day for day in _days(cells) if (day, said) in left)
        left -= {(day, said) for day in days}
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


def _groups(left: Iterable[tuple[str, Said]]) -> Sequence[_Group]:
    """Return the days of which the same is said, in the order of the week."""
    days: dict[Said, list[str]] = defaultdict(list)
    for day, said in sorted(left, key=lambda pair: DAYS.index(pair[0])):
        days[said].append(day)
    return sorted((said, tuple(some)) for said, some in days.items())


def _nearest(rows: Mapping[str, Cells], free: list[str], group: _Group) -> str | None:
    """Take the free row of open, or of other, days that shares most with a group."""
    said, days = group
    alike = [i for i in free if bool(said_by(rows[i])[0]) == bool(said[0])]
    if not alike:
        return None
    best = max(alike, key=lambda i: len({*_days(rows[i])} & {*days}))
    free.remove(best)
    return best


def _written(sheet: Sheet, row: str | None, group: _Group) -> Patch:
    said, days = group
    cells = {"byday": " ".join(days), **dict(zip(FIELDS, said, strict=True))}
    if row is not None:
        return sheet.change("schedule", row, cells)
    return (sheet.make("schedule", {"service_id": sheet.subject_id, **cells}),)
