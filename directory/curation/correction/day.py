"""One day of a week: open from when to when, closed, by appointment, or not said."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from directory.curation.correction.clock import Span, read_span, written
from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells

FIELDS = ("opens_at", "closes_at", "closed", "by_appointment")
"""The cells in which a row of hours says what it says of its days."""

Said = tuple[str, ...]
"""What a row says of its days, as those cells."""

_CLOSED: Said = ("", "", "true", "false")
_BY_APPOINTMENT: Said = ("", "", "false", "true")


class Answer(StrEnum):
    """What can be said of a day. Of one that nobody spoke of nothing is known."""

    NOT_SAID = ""
    OPEN = "open"
    CLOSED = "closed"
    BY_APPOINTMENT = "by_appointment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the week; only one that is open has spans."""

    answer: Answer
    spans: tuple[Span, ...] = ()

    @property
    def said(self) -> frozenset[Said]:
        """What the rows of this day have to say."""
        if self.answer is Answer.CLOSED:
            return frozenset({_CLOSED})
        if self.answer is Answer.BY_APPOINTMENT:
            return frozenset({_BY_APPOINTMENT})
        return frozenset((s.opens, s.closes, "false", "false") for s in self.spans)


def said_by(cells: Cells) -> Said:
    """Return what a row of hours says of its days."""
    if cells["closed"] == "true":
        return _CLOSED
    if cells["by_appointment"] == "true":
        return _BY_APPOINTMENT
    return tuple(cells[field] for field in FIELDS)


def day_of(said: Collection[Said]) -> Day:
    """Return the day of which rows say this: spans first, if there are any."""
    told = sorted(said)
    spans = tuple(Span(opens=s[0], closes=s[1]) for s in told if s[0] and s[1])
    if spans:
        return Day(answer=Answer.OPEN, spans=spans)
    if _BY_APPOINTMENT in said:
        return Day(answer=Answer.BY_APPOINTMENT)
    return Day(answer=Answer.CLOSED if said else Answer.NOT_SAID)


def read_day(sheet: Sheet, code: str, held: Day, rows: int) -> Day:
    """Return a day as it was typed; what cannot be taken is refused on the sheet."""
    faults = len(sheet.faults)
    found = [_span(sheet, f"hours-{code}-{n + 1}", _at(held, n)) for n in range(rows)]
    spans = _in_order(sheet, code, [span for span in found if span], held)
    answer = _answer(sheet, code, held)
    if len(sheet.faults) > faults:
        return held
    return _settled(sheet, code, Day(answer=answer, spans=spans), held)


def _settled(sheet: Sheet, code: str, typed: Day, held: Day) -> Day:
    """Let answer and times agree: of two, the one counts that somebody touched."""
    answer, spans = typed.answer, typed.spans
    if spans and answer is not Answer.OPEN:
        if answer is held.answer:
            answer = Answer.OPEN
        elif spans == held.spans:
            spans = ()
        else:
            sheet.refuse(f"hours-{code}-answer", Fault.OPEN_OR_NOT)
    elif answer is Answer.OPEN and not spans:
        sheet.refuse(f"hours-{code}-answer", Fault.NO_HOURS)
    return Day(answer=answer, spans=spans)


def _answer(sheet: Sheet, code: str, held: Day) -> Answer:
    name = f"hours-{code}-answer"
    try:
        return Answer(sheet.typed.one(name, held.answer.value))
    except ValueError:
        sheet.refuse(name, Fault.CHOICE)
        return held.answer


def _at(held: Day, place: int) -> Span | None:
    return held.spans[place] if place < len(held.spans) else None


def _span(sheet: Sheet, name: str, usual: Span | None) -> Span | None:
    opens = sheet.typed.one(f"{name}-opens", written(usual.opens) if usual else "")
    closes = sheet.typed.one(f"{name}-closes", written(usual.closes) if usual else "")
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
    sheet: Sheet, code: str, spans: Collection[Span], held: Day
) -> tuple[Span, ...]:
    """Return the spans of a day in order; two that overlap are a mistake."""
    ordered = tuple(sorted(set(spans), key=lambda s: (s.opens, s.closes)))
    if ordered != held.spans:
        for one, next_ in pairwise(ordered):
            over_night = one.closes <= one.opens
            if over_night or one.closes > next_.opens:
                sheet.refuse(f"hours-{code}-1-opens", Fault.OVERLAP)
    return ordered
