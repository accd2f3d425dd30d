"""Two people at one form: what each of them did, so that neither loses anything."""

from collections.abc import Mapping

from sqlmodel import Session

from directory.curation.correction.typed import Fields
from directory.curation.history.event import Action
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.history.reverting import PUBLISHED
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, RecordChange, inverse

_FAR_ENOUGH = 30
"""Events that are looked back for the version that somebody began with."""

_Records = Mapping[str, Mapping[str, Cells]]


def earlier(session: Session, dossier: Dossier, version: str) -> Dossier | None:
    """Return the listing as it was in `version`; `None` if that is not known any more.

    A load of data leaves no way back, and neither does a place that was hidden.
    """
    for entry in _published(session, dossier):
        if entry.told.redacted:
            return None
        dossier = _without(dossier, entry.told.patch)
        if dossier.version == version:
            return dossier
    return None


def last_change(session: Session, dossier: Dossier) -> Entry | None:
    """Return who changed a listing last, and when."""
    subject = str(dossier.subject)
    return next((e for e in _published(session, dossier) if e.subject == subject), None)


def merged(typed: Fields, before: Fields, now: Fields) -> Fields:
    """Return the fields that one person typed, and another's in all the others."""
    return {
        name: now[name]
        if name in now and name in before and _is_same(texts, before[name])
        else texts
        for name, texts in typed.items()
    }


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    def plain(texts: tuple[str, ...]) -> list[str]:
        return [" ".join(text.split()) for text in texts if text.strip()]

    return plain(one) == plain(other)


def _published(session: Session, dossier: Dossier) -> list[Entry]:
    asked = Asked(
        organization_id=dossier.organization_id,
        actions=tuple(sorted(PUBLISHED, key=list(Action).index)),
        limit=_FAR_ENOUGH,
    )
    return entries(session, asked)


def _without(dossier: Dossier, patch: Patch) -> Dossier:
    """Return a listing as it was before `patch`, as far as that touched it."""
    records = {table: dict(rows) for table, rows in dossier.records.items()}
    for change in inverse(patch):
        _undo(records, change, dossier.subject.id)
    return Dossier(
        subject=dossier.subject,
        organization_id=dossier.organization_id,
        records={table: rows for table, rows in records.items() if rows},
    )


def _undo(
    records: dict[str, dict[str, Cells]], change: RecordChange, owner: str
) -> None:
    rows = records.setdefault(change.table, {})
    if change.after is None:
        rows.pop(change.id, None)
    elif change.before is not None:
        if change.id in rows:
            rows[change.id] = {**rows[change.id], **change.after}
    elif owner in change.after.values() or _is_below(records, change.after):
        rows[change.id] = change.after


def _is_below(records: _Records, cells: Cells) -> bool:
    """Tell whether a record belongs to a place or a number of the listing."""
    return cells.get("location_id", "") in records.get("location", {}) or cells.get(
        "phone_id", ""
    ) in records.get("phone", {})
