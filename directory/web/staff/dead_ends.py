"""Listings that lead nowhere."""

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.accounts import Role
from directory.curation.desk.dead_ends import dead_ends as dead_ends_of
from directory.web.accounts.guard import needs
from directory.web.site import the_site
from directory.web.staff.blueprint import page
from directory.web.staff.seeing import the_listings


@page("/staff/dead-ends")
@needs(Role.COORDINATOR)
def dead_ends() -> ResponseReturnValue:
    """List what leads a person who calls to nobody."""
    found = dead_ends_of(the_listings(), the_site().now().date())
    return render_template("staff/dead_ends.html", found=found)
