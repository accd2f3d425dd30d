"""The blueprints of providers: of those who signed in, and of those who got a letter.

A page that a letter's link opens bears no cookie and no token of a form: whoever holds
the link may answer, and nobody else can guess it.
"""

from flask import Blueprint

from directory.web.bilingual import pages_of

portal = Blueprint("portal", __name__, url_prefix="")
portal_link = Blueprint("portal_link", __name__, url_prefix="")
page = pages_of(portal)
link_page = pages_of(portal_link)
