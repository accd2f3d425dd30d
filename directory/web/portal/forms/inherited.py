"""What the page of a service shows that belongs to its organization."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from directory.curation.correction import phones
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.subject import SubjectKind, organization_subject
from directory.web.record_words import summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """What all services of an organization show, unless they have their own.

    `numbers` stand below those of a service; `url` and `email` are only shown where it
    has none.
    """

    numbers: Sequence[str] = ()
    url: str = ""
    email: str = ""


def inherited(session: Session, dossier: Dossier) -> Inherited:
    """Return what the listing of `dossier` shows of its organization."""
    owner = None
    if dossier.subject.kind is SubjectKind.SERVICE:
        owner = read_dossier(session, organization_subject(dossier.organization_id))
    if owner is None:
        return Inherited()
    own = {cells["number"] for cells in dossier.of("phone").values()}
    return Inherited(
        numbers=[
            summary("phone", cells)
            for _row, cells in phones.in_order(owner)
            if cells["number"] not in own
        ],
        url="" if dossier.main["url"] else owner.main["website"],
        email="" if dossier.main["email"] else owner.main["email"],
    )
