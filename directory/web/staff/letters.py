"""Letters: what waits, what did not arrive, who does not answer."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory.accounts import Role, may_see_network
from directory.curation.desk.flags import flags_of_letters
from directory.curation.desk.mailbox import (
    failed_letters,
    mailbox,
    unanswered_letters,
)
from directory.curation.history import Action, Deed, record
from directory.curation.records.subject import organization_subject
from directory.curation.verification import doubtful_addresses, trust_address
from directory.database import reading, writing
from directory.web.accounts.guard import needs, the_person
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.seeing import the_listings
from directory.web.staff.words import FAILURES, FLAGS, LETTERS, age_text


@page("/staff/letters")
@needs(Role.COORDINATOR)
def letters() -> ResponseReturnValue:
    """Show how it stands with the letters."""
    site, known = the_site(), the_listings()
    now = site.now()
    with reading(site.database) as session:
        doubtful = doubtful_addresses(session)
        unanswered = unanswered_letters(session)
        return render_template(
            "staff/letters.html",
            mailbox=mailbox(session, now),
            is_set_up=site.settings.mail_url is not None,
            failed=failed_letters(session, now),
            # A letter can be to an organization whose existence is hidden.
            may_know_all=may_see_network(the_person(), now),
            doubtful=[d for d in doubtful if d.organization_id in known.organizations],
            unanswered=[
                u for u in unanswered if u.organization_id in known.organizations
            ],
            flags=flags_of_letters(known, now.date()),
            organizations=known.organizations,
            kinds=LETTERS,
            failures=FAILURES,
            flag_texts=FLAGS,
            age_text=age_text,
            now=now,
        )


@page("/staff/letters/<organization_id>/trust", methods=("POST",))
@needs(Role.COORDINATOR)
def trust(organization_id: str) -> ResponseReturnValue:
    """Write to an address again that was doubtful."""
    site, address = the_site(), request.form.get("address", "")
    if organization_id not in the_listings().organizations or not address:
        abort(404)
    with writing(site.database) as session:
        trust_address(session, organization_id, address)
        deed = Deed(
            actor=myself(),
            action=Action.SETTLE,
            subject=str(organization_subject(organization_id)),
            organization_id=organization_id,
            why="Letters go to the mail address on record again.",
        )
        record(session, deed, now=site.now())
    return redirect(url_for("staff.letters"), 303)
