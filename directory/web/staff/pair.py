"""Two listings side by side, in words: what differs, and what both will hold."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.curation.desk.secret import NOTHING, Secret
from directory.curation.duplicates import Code, Evidence
from directory.curation.merging import Choice, Estate, Side, choices
from directory.curation.merging.choosing import COST, HOURS, RULES, SOURCE
from directory.curation.records.cells import Cells
from directory.curation.records.subject import SubjectKind
from directory.hsds import Visibility
from directory.web.language import county_name, names_of, number_text
from directory.web.record_words import RECORDS, cell_text, label_of, summary
from directory.web.texts import gettext
from directory.web.texts import lazy_gettext as _

LEFT, RIGHT = "left", "right"
SIDES = (LEFT, RIGHT)

_GROUPS = {
    HOURS: _("Opening hours"),
    COST: _("Cost"),
    SOURCE: _("Where it comes from"),
}
_JOINED = (
    "phone",
    "service",
    "attribute",
    "language",
    "service_area",
    "location",
    "accessibility",
    "required_document",
)
"""What both will hold, each thing once."""

REASONS = {
    Code.SAME_NAME: _("the same name: %(values)s"),
    Code.LIKE_NAME: _("names that are much alike: %(values)s"),
    Code.SAME_PHONE: _("the same number: %(values)s"),
    Code.SAME_DOMAIN: _("the same website: %(values)s"),
    Code.SAME_MAIL_DOMAIN: _("email at the same domain: %(values)s"),
    Code.SAME_STREET: _("the same street address: %(values)s"),
    Code.SAME_ZIP: _("the same ZIP code: %(values)s"),
    Code.SAME_CITY: _("the same city: %(values)s"),
    Code.SAME_COUNTY: _("the same county: %(values)s"),
    Code.SAME_PLACE: _("the same place or area: %(values)s"),
    Code.SAME_NEEDS: _("the same help: %(values)s"),
    Code.OTHER_NAME: _("no word of the names is the same"),
    Code.OTHER_PART: _("both are named as parts, and as different ones"),
    Code.OTHER_PHONE: _("both have numbers, and none is the same"),
    Code.OTHER_STREET: _("both have street addresses, and none is the same"),
    Code.OTHER_PLACE: _("they are in different counties or towns"),
}
"""Why two may be one, or may be two."""

_COUNTY_CODE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that differs: what stands on each side, and which side is ticked."""

    name: str
    label: str
    left: Sequence[str]
    right: Sequence[str]
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """One thing of which both sides are kept."""

    label: str
    left: Sequence[str]
    right: Sequence[str]


def rows_of(
    left: Estate, right: Estate, taken: Mapping[str, str], stays: str
) -> Sequence[Row]:
    """Return what differs; `taken` are the sides that somebody has ticked already.

    What nobody has ticked is that of the side that `stays`, unless it says nothing.
    """
    return [
        Row(
            name=choice.name,
            label=_label(choice),
            left=_said(choice, choice.kept, left),
            right=_said(choice, choice.gone, right),
            taken=taken.get(choice.name, _usual(choice, stays)),
        )
        for choice in choices(left, right)
    ]


def both_of(left: Estate, right: Estate, withheld: Secret) -> Sequence[Both]:
    """Return what both will hold, without what is `withheld` from who looks."""
    chosen = any(map(_is_area, choices(left, right)))
    tables = (
        (table, _records(left, table, withheld), _records(right, table, withheld))
        for table in _JOINED
        if not (chosen and table == "service_area")
    )
    return [
        Both(label=str(RECORDS[table]), left=ours, right=theirs)
        for table, ours, theirs in tables
        if ours or theirs
    ]


def sides_of(
    left: Estate, right: Estate, taken: Mapping[str, str], kept: str
) -> Mapping[str, Side]:
    """Return what was ticked as sides of a merge, in which `kept` stays."""
    ticked = {row.name: row.taken for row in rows_of(left, right, taken, kept)}
    return {
        name: Side.KEPT if side == kept else Side.GONE for name, side in ticked.items()
    }


def version_of(left: Estate, right: Estate) -> str:
    """Return what differs after any change of either."""
    both = f"{left.version} {right.version}"
    return hashlib.sha256(both.encode()).hexdigest()


def fuller(left: Estate, right: Estate) -> str:
    """Return the side of which more is recorded: it is the one that likely stays."""
    return RIGHT if _size(right) > _size(left) else LEFT


def other(side: str) -> str:
    """Return the side across."""
    return LEFT if side == RIGHT else RIGHT


def reason_text(evidence: Evidence) -> str:
    """Return a reason in words."""
    values = ", ".join(_values(evidence))
    return str(REASONS[evidence.code]) % {"values": values}


def _values(evidence: Evidence) -> Iterable[str]:
    if evidence.code is Code.SAME_NEEDS:
        return [names_of(evidence.values)]
    if evidence.code is Code.SAME_PHONE:
        return [number_text(number) for number in evidence.values]
    if evidence.code in {Code.SAME_PLACE, Code.SAME_COUNTY}:
        return [_place(value) for value in evidence.values]
    return evidence.values


def _place(value: str) -> str:
    """Return a street, a coverage or the code of a county in words."""
    if value.isdigit() and len(value) == _COUNTY_CODE:
        return county_name(value)
    return cell_text("service", "coverage", value)


def _usual(choice: Choice, stays: str) -> str:
    said = {LEFT: choice.kept, RIGHT: choice.gone}
    return stays if said[stays] else other(stays)


def _label(choice: Choice) -> str:
    if choice.name in _GROUPS:
        return str(_GROUPS[choice.name])
    if choice.name.startswith(RULES):
        attribute = choice.name.removeprefix(RULES)
        about = cell_text("eligibility_rule", "attribute", attribute)
        return gettext("Who it is for: %(about)s", about=about)
    return label_of(choice.table, choice.name)


def _said(choice: Choice, records: Sequence[Cells], of: Estate) -> Sequence[str]:
    if choice.name == SOURCE:
        return [_source(choice.table, cells) for cells in records]
    if choice.name == HOURS:
        return [_hours(cells) for cells in records]
    if choice.name == COST or choice.name.startswith(RULES):
        return [summary(choice.table, cells) for cells in records]
    said = [
        cell_text(choice.table, f, c) for cells in records for f, c in cells.items()
    ]
    return [*said, *_records(of, "service_area", NOTHING)] if _is_area(choice) else said


def _is_area(choice: Choice) -> bool:
    """Tell whether a choice decides on the counties: a list that is whole stays so."""
    return choice.name == "coverage"


def _source(table: str, cells: Cells) -> str:
    fields = ("source", "source_date", "read_on")
    return ", ".join(cell_text(table, f, cells[f]) for f in fields if f in cells)


def _hours(cells: Cells) -> str:
    if "byday" in cells:
        return summary("schedule", cells)
    told = [label_of("service", "always_open")] if cells.get("always_open") else []
    return ". ".join([*told, *([cells["hours_note"]] if "hours_note" in cells else [])])


def _records(estate: Estate, table: str, withheld: Secret) -> Sequence[str]:
    found = estate.of(table).items()
    if table == "service":
        secret = withheld.service_ids
        return sorted(cells["name"] for i, cells in found if i not in secret)
    # Whoever may not know of every listing may not know of every place either.
    all_of_it = withheld is NOTHING
    said = [summary(table, c) for _i, c in found if all_of_it or not _is_secret(c)]
    return sorted({text for text in said if text})


def _is_secret(cells: Cells) -> bool:
    return cells.get("visibility") == Visibility.NETWORK


def _size(estate: Estate) -> int:
    own = sum(map(len, estate.dossier.records.values()))
    cells = sum(1 for cell in estate.main.values() if cell)
    below = sum(_size(service) for service in estate.services)
    whole = estate.kind is SubjectKind.ORGANIZATION
    return own + cells + (below if whole else 0)
