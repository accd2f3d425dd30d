"""What a template may put behind `href`: addresses of this site, and those passed here.

The projection lets no other address through; this is the second lock of the same door.
"""

from urllib.parse import quote

from flask import Flask, url_for

from directory.projection import Listing, OrganizationListing
from directory.projection.links import mail_address, web_address

NOWHERE = "#"
"""Where a link leads that may not lead where it says."""


def add_links(app: Flask) -> None:
    """Let the templates of `app` make links of what is stored."""
    app.jinja_env.filters.update(web_link=web_link, mail_link=mail_link)
    app.jinja_env.globals.update(
        listing_address=listing_address, organization_address=organization_address
    )


def listing_address(listing: Listing) -> str:
    """Return the address of the page of a service."""
    return url_for("public.service", service_id=listing.id)


def organization_address(organization: OrganizationListing) -> str:
    """Return the address of the page of an organization."""
    return url_for("public.organization", organization_id=organization.id)


def web_link(address: str | None) -> str:
    """Return what leads to a page on the web."""
    return web_address(address) or NOWHERE


def mail_link(address: str | None) -> str:
    """Return what opens a letter to one mailbox; a `?` in it would add more."""
    found = mail_address(address)
    return f"mailto:{quote(found, safe='@')}" if found else NOWHERE
