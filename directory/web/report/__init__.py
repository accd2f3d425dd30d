"""Reports from users: what is wrong with a listing, told without an account.

A visitor has no cookie, so a form has no token. But a page elsewhere could let its own
visitors report, each from another address: what another site sends is refused.
"""

from flask import Flask

from directory.web.report.blueprint import blueprint
from directory.web.report.flags import flags_of
from directory.web.report.reporters import hold_reporters
from directory.web.report.views import report

__all__ = ["add_reports", "blueprint", "report"]


def add_reports(app: Flask) -> None:
    """Let `app` take reports, and show on listings what was told.

    It must be called before processes are forked: they share what names a reporter.
    """
    hold_reporters(app.extensions)
    app.jinja_env.globals["flags_of"] = flags_of
    app.register_blueprint(blueprint)
