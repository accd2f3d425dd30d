"""Which listed organizations a newcomer resembles: it may be one of them."""

from directory.curation.duplicates import (
    Body,
    Candidate,
    alike,
    bodies_of,
    mail_domain,
    web_domain,
)
from directory.curation.records.cells import Cells
from directory.curation.records.patch import Patch
from directory.projection import Snapshot


def resembled(patch: Patch, snapshot: Snapshot) -> tuple[tuple[str, Candidate], ...]:
    """Return the organizations that the one which `patch` makes may be, best first.

    Each is an id and the reasons. There are none where a patch makes no organization.
    """
    body = _body(patch)
    if body is None:
        return ()
    return tuple(
        (next(iter(found.pair - {body.id})), found)
        for found in alike(body, bodies_of(snapshot))
    )


def _body(patch: Patch) -> Body | None:
    """Return the organization that a patch makes, as far as it tells that it is one."""
    for change in patch:
        if change.table == "organization" and change.before is None and change.after:
            return _body_of(change.id, change.after, patch)
    return None


def _body_of(identifier: str, cells: Cells, patch: Patch) -> Body:
    names = (cells["name"], cells.get("alternate_name", ""))
    return Body(
        id=identifier,
        names=tuple(name for name in names if name),
        phones=_told(patch, "phone", "number"),
        web_domains=_known(web_domain(cells.get("website"))),
        mail_domains=_known(mail_domain(cells.get("email"))),
        counties=_told(patch, "service_area", "fips"),
    )


def _told(patch: Patch, table: str, field: str) -> frozenset[str]:
    cells = ((c.after or {}).get(field) for c in patch if c.table == table)
    return frozenset(cell for cell in cells if cell)


def _known(domain: str | None) -> frozenset[str]:
    return frozenset() if domain is None else frozenset({domain})
