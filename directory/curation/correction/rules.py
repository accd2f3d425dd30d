"""Whom a service takes, in simple terms: one answer for each thing that matters.

A rule that is none of these answers, and whatever stands with several rules or holds
between dates, is left as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.curation.correction.fault import Fault
from directory.curation.correction.sheet import Sheet
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier
from directory.curation.records.patch import Patch, removed

KEPT = "kept"
"""The answer of a form that leaves a rule as it is."""

AGES = "ages"
"""The answer that a range of ages is taken."""

_OLDEST = 120
_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer: the rule that it stands for, and the words that are recorded."""

    effect: str
    values: str
    words: str

    @property
    def code(self) -> str:
        """What a form sends."""
        return f"{self.effect} {self.values}"

    @property
    def cells(self) -> Cells:
        """What it makes of a rule."""
        return {
            "effect": self.effect,
            "values": self.values,
            "minimum": "",
            "maximum": "",
            "note": self.words,
        }


def _any(words: str) -> Option:
    return Option(effect="requires", values="any", words=words)


def _only(values: str, words: str) -> Option:
    return Option(effect="requires", values=values, words=words)


def _not(values: str, words: str) -> Option:
    return Option(effect="excludes", values=values, words=words)


def _first(values: str, words: str) -> Option:
    return Option(effect="prefers", values=values, words=words)


OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "gender": (
        _any("All genders"),
        _only("woman", "Only women"),
        _only("woman trans_woman", "Only women or trans women"),
        _only(
            "woman trans_woman nonbinary",
            "Only women, trans women or nonbinary people",
        ),
        _only("man", "Only men"),
        _only("man trans_man", "Only men or trans men"),
        _first("woman", "Mostly women"),
    ),
    "age": (_any("All ages"),),
    "children": (
        _any("Children may come"),
        _not("yes", "No children"),
        _only("yes", "Only people with children"),
    ),
    "exploitation": (
        _any("Sex and labor trafficking alike"),
        _only("sex", "Only survivors of sex trafficking"),
        _only("labor", "Only survivors of labor trafficking"),
    ),
    "pets": (_any("Pets: yes, or a place is found for them"), _not("yes", "No pets")),
    "photo_id": (_any("No photo ID needed"), _only("yes", "Photo ID needed")),
    "police_report": (
        _any("No police report needed"),
        _only("made", "They ask for a police report that was made"),
        _only(
            "made willing",
            "They ask for a police report that was made or a police report that can"
            " still be made",
        ),
    ),
    "immigration": (
        _any("Any immigration status"),
        _not("undocumented", "Not people without status"),
    ),
    "substances": (
        _any("People who use alcohol or drugs are taken"),
        _not("yes", "A person must be sober"),
    ),
    "pregnant": (
        _first("yes", "People who are pregnant come first"),
        _only("yes", "Only during pregnancy"),
        _not("yes", "Not during pregnancy"),
    ),
    "disability": (_any("They take people with disabilities"),),
    "insurance": (
        _any("With or without insurance"),
        _only("none", "They take only people without insurance"),
    ),
    "income": (_any("Any income"), _only("low", "Only people with a low income")),
    "justice": (
        _any("They take people with a record or a warrant"),
        _not("registry", "Not with a place on the registry"),
        _not("warrant", "Not with a warrant"),
        _not("pending_charges", "Not with pending charges"),
    ),
    "residence": (
        _any("From any county"),
        _only("service_area", "Only people who live in the area it serves"),
    ),
    "household": (
        _any("They take families and people who come along"),
        _only("alone", "Only people who come alone"),
    ),
    "faith": (
        _any("No need to take part in worship"),
        _only("participation", "Taking part in worship is required"),
    ),
    "victimization": (
        _any("Whatever the harm was"),
        _only("trafficking", "Survivors of human trafficking"),
        _only(
            "domestic_violence sexual_assault",
            "Survivors of domestic violence or sexual assault",
        ),
        _only("domestic_violence", "Survivors of domestic violence"),
        _only("sexual_assault", "Survivors of sexual assault"),
    ),
}
"""The answers to each thing that a form asks about, in its order."""


def shown(dossier: Dossier) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the fields as a form shows them."""
    for attribute in OPTIONS:
        yield f"rule-{attribute}", (answer_of(dossier, attribute),)
    low, high = _ages(dossier)
    yield "rule-age-low", (low,)
    yield "rule-age-high", (high,)


def answer_of(dossier: Dossier, attribute: str) -> str:
    """Return what the records answer; empty where nothing is recorded."""
    rules = rules_of(dossier, attribute)
    if not rules:
        return ""
    if is_fixed(dossier, attribute):
        return KEPT
    [(_row, cells)] = rules
    if attribute == "age" and _is_range(cells):
        return AGES
    code = f"{cells['effect']} {cells['values']}"
    plain = not cells["minimum"] and not cells["maximum"]
    known = {option.code for option in OPTIONS[attribute]}
    return code if plain and code in known else KEPT


def is_fixed(dossier: Dossier, attribute: str) -> bool:
    """Tell whether a form cannot show the rules about something, and keeps them."""
    rules = rules_of(dossier, attribute)
    return len(rules) > 1 or any(
        cells["effective_from"] or cells["effective_to"] for _row, cells in rules
    )


def rules_of(dossier: Dossier, attribute: str) -> Sequence[tuple[str, Cells]]:
    """Return the rules about one thing, by id."""
    rows = dossier.of("eligibility_rule").items()
    return sorted((i, c) for i, c in rows if c["attribute"] == attribute)


def others_of(dossier: Dossier) -> Sequence[Cells]:
    """Return the rules that a form does not ask about, or cannot show."""
    return [
        cells
        for _row, cells in sorted(dossier.of("eligibility_rule").items())
        if cells["attribute"] not in OPTIONS or is_fixed(dossier, cells["attribute"])
    ]


def asked(sheet: Sheet) -> Patch:
    """Return the changes of the rules."""
    patches = [
        _asked(sheet, attribute)
        for attribute in OPTIONS
        if not is_fixed(sheet.dossier, attribute)
    ]
    return tuple(change for patch in patches for change in patch)


def _asked(sheet: Sheet, attribute: str) -> Patch:
    name, held = f"rule-{attribute}", answer_of(sheet.dossier, attribute)
    answer = sheet.typed.one(name, held)
    if answer == held and answer != AGES:
        return ()
    if attribute == "age" and answer == AGES:
        return _aged(sheet)
    option = next((o for o in OPTIONS[attribute] if o.code == answer), None)
    if answer and option is None:
        sheet.refuse(name, Fault.CHOICE)
        return ()
    return _ruled(sheet, attribute, option.cells if option else None)


def _ruled(sheet: Sheet, attribute: str, cells: Cells | None) -> Patch:
    """Return the change after which one rule, or none, stands about a thing."""
    rules = rules_of(sheet.dossier, attribute)
    if cells is None:
        return tuple(removed("eligibility_rule", *rule) for rule in rules)
    if rules:
        return sheet.change("eligibility_rule", rules[0][0], cells)
    own = {"service_id": sheet.subject_id, "attribute": attribute}
    return (sheet.make("eligibility_rule", {**own, **cells}),)


def _is_range(cells: Cells) -> bool:
    return cells["effect"] == "requires" and not cells["values"]


def _ages(dossier: Dossier) -> tuple[str, str]:
    """Return the ages that are taken, both empty where that is not what is recorded."""
    if answer_of(dossier, "age") != AGES:
        return "", ""
    [(_row, cells)] = rules_of(dossier, "age")
    return cells["minimum"], cells["maximum"]


def _aged(sheet: Sheet) -> Patch:
    held = _ages(sheet.dossier)
    low = sheet.typed.one("rule-age-low", held[0])
    high = sheet.typed.one("rule-age-high", held[1])
    if (low, high) == held and any(held):
        return ()
    if not _is_age(low) or not _is_age(high) or not (low or high):
        sheet.refuse("rule-age-low", Fault.AGE)
        return ()
    if low and high and int(low) > int(high):
        sheet.refuse("rule-age-low", Fault.AGE)
        return ()
    cells = {"effect": "requires", "values": "", "minimum": low, "maximum": high}
    return _ruled(sheet, "age", {**cells, "note": _age_words(low, high)})


def _is_age(text: str) -> bool:
    if not text:
        return True
    digits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return digits and int(text) <= _OLDEST


def _age_words(low: str, high: str) -> str:
    if not high:
        return f"Only age {int(low)} and older"
    return (
        f"Only ages {int(low)} to {int(high)}" if low else f"Only up to age {int(high)}"
    )
