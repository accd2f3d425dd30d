"""Sites whose clock stands still, so that two of them can be compared."""

import datetime as dt
from dataclasses import fields
from typing import TypeVar

from flask import Flask
from typing_extensions import override

from directory.referral.request import ZONE
from directory.settings import Settings
from directory.web.app import create_app
from directory.web.site import Site, bind_site, site_of

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZONE)


class StoppedSite(Site):
    """A site at which it is always noon."""

    @override
    def now(self) -> dt.datetime:
        return NOON


S = TypeVar("S", bound=Site)


def stopped(settings: Settings) -> Flask:
    """Return the site for `settings`, at noon."""
    app = create_app(settings)
    bind_site(app.extensions, remade(site_of(app), StoppedSite))
    return app


def remade(site: Site, kind: type[S], **changes: object) -> S:
    """Return `site` as one of another `kind`, with some parts changed."""
    parts = {field.name: getattr(site, field.name) for field in fields(Site)}
    return kind(**{**parts, **changes})
