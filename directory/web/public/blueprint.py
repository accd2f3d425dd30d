"""The blueprint of the public pages."""

from flask import Blueprint

from directory.web.bilingual import pages_of

blueprint = Blueprint("public", __name__)
page = pages_of(blueprint)
