"""The form of a listing: shown, taken, and given back with all that was typed.

The same for whoever signed in, whoever holds a letter, and staff: each comes with an
`Access`, which says whose listings may be opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.curation.actor import ActorKind, read_actor
from directory.curation.correction import Typed, correct, fields_of
from directory.curation.correction.conflict import earlier, last_change, merged
from directory.curation.history.reading import Entry
from directory.curation.records.dossier import Dossier
from directory.curation.records.subject import (
    Subject,
    organization_subject,
    service_subject,
)
from directory.database import reading
from directory.web.accounts.guard import is_fresh
from directory.web.difference import RecordDifference, difference
from directory.web.portal.access import Access
from directory.web.portal.forms import ListingForm, SentForm, read_sent, the_book
from directory.web.portal.forms.book import groups_of_terms
from directory.web.portal.forms.inherited import inherited
from directory.web.portal.taking import Became, Order, Outcome, take
from directory.web.portal.waiting import waiting_here
from directory.web.site import the_site
from directory.web.texts import format_date, gettext
from directory.web.texts import lazy_gettext as _

_STATUS = {
    Became.SAME: 200,
    Became.FAULTY: 422,
    Became.STALE: 409,
    Became.UNPROVEN: 401,
    Became.TOO_MANY: 429,
}


def edit_service(access: Access, service_id: str) -> ResponseReturnValue:
    """Show the form of a service, or take it."""
    return _answer(access, service_subject(service_id))


def edit_organization(access: Access) -> ResponseReturnValue:
    """Show the form of the organization, or take it."""
    return _answer(access, organization_subject(access.organization_id))


def _answer(access: Access, subject: Subject) -> ResponseReturnValue:
    if request.method == "POST":
        return _taken(access, subject)
    with reading(the_site().database) as session:
        dossier = access.dossier(session, subject)
    return _page(access, ListingForm.of(dossier, the_book()))


def _taken(access: Access, subject: Subject) -> ResponseReturnValue:
    site, sent = the_site(), read_sent(request.form)
    outcome = take(
        Order(
            access=access,
            subject=subject,
            sent=sent,
            book=the_book(),
            site=site,
            now=site.now(),
            proven=lambda: not access.is_signed_in or is_fresh(),
        )
    )
    if outcome.proposals:
        site.postman.nudge()
    if outcome.became is Became.SENT:
        return redirect(_address_of(access, outcome.proposals), 303)
    return _given_back(access, sent, outcome)


def _address_of(access: Access, proposals: Sequence[str]) -> str:
    first, *others = proposals
    return access.address("proposal", proposal_id=first, also=others)


def _given_back(
    access: Access, sent: SentForm, outcome: Outcome
) -> ResponseReturnValue:
    """Return the form with all that was typed, and what is to be done about it."""
    rival = None
    if outcome.became is Became.STALE:
        with reading(the_site().database) as session:
            sent, rival = _rival(session, access, sent, outcome.dossier)
    form = ListingForm.again(outcome.dossier, sent, the_book(), outcome.faults)
    page = _page(access, form, outcome=outcome, rival=rival)
    return page, _STATUS[outcome.became]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What somebody else made of a listing, beside what was typed about it.

    `last` is the last change on record; a load of data leaves none.
    """

    records: Sequence[RecordDifference]
    last: Entry | None


def _rival(
    session: Session, access: Access, sent: SentForm, dossier: Dossier
) -> tuple[SentForm, Rival]:
    """Return the form with another's fields where nothing was typed, and both sides."""
    book = the_book()
    before = earlier(session, dossier, sent.version)
    if before is not None:
        fields = merged(
            sent.typed.fields, fields_of(before, book), fields_of(dossier, book)
        )
        typed = Typed(fields)
    else:
        typed = sent.typed
    wanted = correct(
        dossier, typed, book=book, said_by=access.said_by, day=the_site().now().date()
    )
    kept = SentForm(typed=typed, version=dossier.version, once=sent.once, why=sent.why)
    return kept, Rival(
        records=difference(session, (*wanted.hiding, *wanted.patch)),
        last=last_change(session, dossier),
    )


def _page(
    access: Access,
    form: ListingForm,
    *,
    outcome: Outcome | None = None,
    rival: Rival | None = None,
) -> str:
    with reading(the_site().database) as session:
        return render_template(
            "portal/edit.html",
            access=access,
            form=form,
            groups=groups_of_terms(),
            inherited=inherited(session, form.dossier),
            waiting=waiting_here(session, access, form.dossier.subject),
            outcome=outcome,
            rival=rival,
            changed_by=_changed_by,
        )


def _changed_by(last: Entry) -> str:
    """Return who changed a listing last, and when; staff are not named."""
    kind = read_actor(last.actor).kind
    at = last.at.astimezone(the_site().now().tzinfo)
    who = str(_WHO.get(kind, kind.value))
    return gettext(
        "Changed by %(who)s on %(day)s.", who=who, day=format_date(at.date(), "long")
    )


_WHO = {
    ActorKind.STAFF: _("a coordinator"),
    ActorKind.PROVIDER: _("somebody of the organization, signed in"),
    ActorKind.CONTACT: _("somebody of the organization, by the link in an email"),
    ActorKind.PROGRAM: _("a load of data"),
}
