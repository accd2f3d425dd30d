"""One's own account: what it is, and where one is signed in."""

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from directory.accounts.keeping import sign_out
from directory.accounts.person import Person
from directory.accounts.signing_in import revoke, sign_ins
from directory.database import writing
from directory.keys import key_digest
from directory.web.accounts.blueprint import page
from directory.web.accounts.guard import needs, the_person
from directory.web.accounts.sessions import KEY
from directory.web.site import the_site


@page("/account")
@needs()
def home() -> ResponseReturnValue:
    """Say who is signed in, and lead to what can be changed."""
    return render_template("accounts/home.html", person=the_person())


@page("/account/sessions", methods=("GET", "POST"))
@needs()
def sessions() -> ResponseReturnValue:
    """Show where one is signed in, and end that."""
    site, person = the_site(), the_person()
    if request.method == "POST":
        if "everywhere" in request.form:
            return _end_everywhere(person)
        revoke(site.database, person, request.form.get("sign_in", ""))
        return redirect(url_for("account.sessions"), 303)
    found = sign_ins(site.database, person, now=site.now())
    here = key_digest(session[KEY])
    return render_template("accounts/sessions.html", sign_ins=found, here=here)


def _end_everywhere(person: Person) -> ResponseReturnValue:
    with writing(the_site().database) as database:
        sign_out(database, database.get_one(Person, person.id))
    session.clear()
    response: Response = redirect(url_for("security.login"), 303)  # type: ignore[assignment]
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
