"""Public places: which should not be, and what one lacks."""

from tests.builders.packages import SHELTER_TERM, attribute, rule
from tests.interchange.cases.scenes import (
    Fires,
    Silent,
    hidden,
    office,
    shelter,
)

_SHELTER = {"attributes": [attribute(taxonomy_term_id=SHELTER_TERM)]}
_RULED = {"eligibility_rules": [rule()]}
_FOR_SURVIVORS = {
    "eligibility_rules": [rule(attribute="victimization", values="domestic_violence")]
}

FIRES: Fires = [
    (
        {**office(), **_SHELTER, **_RULED},
        "warning public_residence: services.csv 1",
    ),
    ({**office(), **_FOR_SURVIVORS}, "warning public_refuge: services.csv 1"),
    (office(focus="trafficking"), "warning public_refuge: services.csv 1"),
    ({**_SHELTER, **_RULED}, "warning residence_without_place: services.csv 1"),
    (hidden("public"), "warning place_without_city: locations.csv 1"),
]

SILENT: Silent = [
    ("public_residence", shelter()),
    ("public_residence", {**office(role="referral"), **_SHELTER}),
    ("public_refuge", {**hidden(), **_FOR_SURVIVORS}),
    ("public_refuge", office(focus="includes_trafficking")),
    (
        "public_refuge",
        {
            **office(),
            "eligibility_rules": [
                rule(attribute="victimization", values="sexual_assault other_crime")
            ],
        },
    ),
    ("residence_without_place", shelter("statewide")),
    ("place_without_city", office()),
    ("place_without_city", hidden()),
    ("place_without_city", hidden("public", status="inactive")),
]
