"""Accounts of everybody, for administrators."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Person, Role, joining, keeping, may_see_network
from directory.accounts.joining import AccountError, Invitee
from directory.curation.actor import Actor, ActorKind
from directory.curation.history.accounts import note_account, note_gain
from directory.database import writing
from directory.sentence import Sentence
from directory.web.accounts.blueprint import staff_page
from directory.web.accounts.guard import is_fresh, needs, the_person
from directory.web.accounts.letters import invited, write
from directory.web.language import Language
from directory.web.site import the_site
from directory.web.texts import gettext as _
from directory.web.texts import translated

_Do = Callable[[Session, Person], None]


@staff_page("/staff/accounts", methods=("GET", "POST"))
@needs(Role.ADMINISTRATOR)
def everybody() -> ResponseReturnValue:
    """List the people, and invite one."""
    problem = ""
    if request.method == "POST":
        if not is_fresh():
            problem = _("Show again who you are, then send this form once more.")
        else:
            try:
                return _opened(_invite())
            except AccountError as error:
                problem = translated(error.sentence)
    people = keeping.everybody(the_site().database)
    status = 422 if problem else 200
    return render_template(
        "accounts/everybody.html",
        people=people,
        organizations=_organizations(),
        problem=problem,
        must_verify=request.method == "POST" and not is_fresh(),
    ), status


@staff_page("/staff/accounts/<person_id>")
@needs(Role.ADMINISTRATOR)
def one(person_id: str) -> ResponseReturnValue:
    """Show one person, and what can be done with their account."""
    return _shown(person_id)


@staff_page("/staff/accounts/<person_id>/roles", methods=("POST",))
@needs(Role.ADMINISTRATOR, fresh=True)
def roles(person_id: str) -> ResponseReturnValue:
    """Say which roles a person holds, and which organizations they speak for."""
    held, ids = _ticked_roles(), _typed_organizations()

    def change(session: Session, person: Person) -> None:
        if person.id == the_person().id and Role.ADMINISTRATOR not in held:
            raise AccountError(Sentence("You cannot take your own role away."))
        _refuse_mismatch(person, held, ids)
        given, taken = keeping.give_roles(person, held, now=the_site().now())
        _note_each(session, person, given, "role_given")
        _note_each(session, person, taken, "role_taken")
        if given:
            _note_gain(session, person, given)
        came, went = keeping.give_organizations(session, person, ids)
        _note_each(session, person, came, "membership_given")
        _note_each(session, person, went, "membership_taken")

    return _do(person_id, change)


@staff_page("/staff/accounts/<person_id>/disable", methods=("POST",))
@needs(Role.ADMINISTRATOR, fresh=True)
def disable(person_id: str) -> ResponseReturnValue:
    """Let a person in no more."""

    def change(session: Session, person: Person) -> None:
        if person.id == the_person().id:
            raise AccountError(Sentence("You cannot close your own account."))
        keeping.disable(session, person)
        _note(session, person, "disabled")

    return _do(person_id, change)


@staff_page("/staff/accounts/<person_id>/enable", methods=("POST",))
@needs(Role.ADMINISTRATOR, fresh=True)
def enable(person_id: str) -> ResponseReturnValue:
    """Let a person in again."""

    def change(session: Session, person: Person) -> None:
        keeping.enable(person)
        _note(session, person, "enabled")
        _note_gain(session, person, person.roles)

    return _do(person_id, change)


@staff_page("/staff/accounts/<person_id>/sign-out", methods=("POST",))
@needs(Role.ADMINISTRATOR, fresh=True)
def sign_out(person_id: str) -> ResponseReturnValue:
    """End all sign-ins of a person."""

    def change(session: Session, person: Person) -> None:
        keeping.sign_out(session, person)
        _note(session, person, "signed_out")

    return _do(person_id, change)


@staff_page("/staff/accounts/<person_id>/reset-totp", methods=("POST",))
@needs(Role.ADMINISTRATOR, fresh=True)
def reset_totp(person_id: str) -> ResponseReturnValue:
    """Let a person who lost their phone set up another."""

    def change(session: Session, person: Person) -> None:
        keeping.reset_totp(session, person)
        _note(session, person, "totp_reset")

    return _do(person_id, change)


def _refuse_mismatch(
    person: Person, held: frozenset[Role], ids: frozenset[str]
) -> None:
    """Raise `AccountError` for roles that do not fit, and say what to do."""
    if ids and Role.PROVIDER not in held:
        raise AccountError(
            Sentence(
                "Only a provider has organizations. Untick the organizations as well,"
                " or tick the role."
            )
        )
    if Role.PROVIDER in held and not ids:
        raise AccountError(
            Sentence(
                "A provider needs an organization. To take the last one away, untick"
                " the role of provider as well."
            )
        )
    if not held and Role.PROVIDER not in person.roles:
        raise AccountError(
            Sentence(
                "A person needs a role. To let them in no more, close the account."
            )
        )


def _invite() -> str:
    """Invite who was typed, write to them, and return their id."""
    site = the_site()
    language: Language = "es" if request.form.get("language") == "es" else "en"
    invitee = Invitee(
        email=request.form.get("email", ""),
        name=request.form.get("name", ""),
        roles=_ticked_roles(),
        organizations=_typed_organizations(),
    )
    with writing(site.database) as session:
        person, key = joining.invite(session, invitee, now=site.now())
        app: Any = current_app
        words = invited(app._get_current_object(), key, language)  # noqa: SLF001 - the only way out of a proxy
        write(session, person, words, site=site, language=language)
        _note(session, person, "invited")
        _note_each(session, person, invitee.roles, "role_given")
        _note_each(session, person, invitee.organizations, "membership_given")
        _note_gain(session, person, invitee.roles)
        invited_id = person.id
    site.postman.nudge()
    return invited_id


def _do(person_id: str, change: _Do) -> ResponseReturnValue:
    """Change an account, and show it again."""
    site = the_site()
    try:
        with writing(site.database) as session:
            person = session.get(Person, person_id)
            if person is None:
                abort(404)
            change(session, person)
    except AccountError as error:
        return _shown(person_id, problem=translated(error.sentence)), 422
    return _opened(person_id)


def _shown(person_id: str, problem: str = "") -> str:
    person = keeping.one(the_site().database, person_id)
    if person is None:
        abort(404)
    return render_template(
        "accounts/one.html",
        person=person,
        organizations=_organizations(),
        problem=problem,
    )


def _opened(person_id: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.one", person_id=person_id), 303)


def _organizations() -> Mapping[str, str]:
    """Return the organizations that the person may know of: names by id, in order."""
    site = the_site()
    approved = may_see_network(the_person(), site.now())
    seen = site.network() if approved else site.snapshot()
    found = ((key, one.full_name) for key, one in seen.organizations.items())
    return dict(sorted(found, key=lambda pair: (pair[1].casefold(), pair[0])))


def _ticked_roles() -> frozenset[Role]:
    return frozenset(
        role for role in Role if role.value in request.form.getlist("role")
    )


def _typed_organizations() -> frozenset[str]:
    return frozenset(request.form.getlist("organization")) - {""}


def _note_each(
    session: Session, person: Person, details: Iterable[str], action: str
) -> None:
    for detail in sorted(details):
        _note(session, person, action, str(detail))


def _note_gain(session: Session, person: Person, roles: Iterable[Role]) -> None:
    by, now = Actor(kind=ActorKind.STAFF, id=the_person().id), the_site().now()
    note_gain(session, person.id, roles, by=by, now=now)


def _note(session: Session, person: Person, action: str, detail: str = "") -> None:
    by, now = Actor(kind=ActorKind.STAFF, id=the_person().id), the_site().now()
    note_account(session, person.id, action, detail, by=by, now=now)
