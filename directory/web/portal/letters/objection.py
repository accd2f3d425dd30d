"""A change was asked for: was it not you? Answered from the link of a notice."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.curation.letters.topic import names_of_topics, topics_of
from directory.curation.links import (
    Link,
    LinkClosedError,
    Purpose,
    answered,
    opened,
)
from directory.curation.proposals import Proposal, State
from directory.curation.records.patch import loads
from directory.curation.verification import (
    proposal_of,
    published_alike,
    say_not_ours,
    waiting_alike,
    what_objection_did,
)
from directory.database import reading, writing
from directory.hsds import Organization
from directory.web.language import current_language
from directory.web.portal.blueprint import link_page
from directory.web.portal.letters.closed import closed_link
from directory.web.site import the_site


@link_page("/portal/object/<token>", methods=("GET", "POST"))
def objection(token: str) -> ResponseReturnValue:
    """Say what kind of change was asked for, and stop it if it is not theirs."""
    site = the_site()
    try:
        if request.method == "POST":
            return _stop(token)
        with reading(site.database) as session:
            link = opened(session, token, Purpose.OBJECT, now=site.now())
            return _show(session, link)
    except LinkClosedError:
        return closed_link()


def _show(session: Session, link: Link) -> ResponseReturnValue:
    proposal = _proposal(session, link)
    organization = session.get(Organization, proposal.organization_id)
    topics = topics_of(loads(proposal.patch))
    others = [
        one for one in waiting_alike(session, link, proposal) if one is not proposal
    ]
    now = the_site().now()
    return render_template(
        "portal/letters/objection.html",
        name=organization.name if organization else "",
        topics=names_of_topics(topics, current_language()),
        made_on=proposal.made_at.astimezone(now.tzinfo).date(),
        public=proposal.state is State.PUBLISHED,
        stopped=proposal.state in {State.REFUSED, State.WITHDRAWN},
        others=len(others),
        published=published_alike(session, link, proposal, now),
    )


def _stop(token: str) -> ResponseReturnValue:
    site = the_site()
    with writing(site.database) as session:
        link = answered(session, token, Purpose.OBJECT)
        if link is None:
            link = opened(session, token, Purpose.OBJECT, now=site.now())
            done = say_not_ours(session, link, now=site.now())
        else:
            done = what_objection_did(session, link)
    if done is None:
        raise LinkClosedError
    return render_template("portal/letters/objected.html", done=done)


def _proposal(session: Session, link: Link) -> Proposal:
    proposal = proposal_of(session, link)
    if proposal is None:
        raise LinkClosedError
    return proposal
