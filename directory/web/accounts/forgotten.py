"""A new password for whoever forgot theirs, without telling who has an account.

The answer is the same for everybody and comes equally soon: looking for the account and
writing to it happens behind it.
"""

import threading
from typing import Any

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from directory.accounts.people import People
from directory.database import writing
from directory.web.accounts.known_device import account_name
from directory.web.accounts.letters import forgot, write
from directory.web.accounts.tries import tries_of
from directory.web.language import Language, current_language
from directory.web.site import site_of


def forgotten() -> ResponseReturnValue:
    """Ask for an address, and promise a letter if it is one that we know."""
    email = request.form.get("email", "").strip()
    if request.method == "POST" and email:
        app: Any = current_app
        work = (app._get_current_object(), email, current_language())  # noqa: SLF001 - the only way out of a proxy
        threading.Thread(target=_write_to, args=work).start()
    sent = request.method == "POST" and bool(email)
    return render_template("security/forgot_password.html", sent=sent)


def _write_to(app: Flask, email: str, language: Language) -> None:
    site = site_of(app)
    with app.app_context():
        person = People(site.database).find_user(email=email)
        if person is None or not person.active:
            return
        if not tries_of(app).may_write(account_name(person.email)):
            return
        # Flask-Security adds a digest of the password, and never looks at it: the
        # first word is another one after each new password.
        serializer = app.extensions["security"].reset_serializer
        token = serializer.dumps([person.fs_uniquifier, None])
        words = forgot(app, str(token), language)
        with writing(site.database) as session:
            write(session, person, words, site=site, language=language)
        site.postman.nudge()
