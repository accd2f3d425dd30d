"""Listings that may be there twice: the list, two side by side, and the two answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role, may_see_network
from directory.curation.desk.merges import waiting_merges
from directory.curation.distinction import decided, distinguish
from directory.curation.duplicates import Candidate, Noun, undecided
from directory.curation.letters.notice import send_notice
from directory.curation.merging import Estate, merge, read_estate
from directory.curation.merging.merge import same_services
from directory.curation.proposals import Draft, Proposal, propose
from directory.curation.records.dossier import read_dossier
from directory.curation.records.subject import (
    organization_subject,
    service_subject,
)
from directory.database import reading, writing
from directory.errors import InvalidRequestError, RefusedError
from directory.hsds import Organization
from directory.keys import new_key
from directory.projection import Snapshot
from directory.web.accounts.guard import is_fresh, needs, the_person
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.form import Refused, fault_text, typed
from directory.web.staff.paging import part_of
from directory.web.staff.pair import (
    LEFT,
    SIDES,
    both_of,
    fuller,
    other,
    reason_text,
    rows_of,
    sides_of,
    version_of,
)
from directory.web.staff.seeing import look_at, the_listings, withheld
from directory.web.staff.words import sentence
from directory.web.texts import gettext

PAGE = 25
"""Pairs on one page."""

_TAKE = "take-"
"""What stands before the name of a choice in the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A pair on the list."""

    candidate: Candidate
    names: tuple[str, str]
    percent: int
    reasons: Sequence[str]
    doubts: Sequence[str]
    waits: bool


@page("/staff/duplicates")
@needs(Role.COORDINATOR)
def duplicates() -> ResponseReturnValue:
    """List pairs that may be one, the likeliest first."""
    site, listings = the_site(), the_listings()
    kept = site.candidates.of(listings)
    with reading(site.database) as session:
        found = undecided(kept, decided(session))
        waiting = waiting_merges(session)
    part = part_of(found, PAGE)
    return render_template(
        "staff/duplicates.html",
        lines=[_line(one, listings, waiting) for one in part.items],
        total=len(found),
        number=part.number,
        pages=part.pages,
        first=(part.number - 1) * PAGE + 1,
    )


@page("/staff/duplicates/<left_id>/<right_id>")
@needs(Role.COORDINATOR)
def pair(left_id: str, right_id: str) -> ResponseReturnValue:
    """Show two listings side by side."""
    return _page(left_id, right_id)


@page("/staff/duplicates/<left_id>/<right_id>/merge", methods=("POST",))
@needs(Role.COORDINATOR)
def merge_pair(left_id: str, right_id: str) -> ResponseReturnValue:
    """Ask for the merge of two listings: somebody else has to agree."""
    try:
        refused = _unready() or _asked(left_id, right_id)
    except InvalidRequestError as error:
        told = "; ".join(map(fault_text, error.errors))
        refused = Refused(problem=told, status=422)
    except RefusedError as error:
        refused = Refused(problem=sentence(error), status=409)
    if refused is not None:
        return _page(left_id, right_id, refused), refused.status
    the_site().postman.nudge()
    return redirect(url_for("staff.pair", left_id=left_id, right_id=right_id), 303)


@page("/staff/duplicates/<left_id>/<right_id>/distinguish", methods=("POST",))
@needs(Role.COORDINATOR)
def distinguish_pair(left_id: str, right_id: str) -> ResponseReturnValue:
    """Note that two listings are not the same; they do not come back."""
    site = the_site()
    with writing(site.database) as session:
        left, right = _estates(session, left_id, right_id)
        distinguish(
            session,
            left.dossier.subject,
            right.dossier.subject,
            by=myself(),
            why=typed("why"),
            now=site.now(),
        )
    return redirect(url_for("staff.duplicates"), 303)


def _unready() -> Refused | None:
    """Return what keeps the person from merging anything."""
    if not _is_approved():
        # What hangs on a listing may be hidden, and then a merge would tell of it.
        problem = gettext("You can merge listings after your first seven days.")
        return Refused(problem=problem, status=403)
    if not is_fresh():
        return Refused(problem="", status=401, must_verify=True)
    return None


def _is_approved() -> bool:
    return may_see_network(the_person(), the_site().now())


def _asked(left_id: str, right_id: str) -> Refused | None:
    """Propose the merge that was chosen, once."""
    site = the_site()
    with writing(site.database) as session:
        left, right = _estates(session, left_id, right_id)
        if frozenset({left_id, right_id}) in waiting_merges(session):
            return None
        if request.form.get("version") != version_of(left, right):
            problem = gettext(
                "One of them was changed since you opened this page. Look again."
            )
            return Refused(problem=problem, status=409)
        stays = _stays(left, right)
        kept, gone = (left, right) if stays == LEFT else (right, left)
        draft = Draft(
            subject=kept.dossier.subject,
            actor=myself(),
            version=_version(session, kept),
            patch=merge(kept, gone, sides_of(left, right, _taken(), stays)),
            once=request.form.get("once") or None,
            why=typed("why"),
        )
        made = propose(session, draft, lint=site.lint(), now=site.now())
        _tell(session, made, {e.dossier.organization_id for e in (kept, gone)})
    return None


def _tell(session: Session, made: Proposal, organization_ids: set[str]) -> None:
    """Let the contacts on record know, each of whom can stop it."""
    site = the_site()
    for identifier in sorted(organization_ids):
        send_notice(
            session,
            made,
            site_url=site.settings.site_url,
            now=site.now(),
            organization_id=identifier,
        )


def _page(left_id: str, right_id: str, refused: Refused | None = None) -> str:
    with reading(the_site().database) as session:
        left, right = _estates(session, left_id, right_id)
        waits = waiting_merges(session).get(frozenset({left_id, right_id}))
        known = frozenset({left_id, right_id}) in decided(session)
    if refused is None:
        for estate in (left, right):
            look_at(estate.dossier.subject, estate.dossier.organization_id)
    why = _candidate(left_id, right_id, the_listings())
    stays = _stays(left, right)
    return render_template(
        "staff/duplicates_pair.html",
        left=left,
        right=right,
        rows=rows_of(left, right, _taken(), stays),
        both=both_of(left, right, withheld()),
        same=_same(left, right),
        reasons_for=[reason_text(one) for one in (why.reasons if why else ())],
        doubts_about=[reason_text(one) for one in (why.doubts if why else ())],
        stays=stays,
        goes=other(stays),
        may_merge=_is_approved(),
        version=version_of(left, right),
        once=request.form.get("once") or new_key(),
        why=typed("why"),
        take=_TAKE,
        waits=waits,
        known=known,
        refused=refused,
    )


def _estates(session: Session, left_id: str, right_id: str) -> tuple[Estate, Estate]:
    """Return two listings of one kind, or end in a 404."""
    whole = session.get(Organization, left_id) is not None
    subject = organization_subject if whole else service_subject
    left = read_estate(session, subject(left_id))
    right = read_estate(session, subject(right_id))
    if left is None or right is None or left_id == right_id:
        abort(404)
    for estate in (left, right):
        about = estate.dossier.subject
        if withheld().holds(str(about), estate.dossier.organization_id):
            abort(404)
    return left, right


def _line(
    one: Candidate, listings: Snapshot, waiting: Mapping[frozenset[str], str]
) -> Line:
    return Line(
        candidate=one,
        names=(
            _name(one.noun, one.left, listings),
            _name(one.noun, one.right, listings),
        ),
        # Nobody but a person is ever sure.
        percent=min(99, round(one.score * 100)),
        reasons=[reason_text(reason) for reason in one.reasons],
        doubts=[reason_text(doubt) for doubt in one.doubts],
        waits=one.pair in waiting,
    )


def _name(noun: Noun, identifier: str, listings: Snapshot) -> str:
    if noun is Noun.ORGANIZATION:
        return listings.organizations[identifier].full_name
    listing = listings.listings[identifier]
    return f"{listing.name}, {listing.organization.full_name}"


def _candidate(left_id: str, right_id: str, seen: Snapshot) -> Candidate | None:
    """Return why the two are on the list, if they are."""
    pair = tuple(sorted((left_id, right_id)))
    found = the_site().candidates.of(seen)
    return next((one for one in found if (one.left, one.right) == pair), None)


def _same(left: Estate, right: Estate) -> Sequence[str]:
    """Return the names of the services that become one as well."""
    secret = withheld().service_ids
    pairs = same_services(left, right)
    return [ours.main["name"] for ours, _theirs in pairs if ours.id not in secret]


def _version(session: Session, kept: Estate) -> str:
    """Return the version that a proposal about the listing is made for."""
    dossier = read_dossier(session, kept.dossier.subject)
    return "" if dossier is None else dossier.version


def _stays(left: Estate, right: Estate) -> str:
    """Return which one stays: as it was chosen, else that of which more is known."""
    chosen = request.values.get("stays", "")
    return chosen if chosen in SIDES else fuller(left, right)


def _taken() -> Mapping[str, str]:
    """Return the sides that were ticked, by the name of the choice."""
    return {
        name.removeprefix(_TAKE): side
        for name, side in request.form.items()
        if name.startswith(_TAKE) and side in SIDES
    }
