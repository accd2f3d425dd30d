"""Questions about who picks up a phone, and whose it is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.sentence import Sentence

_POLICE = frozenset({"dispatch", "sheriff", "police"})
_POLICE_WORDS = re.compile(
    r"sheriff|dispatch|non-?emergency|communications center|police department",
    re.IGNORECASE,
)
# A newspaper may be called Dispatch: of an address, only what no newspaper is called.
_POLICE_PAGES = re.compile(
    r"sheriff|police|\be-?911|emergency-?communications", re.IGNORECASE
)


def answered_by_is_said(content: Content) -> Iterator[Doubt]:
    """Find numbers that law enforcement may answer, and that do not say so."""
    for row in content.of("phone"):
        if text(row, "answered_by") not in {"agency", "answering_service"}:
            continue
        said = f"{text(row, 'description')} {content.name_of(row)}"
        found = _POLICE_WORDS.search(said) or _POLICE_PAGES.search(text(row, "source"))
        if found:
            says = Sentence("“%(words)s” stands with it: who answers?", words=found[0])
            yield Doubt(table="phone", row=row, field="answered_by", says=says)


def answered_by_is_one(content: Content) -> Iterator[Doubt]:
    """Find numbers that stand with two different answers to who picks up."""
    for rows in _by_number(content).values():
        answers = sorted({text(row, "answered_by") for row in rows})
        if "unknown" in answers and _POLICE.isdisjoint(answers):
            answers.remove("unknown")
        if len(answers) > 1:
            says = Sentence(
                "%(number)s is answered by several: %(answers)s",
                number=text(rows[0], "number"),
                answers=", ".join(answers),
            )
            yield Doubt(table="phone", row=rows[0], field="answered_by", says=says)


def law_is_no_crisis_line(content: Content) -> Iterator[Doubt]:
    """Find lines of law enforcement that are shown as the crisis line of a service."""
    for row in content.of("phone"):
        if text(row, "type") == "crisis" and text(row, "answered_by") in _POLICE:
            says = Sentence(
                "is a line of law enforcement, not a crisis line: its type is voice"
            )
            yield Doubt(table="phone", row=row, field="type", says=says)


def number_is_not_shared(content: Content) -> Iterator[Doubt]:
    """Find numbers that stand with organizations that have nothing in common."""
    for rows in _by_number(content).values():
        owners = {text(content.owner_of(row), "id"): row for row in reversed(rows)}
        strangers = _unrelated(content, owners)
        if strangers:
            names = sorted(text(content.organizations[i], "name") for i in strangers)
            says = Sentence(
                "stands with %(count)s organizations: %(names)s",
                count=len(names),
                names="; ".join(names),
            )
            first = min((owners[i] for i in strangers), key=lambda row: row.number)
            yield Doubt(table="phone", row=first, field="number", says=says)


def _by_number(content: Content) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in content.of("phone"):
        number = text(row, "number")
        # Text codes and short codes are there for everybody.
        if number.startswith("+"):
            rows[f"{number} {text(row, 'extension')}"].append(row)
    return rows


def _unrelated(content: Content, ids: Iterable[str]) -> list[str]:
    """Return those of the organizations that are of another family than the first."""
    everybody = sorted(ids)
    families = {family_of(content, content.organizations[i]) for i in everybody}
    names = [_other_names(content.organizations[i]) for i in everybody]
    same_name = bool(names) and bool(frozenset.intersection(*names))
    return everybody if len(families) > 1 and not same_name else []


def family_of(content: Content, organization: Row) -> str:
    """Return the id of the body that `organization` is, by and by, a part of."""
    while text(organization, "parent_organization_id"):
        organization = content.organizations[
            text(organization, "parent_organization_id")
        ]
    return text(organization, "id")


def _other_names(organization: Row) -> frozenset[str]:
    names = text(organization, "alternate_name").casefold().split(";")
    return frozenset(name.strip() for name in names if name.strip())


RULES = (
    error(
        "law_crisis_line",
        law_is_no_crisis_line,
        "Law enforcement is never shown as a social service.",
    ),
    warning(
        "answered_by",
        answered_by_is_said,
        "Law enforcement may answer. Say who does.",
    ),
    warning(
        "answered_twice",
        answered_by_is_one,
        "One number, two answers to who picks up. Call it.",
    ),
    warning(
        "shared_phone",
        number_is_not_shared,
        "One number, several bodies: is it theirs, or whose?",
    ),
)
