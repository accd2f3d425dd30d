"""The blueprints of accounts: one's own, and everybody's for administrators."""

from flask import Blueprint

from directory.web.bilingual import pages_of

account = Blueprint("account", __name__)
page = pages_of(account)

accounts = Blueprint("accounts", __name__)
staff_page = pages_of(accounts)
