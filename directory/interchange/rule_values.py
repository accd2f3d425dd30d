"""Which answers a rule about each attribute may name."""

_YES = frozenset({"yes", "any"})

RULE_VALUES: dict[str, frozenset[str] | None] = {
    "age": frozenset({"any"}),
    "gender": frozenset(
        {"woman", "man", "trans_woman", "trans_man", "nonbinary", "any"}
    ),
    "children": _YES,
    "exploitation": frozenset({"sex", "labor", "any"}),
    "victimization": frozenset(
        {
            "trafficking",
            "domestic_violence",
            "sexual_assault",
            "stalking",
            "child_abuse",
            "elder_abuse",
            "other_crime",
            "any",
        }
    ),
    "partner": _YES,
    "immigration": frozenset(
        {
            "us_citizen",
            "lpr",
            "refugee_asylee",
            "t_visa",
            "t_pending",
            "t_bona_fide",
            "continued_presence",
            "hhs_certified",
            "hhs_eligibility_letter",
            "u_visa",
            "u_pending",
            "vawa",
            "other_lawful",
            "temporary_worker",
            "undocumented",
            "any",
        }
    ),
    "pregnant": _YES,
    "pets": _YES,
    "photo_id": _YES,
    "police_report": frozenset({"made", "willing", "not_willing", "any"}),
    "substances": _YES,
    "insurance": frozenset({"none", "medicaid", "medicare", "private", "any"}),
    "income": frozenset({"low", "any"}),
    "disability": frozenset(
        {"mobility", "hearing", "vision", "psychiatric", "intellectual", "any"}
    ),
    "justice": frozenset(
        {"warrant", "record", "registry", "violent_record", "pending_charges", "any"}
    ),
    "tribal": frozenset({"member", "any"}),
    "faith": frozenset({"participation", "any"}),
    "household": frozenset(
        {"alone", "with_partner", "with_children", "with_other_adult", "any"}
    ),
    "housing_status": frozenset({"homeless", "at_risk", "any"}),
    "lgbtq": _YES,
    "residence": frozenset({"service_area", "any"}),
    "custody": frozenset({"foster_care", "detained", "any"}),
    "other": frozenset({"other"}),
    "occupation": None,
}
"""The answers by attribute; `None` where any word may stand."""
