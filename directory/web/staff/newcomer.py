"""Which listed organizations one that asks to be listed may be, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from directory.curation.duplicates import Candidate
from directory.curation.joining import resembled
from directory.curation.records.patch import Patch
from directory.curation.records.subject import organization_subject
from directory.web.staff.pair import reason_text
from directory.web.staff.seeing import hidden, the_listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Resembled:
    """An organization that is listed, how much it resembles, and why it may be one.

    `address` is that of its public page, or of the desk's where it has none.
    """

    organization_id: str
    address: str
    name: str
    percent: int
    reasons: Sequence[str]
    doubts: Sequence[str]


def resembled_by(patch: Patch) -> Sequence[Resembled]:
    """Return what the organization that `patch` makes resembles, the likeliest first.

    There is nothing where it makes none.
    """
    listings = the_listings()
    return [
        _said(found, identifier, listings.organizations[identifier].full_name)
        for identifier, found in resembled(patch, listings)
    ]


def _said(found: Candidate, identifier: str, name: str) -> Resembled:
    about = str(organization_subject(identifier))
    public = not hidden().holds(about, identifier)
    return Resembled(
        organization_id=identifier,
        address=url_for("public.organization", organization_id=identifier)
        if public
        else url_for("staff.organization", organization_id=identifier),
        name=name,
        percent=round(found.score * 100),
        reasons=[reason_text(reason) for reason in found.reasons],
        doubts=[reason_text(doubt) for doubt in found.doubts],
    )
