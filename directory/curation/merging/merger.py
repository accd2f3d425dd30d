"""Mergers: which listing goes up in which, as a patch says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.curation.records.patch import Patch, RecordChange
from directory.curation.records.subject import Subject, SubjectKind
from directory.errors import RefusedError


class MergeRefusedError(RefusedError):
    """Two listings cannot become one; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """One listing that goes, and the one of its kind that stays."""

    kind: SubjectKind
    gone_id: str
    kept_id: str

    @property
    def gone(self) -> Subject:
        """The listing that goes."""
        return Subject(kind=self.kind, id=self.gone_id)

    @property
    def kept(self) -> Subject:
        """The listing that stays."""
        return Subject(kind=self.kind, id=self.kept_id)

    @property
    def owner(self) -> str:
        """The column by which most tables point at a listing of this kind."""
        return f"{self.kind.value}_id"

    @property
    def redirect(self) -> RecordChange:
        """The change that makes the old id lead on."""
        after = {"entity": self.kind.value, "to_id": self.kept_id}
        return RecordChange(table="redirect", id=self.gone_id, before=None, after=after)


def mergers_in(patch: Patch) -> Iterator[Merger]:
    """Yield what a patch merges: it makes a redirect for each listing that goes."""
    for change in patch:
        if change.table == "redirect" and change.before is None and change.after:
            yield Merger(
                kind=SubjectKind(change.after["entity"]),
                gone_id=change.id,
                kept_id=change.after["to_id"],
            )


def is_merge(patch: Patch) -> bool:
    """Tell whether a patch merges two listings."""
    return any(True for _merger in mergers_in(patch))
