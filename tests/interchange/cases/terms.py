"""What a service is said to be."""

from tests.builders.packages import attribute, organization, service
from tests.interchange.cases.scenes import Fires, Silent, hidden, shelter

_CUT = "Help for survivors. For more, call our hotline at"

FIRES: Fires = [
    (
        {"attributes": [attribute(taxonomy_term_id="term-nothing")]},
        "error taxonomy: attributes.csv 1 taxonomy_term_id",
    ),
    (
        {"services": [service(), service(id="bare", name="Bare")]},
        "error taxonomy: services.csv 2",
    ),
    (
        {"organizations": [organization(name="Harbor House (see NC012)")]},
        "error working_note: organizations.csv 1 name",
    ),
    (
        {"organizations": [organization(name="Harbor House, check")]},
        "error working_note: organizations.csv 1 name",
    ),
    (
        {"services": [service(hours_note="TBD")]},
        "error working_note: services.csv 1 hours_note",
    ),
    (
        shelter(description="We connect people with beds."),
        "warning referral_role: services.csv 1 role",
    ),
    (
        {"services": [service(description=_CUT)]},
        "warning cut_text: services.csv 1 description",
    ),
]

SILENT: Silent = [
    ("taxonomy", {}),
    (
        "working_note",
        {"services": [service(name="Health check", alert="Check first.")]},
    ),
    ("referral_role", shelter(description="A safe bed for tonight.")),
    ("referral_role", hidden(description="We connect people with beds.")),
    ("cut_text", {"services": [service(description=f"{_CUT} any hour.")]}),
    ("cut_text", {"services": [service(description="Help for survivors")]}),
]
