"""Why a change is grave, in words: what people would come to if it were wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from directory.curation.letters.topic import Topic, topics_of
from directory.curation.proposals import Risk, risk_of
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch, RecordChange
from directory.web.texts import lazy_gettext as _

_LISTINGS = frozenset({"organization", "service"})
_WHOLE = _("It makes a listing, or takes one away.")
_LEADS = _("A text names a number or an address, or says that it closed or moved.")
_WHY = {
    Topic.PHONE: _("It changes a number that people call, or who answers it."),
    Topic.WEBSITE: _("It changes a web page that people open."),
    Topic.EMAIL: _("It changes a mailbox that people write to."),
    Topic.STATUS: _("It changes whether the service is open at all."),
    Topic.NAME: _("It changes the name by which people know whom they call."),
    Topic.PLACE: _("It changes a place, or how much is shown of it."),
    Topic.OWNERSHIP: _("It changes what belongs to which organization."),
    Topic.KIND: _("It changes what kind of body this is."),
}


def why_grave(patch: Patch) -> Sequence[str]:
    """Return a sentence for each reason for which a change weighs so much."""
    reasons = dict.fromkeys(str(reason) for c in patch for reason in _reasons(c))
    return tuple(reasons)


def _reasons(change: RecordChange) -> Iterator[str]:
    whole = change.before is None or change.after is None
    if whole and change.table in _LISTINGS:
        yield _WHOLE
        return
    for field in change.fields:
        part = change if whole else _of_field(change, field)
        if risk_of((part,)) is Risk.HIGH:
            for topic in topics_of((part,)):
                yield _WHY.get(topic, _LEADS)


def _of_field(change: RecordChange, field: str) -> RecordChange:
    def only(cells: Cells | None) -> Cells:
        return {field: (cells or {})[field]}

    return replace(change, before=only(change.before), after=only(change.after))
