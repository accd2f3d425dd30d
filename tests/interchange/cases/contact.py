"""Web sites, e-mail, and whether anybody can be reached."""

from tests.builders.packages import organization, phone, service
from tests.interchange.cases.scenes import Fires, Silent, Tables, reached

_SITE = "error web_address: organizations.csv 1 website"
_URL = "error web_address: services.csv 1 url"


def _site(website: str) -> Tables:
    """Return a body with that website, read on a page of the government."""
    read_on = {"source": "https://www.wake.gov/help"}
    return {
        "organizations": [organization(website=website, **read_on)],
        "services": [service(**read_on)],
    }


FIRES: Fires = [
    (_site("javascript:alert(1)"), _SITE),
    (_site("https://good.org@evil.org"), _SITE),
    (_site("https://good.org/a b"), _SITE),
    ({"services": [service(url="example.org")]}, _URL),
    ({"services": [service(url="https://[bad")]}, _URL),
    (
        {"services": [service(email="help at x.org")]},
        "error email: services.csv 1 email",
    ),
    (
        {"organizations": [organization(email="a@b@c.org")]},
        "error email: organizations.csv 1 email",
    ),
    (reached(), "error no_contact: services.csv 1"),
    (
        {**reached(), "phones": [phone(type="fax", basis="second_hand")]},
        "error no_contact: services.csv 1",
    ),
    (reached(access="through_211"), "warning number_missing: services.csv 1"),
    (
        {"services": [service(email="harbor.house@gmail.com")]},
        "warning personal_email: services.csv 1 email",
    ),
    (
        {"organizations": [organization(email="mary.smith@example.org")]},
        "warning personal_email: organizations.csv 1 email",
    ),
    (
        {"organizations": [organization(website="http://example.org")]},
        "info https: organizations.csv 1 website",
    ),
]

SILENT: Silent = [
    (
        "web_address",
        {"organizations": [organization(website="https://a.example.org/x?y=1#z")]},
    ),
    ("email", {"services": [service(email="help+now@example.org")]}),
    ("no_contact", {**reached(), "phones": [phone(basis="second_hand")]}),
    ("no_contact", reached(url="https://example.org")),
    ("no_contact", reached(email="help@example.org")),
    ("no_contact", reached(status="defunct")),
    ("number_missing", reached(access="through_211", email="help@example.org")),
    ("personal_email", {"services": [service(email="info@example.org")]}),
    ("https", {"services": [service(url="https://example.org")]}),
]
