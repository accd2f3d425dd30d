"""Whom to call about a change: the numbers that the public is shown by now."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from directory.curation.records.subject import SubjectKind, read_subject
from directory.projection.listing import Line
from directory.web.staff.seeing import hidden, the_listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a listing: the numbers to call, and the address of its page.

    Both are empty where nothing of it is shown. `public` says that everybody may look.
    """

    lines: Sequence[Line] = ()
    address: str = ""
    public: bool = True


def public_numbers(subject: str, organization_id: str) -> Shown:
    """Return the numbers of a listing as it is now, and where they are shown.

    Of a service that is not shown, those of its organization.
    """
    about, seen = read_subject(subject), the_listings()
    public = not hidden().holds(subject, organization_id)
    listing = seen.listings.get(about.id)
    if about.kind is SubjectKind.SERVICE and listing is not None:
        page = "public.service" if public else "network.service"
        address = url_for(page, service_id=listing.id)
        return Shown(lines=listing.lines, address=address, public=public)
    owner = seen.organizations.get(organization_id)
    if owner is None:
        return Shown()
    address = url_for("public.organization", organization_id=owner.id) if public else ""
    return Shown(lines=owner.lines, address=address, public=public)
