"""The same body twice, or two under one name."""

from tests.builders.packages import area, attribute, organization, service
from tests.interchange.cases.scenes import (
    Fires,
    Silent,
    Tables,
    second_owner,
    two_bodies,
    two_services,
)


def _in_one_county(tables: Tables) -> Tables:
    """Give each of two organizations a service in the same county."""
    return {
        **tables,
        "services": [service(), service(id="s2", organization_id="o2", basis="system")],
        "attributes": [attribute(), attribute(id="a2", link_id="s2")],
        "service_areas": [area(), area(id="w2", service_id="s2")],
        "languages": [
            {"id": "n", "service_id": "s", "code": "es", "by": "staff"},
            {"id": "n2", "service_id": "s2", "code": "es", "by": "staff"},
        ],
    }


_TWIN = "warning near_duplicate: organizations.csv 1 name"
_SAME_SITE = {"website": "https://www.example.org", "source": "https://example.org"}

FIRES: Fires = [
    (
        {"service_areas": [area(id="s")]},
        "error duplicate_id: service_areas.csv 1 id",
    ),
    (two_services(), "error duplicate_service: services.csv 2 name"),
    (two_services(name="ADVOCACY"), "error duplicate_service: services.csv 2 name"),
    (
        {
            "organizations": [
                *two_bodies("SAFE", "Safe", county_label="Lenoir County")[
                    "organizations"
                ]
            ]
        },
        "warning same_name: organizations.csv 1 county_label",
    ),
    (_in_one_county(two_bodies("Rising Moon House", "Rising Moon, Inc.")), _TWIN),
    (_in_one_county(two_bodies("Partners Behavioral", "Partners Behavoral")), _TWIN),
    (two_bodies("Anchor House", "Anchor Home of Hope", **_SAME_SITE), _TWIN),
    # They share a number as parts of one would, and may be one.
    (
        {
            **second_owner(),
            "organizations": [
                organization(alternate_name="The Line; Safe Line"),
                organization(id="o2", name="Haven", alternate_name="The line"),
            ],
        },
        _TWIN,
    ),
]

SILENT: Silent = [
    ("duplicate_id", {"service_areas": [area()]}),
    ("duplicate_service", two_services(name="Advocacy for children")),
    (
        "same_name",
        {
            "organizations": [
                {**row, "county_label": label}
                for row, label in zip(
                    two_bodies("SAFE", "SAFE")["organizations"],
                    ("Lenoir County", "Harnett County"),
                    strict=True,
                )
            ]
        },
    ),
    # Two agencies of one county.
    (
        "near_duplicate",
        _in_one_county(
            two_bodies(
                "Wake County Department of Social Services",
                "Wake County Health Department",
            )
        ),
    ),
    # Two agencies of one kind.
    (
        "near_duplicate",
        two_bodies(
            "Wake County Social Services", "Durham County Social Services", **_SAME_SITE
        ),
    ),
    # Parts of one system.
    (
        "near_duplicate",
        two_bodies(
            "South Peak - Toe River Advocacy Center",
            "South Peak - Blue Ridge Advocacy Center",
            **_SAME_SITE,
        ),
    ),
    # A single word that is in both names.
    ("near_duplicate", _in_one_county(two_bodies("Ruth's House", "Ruth Ministries"))),
    # The same name, far away and unconnected.
    ("near_duplicate", two_bodies("Rising Moon House", "Rising Moon, Inc.")),
    # A part of the other.
    (
        "near_duplicate",
        two_bodies(
            "Rising Moon House", "Rising Moon", parent_organization_id="o", **_SAME_SITE
        ),
    ),
]
