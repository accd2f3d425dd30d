"""How much harm a change could do, and so who must agree before it is published."""

from collections.abc import Iterator
from enum import StrEnum

from directory.curation.proposals.closing import seems_closed
from directory.curation.proposals.leading import TEXTS, leads_elsewhere
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange
from directory.curation.records.showing import hides


class Risk(StrEnum):
    """What it takes to publish a change, from the least on."""

    LOW = "low"
    """Nothing more, if who asks is known: it can be taken back."""
    REVIEW = "review"
    """One person of the staff who did not ask for it."""
    HIGH = "high"
    """The same, after a fresh sign-in and with notice to the old contact."""


_ORDER = tuple(Risk)

_HIGH_TABLES = frozenset({"phone", "address", "redirect", "service_at_location"})
"""Who gets a number or a street wrong sends a survivor to somebody else."""
_HIGH_FIELDS = frozenset(
    {
        ("organization", "name"),
        ("organization", "website"),
        ("organization", "email"),
        ("organization", "parent_organization_id"),
        ("organization", "kind"),
        ("service", "url"),
        ("service", "email"),
        ("service", "status"),
        ("service", "organization_id"),
        ("location", "visibility"),
        ("location", "organization_id"),
        ("location", "county_fips"),
        ("location", "region"),
        ("location", "latitude"),
        ("location", "longitude"),
    }
)
_REVIEW_TABLES = frozenset({"eligibility_rule", "attribute", "service_area"})
"""Who is taken, for what, and where: it decides whom the matcher sends."""
_REVIEW_FIELDS = frozenset(
    {
        ("service", "name"),
        ("service", "role"),
        ("service", "focus"),
        ("service", "coverage"),
        ("service", "out_of_county"),
        ("service", "access"),
        # Beside a number it can say that it is another one's.
        ("phone", "description"),
    }
)
_HARMLESS_PHONE_FIELDS = frozenset(
    # Where a record comes from follows from who says it.
    {"source", "source_date", "read_on", "evidence", "basis"}
)


def risk_of(patch: Patch) -> Risk:
    """Return the risk of a patch: that of its most harmful change.

    To show less of a place harms nobody, and must not wait. Texts are weighed together:
    a number can be parted between two of them.
    """
    if only_hides(patch):
        return Risk.LOW
    risks = [*map(_risk, patch), _risk_of_texts(patch)]
    return max(risks, key=_ORDER.index)


def only_hides(patch: Patch) -> bool:
    """Tell whether a patch takes whereabouts away and does nothing else."""
    return bool(hides(patch)) and all(
        change.after is None
        if change.table == "address"
        else change.table == "location" and _takes_away(change)
        for change in patch
    )


def _takes_away(change: RecordChange) -> bool:
    after = change.after or {}
    return all(not cell for field, cell in after.items() if field != "visibility")


def _risk(change: RecordChange) -> Risk:
    pairs = {(change.table, f) for f in {*(change.before or {}), *(change.after or {})}}
    # A new service, or one that goes, is as much as all of its fields.
    if _is_of_a_grave_table(change) or pairs & _HIGH_FIELDS:
        return Risk.HIGH
    is_looked_at = change.table in _REVIEW_TABLES or pairs & _REVIEW_FIELDS
    if is_looked_at or _is_new_alert(change):
        return Risk.REVIEW
    return Risk.LOW


def _is_of_a_grave_table(change: RecordChange) -> bool:
    if change.table != "phone" or change.before is None or change.after is None:
        return change.table in _HIGH_TABLES
    return not change.after.keys() <= {*_HARMLESS_PHONE_FIELDS, "description"}


def _is_new_alert(change: RecordChange) -> bool:
    """Tell whether people would read another thing before they call.

    Nothing else is read so surely. To take it away says nothing, and does not wait:
    it may tell of a place that is hidden just now.
    """
    return change.table == "service" and bool((change.after or {}).get("alert"))


def _risk_of_texts(patch: Patch) -> Risk:
    """Return the risk of what texts say that they did not say before."""
    before = [text for change in patch for text in _texts(change.before, change.after)]
    after = [text for change in patch for text in _texts(change.after, change.after)]
    said = {words for text in before for words in seems_closed(text)}
    new = {words for text in after for words in seems_closed(text)} - said
    # A closure in a text keeps people away as one in its field does.
    return Risk.HIGH if new or leads_elsewhere(before, after) else Risk.LOW


def _texts(cells: Cells | None, after: Cells | None) -> Iterator[str]:
    """Yield the texts of `cells`; of a record that goes there is nothing to read."""
    if cells is not None and after is not None:
        yield from (cells[field] for field in sorted(TEXTS & cells.keys()))
