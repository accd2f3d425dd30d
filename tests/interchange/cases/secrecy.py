"""Hidden places: what would tell where one is."""

from tests.builders.packages import (
    address,
    area,
    language,
    organization,
    phone,
    rule,
    schedule,
    service,
)
from tests.interchange.cases.scenes import (
    Fires,
    Silent,
    held,
    hidden,
    next_door,
    office,
    several,
    shelter,
)

STREET = "Come to 12 Oak Street"
_HELD = "error hidden_held: locations.csv 1"
_TOLD = "error hidden_place: services.csv 1 description"
_HINT = "warning hidden_hint: services.csv 1 description"
_BODY = "error hidden_place: organizations.csv 1"

FIRES: Fires = [
    (held(visibility="county", latitude="35.7"), f"{_HELD} latitude"),
    (held(visibility="network", longitude="-78.6"), f"{_HELD} longitude"),
    (held(visibility="region", county_fips="37183"), f"{_HELD} county_fips"),
    (held(visibility="statewide", region="Piedmont"), f"{_HELD} region"),
    (
        {**held(visibility="county"), "addresses": [address()]},
        "error hidden_held: addresses.csv 1 location_id",
    ),
    (hidden(description=STREET), _TOLD),
    (hidden(description="Come to 12 oak street"), _TOLD),
    (hidden(description="It is on Oak Street"), _TOLD),
    (hidden(description="At the corner of Main and Third"), _TOLD),
    (hidden("network", description="In 28801"), _TOLD),
    (hidden(description="At 35.5951, -82.5515"), _TOLD),
    (hidden(description="Look for 867F8CWX+2Q"), _TOLD),
    (hidden(description="https://maps.app.goo.gl/x"), _TOLD),
    (hidden(description="The house behind the Baptist church"), _TOLD),
    (hidden(description="The house near the county courthouse"), _TOLD),
    (hidden(description="There is a bus stop at the door"), _TOLD),
    (hidden(description="Take I-40 and leave at exit 65"), _TOLD),
    (hidden("region", description="A house in Hendersonville"), _TOLD),
    (hidden("region", description="The Hendersonville house"), _TOLD),
    (hidden("region", description="Hendersonville's house"), _TOLD),
    (hidden("statewide", description="A house in hendersonville"), _TOLD),
    (hidden("region", description="A house in Clyde"), _TOLD),
    # The place that shows the least counts.
    (several("public", "region", description="A house in Hendersonville"), _TOLD),
    (several("county", "region", description="A house in Hendersonville"), _TOLD),
    (several("public", "county", description=STREET), _TOLD),
    (
        hidden("region", name="Hendersonville house"),
        "error hidden_place: services.csv 1 name",
    ),
    (
        hidden(url="https://example.org/12-oak-street"),
        "error hidden_place: services.csv 1 url",
    ),
    (
        hidden(url="https://example.org/?at=35.5951,-82.5515"),
        "error hidden_place: services.csv 1 url",
    ),
    (
        hidden("region", url="https://example.org/asheville/"),
        "error hidden_place: services.csv 1 url",
    ),
    (
        {**hidden(), "organizations": [organization(description=STREET)]},
        f"{_BODY} description",
    ),
    (
        {**hidden(), "organizations": [organization(alternate_name=STREET)]},
        f"{_BODY} alternate_name",
    ),
    (
        {**hidden("region"), "organizations": [organization(name="Asheville House")]},
        f"{_BODY} name",
    ),
    (
        {
            **hidden(),
            "organizations": [
                organization(website="https://www.google.com/maps/place/x"),
            ],
            "services": [service(url="https://example.org")],
        },
        f"{_BODY} website",
    ),
    (
        {**hidden(), "phones": [phone(description=STREET)]},
        "error hidden_place: phones.csv 1 description",
    ),
    (
        {
            **hidden(),
            "phones": [phone(organization_id="", service_id="s", description=STREET)],
        },
        "error hidden_place: phones.csv 1 description",
    ),
    (
        {**hidden(), "eligibility_rules": [rule(note=STREET)]},
        "error hidden_place: eligibility_rules.csv 1 note",
    ),
    (
        {**hidden(), "languages": [language(note=STREET)]},
        "error hidden_place: languages.csv 1 note",
    ),
    (
        {**hidden(), "schedules": [schedule(description=STREET)]},
        "error hidden_place: schedules.csv 1 description",
    ),
    (hidden(area_note=STREET), "error hidden_place: services.csv 1 area_note"),
    (hidden(alert=STREET), "error hidden_place: services.csv 1 alert"),
    (
        next_door(description=STREET),
        "error hidden_place: services.csv 2 description",
    ),
    (
        {
            **hidden("region"),
            "service_areas": [area()],
        },
        "error hidden_area: service_areas.csv 1 fips",
    ),
    (
        {**hidden(), "organizations": [organization(history=STREET)]},
        "error hidden_note: organizations.csv 1 history",
    ),
    (hidden(description="A house in Hendersonville"), _HINT),
    (hidden("region", description="Clyde gave the house"), _HINT),
    (hidden("region", description="A house in Wake County"), _HINT),
    (hidden(name="Oak Street House"), "warning hidden_hint: services.csv 1 name"),
    (
        {
            **hidden("region"),
            "organizations": [organization(county_label="Wake County")],
        },
        "warning hidden_hint: organizations.csv 1 county_label",
    ),
]

SILENT: Silent = [
    ("hidden_held", held(visibility="county", county_fips="37183", region="Piedmont")),
    ("hidden_held", held(visibility="region", region="Piedmont")),
    (
        "hidden_held",
        {**held(latitude="35.7", longitude="-78.6"), "addresses": [address()]},
    ),
    ("hidden_place", hidden(description="Somebody at your side, day and night.")),
    ("hidden_place", hidden(description="Since 2026 Family Court has sent people.")),
    ("hidden_place", hidden(description="With forms I-485 and I-914, and $27500.")),
    ("hidden_place", hidden(description="The people behind the line.")),
    ("hidden_place", hidden(description="NC 211 knows more. Stay up to 90 days.")),
    ("hidden_place", hidden(url="https://example.org/our-services?page=2#top")),
    ("hidden_place", office(description=STREET)),
    ("hidden_hint", hidden(description="A house in Wake County.")),
    ("hidden_hint", hidden(description="Clyde gave the house.")),
    (
        "hidden_hint",
        # The town of the public office may stand beside the hidden house.
        {
            **shelter("region"),
            "organizations": [organization(description="An office in Raleigh.")],
            "locations": [
                *shelter("region")["locations"],
                {**office()["locations"][0], "id": "l2"},
            ],
            "addresses": [{"id": "d", "location_id": "l2", "city": "Raleigh"}],
        },
    ),
    (
        "hidden_area",
        {
            **hidden("region"),
            "service_areas": [area(), area(id="w2", fips="37063")],
        },
    ),
    ("hidden_area", {**hidden("county"), "service_areas": [area()]}),
    ("hidden_note", {**office(), "organizations": [organization(history=STREET)]}),
    ("hidden_note", {**hidden(), "organizations": [organization(history="Call.")]}),
]
