"""What a provider sent: what it changes, whether it is public, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.curation.overview import is_theirs
from directory.curation.proposals import Proposal, State
from directory.curation.proposals.review import AnsweredError, in_the_way, withdraw
from directory.curation.records.patch import loads
from directory.curation.records.showing import hides
from directory.database import reading, writing
from directory.web.difference import RecordDifference, difference
from directory.web.finding import FindingText, finding_texts
from directory.web.portal.access import Access
from directory.web.site import the_site


@dataclass(frozen=True, slots=True, kw_only=True)
class SentChange:
    """A proposal with what it changes, in words."""

    proposal: Proposal
    records: Sequence[RecordDifference]
    telling: Sequence[FindingText] = ()
    """Texts that may still tell where a place is that it hides."""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.proposal.state is State.WAITING


def show_proposal(access: Access, proposal_id: str) -> ResponseReturnValue:
    """Show what was sent, or take it back."""
    if request.method == "POST":
        return _taken_back(access, proposal_id)
    return _page(access, proposal_id)


def _taken_back(access: Access, proposal_id: str) -> ResponseReturnValue:
    site = the_site()
    with writing(site.database) as session:
        proposal = _theirs(session, access, proposal_id)
        if proposal.actor != str(access.actor):
            abort(404)
        try:
            withdraw(session, proposal, by=access.actor, now=site.now())
        except AnsweredError as error:
            answered = error.state
        else:
            answered = State.WITHDRAWN
    if answered is State.WITHDRAWN:
        return redirect(access.address("proposal", proposal_id=proposal_id), 303)
    return _page(access, proposal_id, too_late=True), 409


def _page(access: Access, proposal_id: str, *, too_late: bool = False) -> str:
    with reading(the_site().database) as session:
        change = _change(session, _theirs(session, access, proposal_id))
        also = [
            _change(session, _theirs(session, access, other))
            for other in request.args.getlist("also")[:2]
        ]
        return render_template(
            "portal/proposal.html",
            access=access,
            change=change,
            also=also,
            now=the_site().now(),
            too_late=too_late,
            may_withdraw=change.is_waiting
            and change.proposal.actor == str(access.actor),
        )


def _change(session: Session, proposal: Proposal) -> SentChange:
    waits = proposal.state is State.WAITING
    clashes = in_the_way(session, proposal) if waits else []
    patch = loads(proposal.patch)
    telling = (
        the_site().lint().telling(session, proposal.organization_id)
        if hides(patch)
        else ()
    )
    return SentChange(
        proposal=proposal,
        records=difference(session, patch, clashes),
        telling=finding_texts(telling),
    )


def _theirs(session: Session, access: Access, proposal_id: str) -> Proposal:
    """Return a proposal that came from the organization itself; 404 for any other."""
    proposal = session.get(Proposal, proposal_id)
    if (
        proposal is None
        or proposal.organization_id != access.organization_id
        or not (is_theirs(proposal) or proposal.actor == str(access.actor))
    ):
        abort(404)
    return proposal
