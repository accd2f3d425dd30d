"""Questions about the rules that say whom a service takes."""

import datetime as dt
from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, error, info, warning
from directory.interchange.checks.sources import is_older
from directory.interchange.content import Content, text, words
from directory.interchange.package import Row
from directory.interchange.rule_values import RULE_VALUES
from directory.sentence import Sentence

_USUALLY_RULED = frozenset(
    {
        *("emergency_shelter", "transitional_housing", "permanent_housing"),
        *("immigration_legal", "civil_legal", "compensation", "benefits", "financial"),
    }
)
"""The kinds of service that seldom take everybody."""

_RANGED = frozenset({"age", "income"})
_BAR_HOLDS = dt.timedelta(days=2 * 365)
"""How long a condition is taken at its word."""


def values_are_known(content: Content) -> Iterator[Doubt]:
    """Find rules about unknown attributes, or with answers that nobody can give."""
    for row in content.of("eligibility_rule"):
        fault = _fault_of(row)
        if fault is not None:
            field, says = fault
            yield Doubt(table="eligibility_rule", row=row, field=field, says=says)


def _fault_of(row: Row) -> tuple[str, Sentence] | None:
    """Return the field that is wrong and why, `None` if the rule can be read."""
    attribute = text(row, "attribute")
    if attribute not in RULE_VALUES:
        return "attribute", Sentence(
            "%(attribute)s is not an attribute that rules can be about",
            attribute=attribute,
        )
    allowed = RULE_VALUES[attribute]
    wrong = sorted(set(words(row, "values")) - allowed) if allowed is not None else []
    if wrong:
        return "values", Sentence(
            "%(answers)s: not an answer about %(attribute)s",
            answers=", ".join(wrong),
            attribute=attribute,
        )
    return _fault_of_range(row, attribute)


def _fault_of_range(row: Row, attribute: str) -> tuple[str, Sentence] | None:
    low, high = row.values.get("minimum"), row.values.get("maximum")
    given = [number for number in (low, high) if isinstance(number, int)]
    if not words(row, "values") and not given:
        return "values", Sentence("says nothing: neither an answer nor a range")
    if given and attribute not in _RANGED:
        return "minimum", Sentence("%(attribute)s is not a number", attribute=attribute)
    if given and (given[0] > given[-1] or given[0] < 0):
        return "minimum", Sentence("is a range that nobody is in")
    return None


def dates_are_in_order(content: Content) -> Iterator[Doubt]:
    """Find rules that end before they begin."""
    for row in content.of("eligibility_rule"):
        begins, ends = text(row, "effective_from"), text(row, "effective_to")
        if begins and ends and begins > ends:
            says = Sentence("ends on %(day)s, before it begins", day=ends)
            yield Doubt(
                table="eligibility_rule", row=row, field="effective_to", says=says
            )


def rules_agree(content: Content) -> Iterator[Doubt]:
    """Find services that at one time both require and exclude the same answer.

    What is inferred or said of a whole system only makes the caller ask.
    """
    for service in content.services.values():
        rows = content.of_service(service, "eligibility_rule")
        required = [row for row in rows if text(row, "effect") == "requires"]
        excluded = [
            row
            for row in rows
            if text(row, "effect") == "excludes"
            and text(row, "basis") not in {"inferred", "system"}
        ]
        for bar in excluded:
            values = {v for row in required for v in _both_say(row, bar)}
            if values:
                attribute = text(bar, "attribute")
                says = Sentence(
                    "%(attribute)s %(answers)s is required as well",
                    attribute=attribute,
                    answers=", ".join(sorted(values)),
                )
                yield Doubt(
                    table="eligibility_rule", row=bar, field="effect", says=says
                )


def _both_say(one: Row, other: Row) -> set[str]:
    """Return the answers that two rules name, if they hold at the same time."""
    attribute = text(one, "attribute")
    # Anything may be "other": those rules are told apart by their words.
    if attribute != text(other, "attribute") or attribute == "other":
        return set()
    ends = min(text(r, "effective_to") or "9999" for r in (one, other))
    begins = max(text(r, "effective_from") for r in (one, other))
    if begins > ends:
        return set()
    return set(words(one, "values")) & set(words(other, "values"))


def rules_are_recorded(content: Content) -> Iterator[Doubt]:
    """Find services of a kind that seldom takes everybody, without a rule."""
    for service in content.active_services():
        kinds = sorted(content.codes_of(service) & _USUALLY_RULED)
        if text(service, "role") != "provision" or not kinds:
            continue
        if not content.of_service(service, "eligibility_rule"):
            says = Sentence(
                "no rule is recorded for %(kinds)s: whom does it take?",
                kinds=", ".join(kinds),
            )
            yield Doubt(table="service", row=service, says=says)


def bars_are_recent(content: Content) -> Iterator[Doubt]:
    """Find rules that shut people out and are too old to, once an organization.

    Whoever is asked is told to ask; rules of law bear their own dates.
    """
    for organization in content.organizations.values():
        old = [
            row
            for row in content.children_of(organization, "eligibility_rule")
            if text(row, "effect") != "prefers"
            and "any" not in words(row, "values")
            and not text(row, "effective_from")
            and is_older(row, _BAR_HOLDS)
        ]
        if old:
            says = Sentence(
                "%(count)s conditions are from sources over two years old, or undated",
                count=len(old),
            )
            yield Doubt(table="organization", row=organization, says=says)


RULES = (
    error(
        "rule_values",
        values_are_known,
        "Nobody can be judged by this rule. Use the words of the profile.",
    ),
    error("rule_dates", dates_are_in_order, "The rule is never in force."),
    warning("rule_conflict", rules_agree, "Two rules contradict each other. Ask."),
    warning(
        "rules_missing",
        rules_are_recorded,
        "This kind of service usually has conditions. Ask for them.",
    ),
    info(
        "old_conditions",
        bars_are_recent,
        "They are shown as “ask”, and close no door. Ask whether they still hold.",
    ),
)
