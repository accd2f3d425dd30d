"""Rules about whom a service takes."""

from tests.builders.packages import rule
from tests.interchange.cases.scenes import Fires, Silent, lawyers

_RULE = "error rule_values: eligibility_rules.csv 1"

FIRES: Fires = [
    ({"eligibility_rules": [rule(attribute="shoe_size")]}, f"{_RULE} attribute"),
    ({"eligibility_rules": [rule(values="woman lady")]}, f"{_RULE} values"),
    ({"eligibility_rules": [rule(values="")]}, f"{_RULE} values"),
    (
        {"eligibility_rules": [rule(values="woman", minimum="18")]},
        f"{_RULE} minimum",
    ),
    (
        {
            "eligibility_rules": [
                rule(attribute="age", values="", minimum="25", maximum="18")
            ]
        },
        f"{_RULE} minimum",
    ),
    (
        {
            "eligibility_rules": [
                rule(effective_from="2026-10-01", effective_to="2025-10-01")
            ]
        },
        "error rule_dates: eligibility_rules.csv 1 effective_to",
    ),
    (
        {"eligibility_rules": [rule(), rule(id="r2", effect="excludes")]},
        "warning rule_conflict: eligibility_rules.csv 2 effect",
    ),
    (lawyers(), "warning rules_missing: services.csv 1"),
    (
        {"eligibility_rules": [rule(source_date="2023")]},
        "info old_conditions: organizations.csv 1",
    ),
]

SILENT: Silent = [
    ("rule_values", {"eligibility_rules": [rule(values="any")]}),
    (
        "rule_values",
        {"eligibility_rules": [rule(attribute="occupation", values="farmworker")]},
    ),
    (
        "rule_values",
        {"eligibility_rules": [rule(attribute="age", values="", minimum="18")]},
    ),
    ("rule_dates", {"eligibility_rules": [rule(effective_from="2026-10-01")]}),
    (
        "rule_conflict",
        {"eligibility_rules": [rule(), rule(id="r2", effect="excludes", values="man")]},
    ),
    (
        "rule_conflict",
        {
            "eligibility_rules": [
                rule(attribute="other", values="other"),
                rule(id="r2", attribute="other", values="other", effect="excludes"),
            ]
        },
    ),
    (
        "rule_conflict",
        # What follows another rule in time does not contradict it.
        {
            "eligibility_rules": [
                rule(effective_from="2025-01-01", effective_to="2025-10-31"),
                rule(id="r2", effect="excludes", effective_from="2025-11-01"),
            ]
        },
    ),
    (
        "rule_conflict",
        # An inferred bar is a question.
        {
            "eligibility_rules": [
                rule(),
                rule(id="r2", effect="excludes", basis="inferred"),
            ]
        },
    ),
    ("rules_missing", {**lawyers(), "eligibility_rules": [rule()]}),
    ("rules_missing", lawyers(role="referral")),
    ("rules_missing", lawyers(status="inactive")),
    ("old_conditions", {"eligibility_rules": [rule(source_date="2025")]}),
    (
        "old_conditions",
        {"eligibility_rules": [rule(source_date="2019", values="any")]},
    ),
    (
        "old_conditions",
        {"eligibility_rules": [rule(source_date="2019", effective_from="2019-01-01")]},
    ),
]
