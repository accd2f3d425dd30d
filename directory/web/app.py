"""Makes the application from settings."""

from flask import Flask

from directory.paths import shipped
from directory.settings import Settings
from directory.web import match_api, operations, pages, static_files
from directory.web.accounts.security import add_accounts
from directory.web.bilingual import carry_language
from directory.web.claim import add_claims
from directory.web.errors import QuietFlask, handle_errors
from directory.web.headers import add_headers
from directory.web.join import add_joining
from directory.web.language import speak
from directory.web.limits import add_limits
from directory.web.links import add_links
from directory.web.network import pages as network_pages
from directory.web.portal import pages as portal_pages
from directory.web.report import add_reports
from directory.web.site import bind_site, open_site
from directory.web.staff import pages as staff_pages
from directory.web.unheld import refuse_nul

MAX_BODY = 256 * 1024
"""Bytes that a request may send; the longest needs form has a few thousand."""


def create_app(settings: Settings) -> Flask:
    """Return the site for `settings`. Nothing is read from the database yet."""
    path = static_files.prefix()
    app = QuietFlask(
        __name__,
        template_folder=str(shipped("templates")),
        static_folder=str(static_files.OWN),
        static_url_path=path,
    )
    app.config.update(
        # Not even FLASK_DEBUG opens a traceback to visitors.
        DEBUG=False,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_PARTS=500,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    bind_site(app.extensions, open_site(settings))
    speak(app)
    carry_language(app)
    refuse_nul(app)
    add_links(app)
    app.register_blueprint(operations.blueprint)
    app.register_blueprint(match_api.blueprint)
    pages.register(app)
    portal_pages.register(app)
    add_reports(app)
    add_claims(app)
    add_joining(app)
    staff_pages.register(app)
    network_pages.register(app)
    add_accounts(app)
    handle_errors(app)
    add_limits(app, proxies=settings.proxies, limited=settings.limits)
    static_files.serve_static(app, path)
    add_headers(app, https=settings.https)
    return app
