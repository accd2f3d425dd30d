"""Claims on the desk: who asks, what the contact says, and the two yeses."""

import datetime as dt

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.accounts.joining import AccountError, Invitee, invite
from directory.accounts.membership import Membership
from directory.accounts.people import by_email
from directory.curation.actor import Actor, ActorKind
from directory.curation.claims import (
    HOLD,
    Claim,
    HeldError,
    agree,
    in_waiting,
    refuse,
)
from directory.curation.proposals.review import AnsweredError, SecondPersonError
from directory.database import reading, writing
from directory.web.accounts.guard import needs, the_person
from directory.web.accounts.letters import invited, write
from directory.web.site import the_site
from directory.web.staff.blueprint import page
from directory.web.texts import gettext


@page("/staff/claims")
@needs(Role.COORDINATOR)
def claims() -> ResponseReturnValue:
    """List the claims that wait, the oldest first."""
    site = the_site()
    with reading(site.database) as session:
        return render_template(
            "staff/claims.html",
            claims=in_waiting(session),
            organizations=site.snapshot().organizations,
            hold=HOLD,
            now=site.now(),
        )


@page("/staff/claims/<claim_id>", methods=("GET",))
@needs(Role.COORDINATOR)
def claim(claim_id: str) -> ResponseReturnValue:
    """Show one claim."""
    return _show(claim_id)


@page("/staff/claims/<claim_id>/answer", methods=("POST",))
@needs(Role.COORDINATOR, fresh=True)
def answer_claim(claim_id: str) -> ResponseReturnValue:
    """Say yes or no to a claim; after the second yes the claimant is invited."""
    site = the_site()
    by = Actor(kind=ActorKind.STAFF, id=the_person().id)
    try:
        with writing(site.database) as session:
            made = session.get(Claim, claim_id)
            if made is None:
                abort(404)
            if request.form.get("answer") == "no":
                reason = request.form.get("reason", "")[:500]
                refuse(session, made, by=by, reason=reason, now=site.now())
            else:
                checked = request.form.get("checked", "")[:500]
                if agree(session, made, by=by, checked=checked, now=site.now()):
                    _give_account(session, made, now=site.now())
    except (AccountError, AnsweredError, HeldError) as error:
        return _show(claim_id, problem=str(error), status=409)
    except SecondPersonError as error:
        return _show(claim_id, problem=str(error), status=403)
    site.postman.nudge()
    return _show(claim_id)


def _give_account(session: Session, made: Claim, *, now: dt.datetime) -> None:
    """Invite the claimant, or add the organization to the account that they have."""
    person = by_email(session, made.email)
    if person is not None and person.joined_at is not None:
        if Role.PROVIDER not in person.roles:
            raise AccountError(gettext("This person is of the staff."))
        session.merge(
            Membership(person_id=person.id, organization_id=made.organization_id)
        )
        return
    invitee = Invitee(
        email=made.email,
        name=made.name,
        roles=frozenset({Role.PROVIDER}),
        organizations=frozenset({made.organization_id}),
    )
    person, key = invite(session, invitee, now=now)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    words = invited(app, key, "en")
    write(session, person, words, site=the_site(), language="en")


def _show(
    claim_id: str, *, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    site = the_site()
    with reading(site.database) as session:
        made = session.get(Claim, claim_id)
        if made is None:
            abort(404)
        shown = render_template(
            "staff/claim.html",
            claim=made,
            organization=site.snapshot().organizations.get(made.organization_id),
            open_from=made.made_at + HOLD,
            now=site.now(),
            problem=gettext(problem) if problem else "",
        )
    return shown, status
