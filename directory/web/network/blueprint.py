"""The blueprint of hidden listings."""

from flask import Blueprint

from directory.web.bilingual import pages_of

blueprint = Blueprint("network", __name__)
page = pages_of(blueprint)
