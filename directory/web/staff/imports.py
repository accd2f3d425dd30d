"""Loads of data packages: when, what of, and what they did."""

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.history import Action
from directory.curation.history.reading import PAGE, Asked, entries
from directory.database import reading
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.acting import names_of_actors
from directory.web.staff.blueprint import before_event, page


@page("/staff/imports")
@needs(Role.COORDINATOR)
def imports() -> ResponseReturnValue:
    """List the loads, the newest first."""
    before = before_event()
    with reading(the_site().database) as session:
        found = entries(session, Asked(actions=(Action.LOAD,), before=before))
        names = names_of_actors(session, {entry.actor for entry in found})
    return render_template(
        "staff/imports.html",
        loads=found,
        names=names,
        older=found[-1].seq if len(found) == PAGE else None,
    )
