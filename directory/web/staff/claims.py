"""Claims on the desk: who asks, what the contact says, and the two yeses."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.accounts.joining import AccountError, Invitee, invite
from directory.accounts.membership import Membership
from directory.accounts.people import by_email
from directory.curation.actor import Actor
from directory.curation.claims import (
    HOLD,
    Claim,
    ClaimNotReadyError,
    agree,
    in_waiting,
    refuse,
    refuse_all,
)
from directory.curation.history.accounts import note_account
from directory.curation.letters.claim_letter import question_of
from directory.curation.proposals.review import AnsweredError, SecondPersonError
from directory.database import reading, writing
from directory.hsds import Organization
from directory.projection.links import mail_address
from directory.sentence import Sentence
from directory.web.accounts.guard import is_fresh, needs, the_person
from directory.web.accounts.letters import invited, write
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.form import typed
from directory.web.staff.seeing import the_listings, withheld
from directory.web.staff.words import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An organization with the claims to it that wait, the oldest first.

    `has_contact` says that there is an address on record that can be written to.
    """

    organization_id: str
    name: str
    has_contact: bool
    claims: Sequence[Claim]


@page("/staff/claims")
@needs(Role.COORDINATOR)
def claims() -> ResponseReturnValue:
    """List the claims that wait, by organization, what waits longest first."""
    return _list()


@page("/staff/organizations/<organization_id>/claims/refuse", methods=("POST",))
@needs(Role.COORDINATOR)
def refuse_claims(organization_id: str) -> ResponseReturnValue:
    """Say no to all claims to one organization that wait, for one reason."""
    site, reason = the_site(), typed("reason")
    with reading(site.database) as session:
        if session.get(Organization, organization_id) is None:
            abort(404)
    _refuse_unknown(organization_id)
    if not is_fresh():
        return _list(of=organization_id, must_verify=True), 401
    try:
        with writing(site.database) as session:
            refuse_all(
                session, organization_id, by=myself(), reason=reason, now=site.now()
            )
    except ClaimNotReadyError as error:
        return _list(of=organization_id, problem=sentence(error)), 422
    site.postman.nudge()
    return redirect(url_for("staff.claims"), 303)


@page("/staff/claims/<claim_id>", methods=("GET",))
@needs(Role.COORDINATOR)
def claim(claim_id: str) -> ResponseReturnValue:
    """Show one claim."""
    return _show(claim_id)


@page("/staff/claims/<claim_id>/answer", methods=("POST",))
@needs(Role.COORDINATOR)
def answer_claim(claim_id: str) -> ResponseReturnValue:
    """Say yes or no to a claim; after the second yes the claimant is invited."""
    site, said = the_site(), request.form.get("answer", "")
    if not is_fresh():
        return _show(claim_id, must_verify=True, status=401)
    try:
        with writing(site.database) as session:
            made = _known(session, claim_id)
            if said in _ANSWERS:
                _ANSWERS[said](session, made)
    except (AccountError, AnsweredError, ClaimNotReadyError) as error:
        return _show(claim_id, problem=sentence(error), status=409)
    except SecondPersonError as error:
        return _show(claim_id, problem=sentence(error), status=403)
    site.postman.nudge()
    return _show(claim_id, status=200 if said in _ANSWERS else 422)


def _known(session: Session, claim_id: str) -> Claim:
    """Return a claim that the person may know of; 404 for any other."""
    made = session.get(Claim, claim_id)
    if made is None:
        abort(404)
    _refuse_unknown(made.organization_id)
    return made


def _refuse_unknown(organization_id: str) -> None:
    """Answer 404 for claims to an organization that the person may not know of."""
    if withheld().holds_organization(organization_id):
        abort(404)


def _agree(session: Session, made: Claim) -> None:
    by, now = myself(), the_site().now()
    if made.email == the_person().email:
        raise SecondPersonError
    if agree(session, made, by=by, checked=typed("checked"), now=now):
        _give_account(session, made, by=by, now=now)


def _refuse(session: Session, made: Claim) -> None:
    refuse(session, made, by=myself(), reason=typed("reason"), now=the_site().now())


_ANSWERS: Mapping[str, Callable[[Session, Claim], None]] = {
    "yes": _agree,
    "no": _refuse,
}


def _give_account(
    session: Session, made: Claim, *, by: Actor, now: dt.datetime
) -> None:
    """Invite the claimant, or add the organization to the account that they have."""
    known, owner = by_email(session, made.email), made.organization_id
    if known is not None and Role.PROVIDER not in known.roles:
        raise AccountError(Sentence("This person is of the staff."))
    if known is not None and known.password is not None:
        session.merge(Membership(person_id=known.id, organization_id=owner))
        note_account(session, known.id, "membership_given", owner, by=by, now=now)
        return
    invitee = Invitee(
        email=made.email,
        name=made.name,
        # Who was invited before and has not come yet loses nothing by this.
        roles=frozenset({Role.PROVIDER}) | (known.roles if known else frozenset()),
        organizations=frozenset({owner}) | (known.organizations if known else set()),
    )
    person, key = invite(session, invitee, now=now)
    note_account(session, person.id, "invited", by=by, now=now)
    note_account(session, person.id, "membership_given", owner, by=by, now=now)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    words = invited(app, key, "en")
    write(session, person, words, site=the_site(), language="en")


def _list(*, of: str = "", problem: str = "", must_verify: bool = False) -> str:
    """List what waits; `of` is the organization whose form is shown again."""
    site = the_site()
    with reading(site.database) as session:
        return render_template(
            "staff/claims.html",
            waiting=_claimed(session),
            hold=HOLD,
            now=site.now(),
            of=of,
            problem=problem,
            must_verify=must_verify,
            reason=typed("reason"),
        )


def claims_known(session: Session) -> Sequence[Claim]:
    """Return the claims that wait, but those that the person may not know of."""
    unknown = withheld()
    return [
        made
        for made in in_waiting(session)
        if not unknown.holds_organization(made.organization_id)
    ]


def _claimed(session: Session) -> Sequence[Claimed]:
    known = the_listings().organizations
    of: dict[str, list[Claim]] = {}
    for made in claims_known(session):
        of.setdefault(made.organization_id, []).append(made)
    return [
        Claimed(
            organization_id=owner,
            name=known[owner].full_name if owner in known else "",
            has_contact=_has_contact(session, owner),
            claims=claims,
        )
        for owner, claims in of.items()
    ]


def _has_contact(session: Session, organization_id: str) -> bool:
    organization = session.get(Organization, organization_id)
    return organization is not None and mail_address(organization.email) is not None


def _show(
    claim_id: str, *, problem: str = "", must_verify: bool = False, status: int = 200
) -> ResponseReturnValue:
    site = the_site()
    with reading(site.database) as session:
        made = _known(session, claim_id)
        shown = render_template(
            "staff/claim.html",
            claim=made,
            question=question_of(session, made.id) if made.asked else None,
            has_contact=_has_contact(session, made.organization_id),
            organization=the_listings().organizations.get(made.organization_id),
            open_from=made.made_at + HOLD,
            now=site.now(),
            problem=problem,
            must_verify=must_verify,
            checked=typed("checked"),
            reason=typed("reason"),
        )
    return shown, status
