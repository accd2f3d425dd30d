"""The counties that a service serves."""

from tests.builders.packages import area, location, organization, service
from tests.interchange.cases.scenes import Fires, Silent

_SEVEN = "People in seven counties."

FIRES: Fires = [
    ({"service_areas": [area(fips="37002")]}, "error county: service_areas.csv 1 fips"),
    ({"service_areas": [area(fips="Wake")]}, "error county: service_areas.csv 1 fips"),
    (
        {"locations": [location(county_fips="45001")]},
        "error county: locations.csv 1 county_fips",
    ),
    (
        {"services": [service(coverage="complete")]},
        "error area: services.csv 1 coverage",
    ),
    (
        {"services": [service(coverage="statewide")], "service_areas": [area()]},
        "error area: services.csv 1 coverage",
    ),
    (
        {
            "services": [service(coverage="complete", description=_SEVEN)],
            "service_areas": [area()],
        },
        "error county_count: services.csv 1 coverage",
    ),
    (
        {"services": [service(area_note=_SEVEN)], "service_areas": [area()]},
        "warning counties_missing: services.csv 1 coverage",
    ),
    (
        {"services": [service(area_note="A 46-county area")]},
        "warning counties_missing: services.csv 1 coverage",
    ),
    (
        {
            "services": [service(coverage="complete", basis="second_hand")],
            "service_areas": [area()],
        },
        "warning complete_basis: services.csv 1 coverage",
    ),
]

SILENT: Silent = [
    ("county", {"service_areas": [area(fips="37001")]}),
    ("area", {"services": [service(coverage="complete")], "service_areas": [area()]}),
    ("area", {"services": [service(coverage="statewide")]}),
    (
        "county_count",
        {
            "services": [service(coverage="complete", area_note="Two counties")],
            "service_areas": [area(), area(id="w2", fips="37063")],
        },
    ),
    (
        "counties_missing",
        {"services": [service(area_note="And three other counties, 10 more counties")]},
    ),
    (
        "counties_missing",
        {"services": [service(area_note="Also 10 counties of South Carolina")]},
    ),
    (
        "counties_missing",
        {"services": [service(coverage="statewide", area_note="All 100 counties")]},
    ),
    (
        "complete_basis",
        {
            "organizations": [organization(kind="public_agency")],
            "services": [service(coverage="complete", basis="system")],
            "service_areas": [area()],
        },
    ),
]
