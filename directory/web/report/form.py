"""The form of a report: two questions with the answers given, and no free text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import ImmutableMultiDict

from directory.curation.reports import OF_NUMBERS, ReportKind
from directory.projection import Listing
from directory.referral.answer import call_lines
from directory.web.texts import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """What can be answered of a listing, what was, and what is missing.

    `numbers` are those that can be reported; `number` is one of them, or `None`.
    """

    numbers: Sequence[str]
    kind: ReportKind | None = None
    number: str | None = None
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> list[ReportKind]:
        """What can be wrong: without a number, nothing of a number."""
        return [kind for kind in ReportKind if self.numbers or kind not in OF_NUMBERS]


def numbers_of(listing: Listing) -> list[str]:
    """Return the numbers of `listing` that can be reported.

    Short codes such as 911 and 211 are nobody's own; nobody can have them doubted.
    """
    numbers = (line.number for line in call_lines(listing))
    return [n for n in dict.fromkeys(numbers) if n.startswith("+")]


def read_report(
    sent: ImmutableMultiDict[str, str], numbers: Sequence[str]
) -> ReportForm:
    """Return what was answered; what is none of the answers given counts as nothing."""
    form = ReportForm(numbers=numbers)
    kind = next((k for k in form.kinds if k.value == sent.get("kind")), None)
    number = next((n for n in numbers if n == sent.get("number")), None)
    if number is None and len(numbers) == 1:
        number = numbers[0]
    return ReportForm(
        numbers=numbers, kind=kind, number=number, problems=_problems(kind, number)
    )


def _problems(kind: ReportKind | None, number: str | None) -> dict[str, str]:
    if kind is None:
        return {"kind": gettext("Choose what is wrong.")}
    if kind in OF_NUMBERS and number is None:
        return {"number": gettext("Choose the number that you mean.")}
    return {}
