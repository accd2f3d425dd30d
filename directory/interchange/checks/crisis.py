"""Questions about crisis lines: the number, the hours, and how sure both are."""

from collections.abc import Iterator

from directory.interchange.checks.rule import Doubt, error, warning
from directory.interchange.checks.sources import is_old
from directory.interchange.content import Content, text
from directory.interchange.package import Row
from directory.sentence import Sentence

_FOR_CRISES = frozenset({"211", "911", "988"})
_SOURCES_WANTED = 2


def crisis_line_has_number(content: Content) -> Iterator[Doubt]:
    """Find crisis lines without a line."""
    for service in _crisis_lines(content):
        if not _lines(content, service):
            says = Sentence("is a crisis line without a number")
            yield Doubt(table="service", row=service, says=says)


def crisis_line_has_hours(content: Content) -> Iterator[Doubt]:
    """Find crisis lines that do not say when somebody answers."""
    for service in _crisis_lines(content):
        said = (
            service.values["always_open"] is not None
            or text(service, "hours_note")
            or content.of_service(service, "schedule")
            or any(p.values["always_open"] for p in _lines(content, service))
        )
        if not said and _lines(content, service):
            says = Sentence("does not say when somebody answers: day and night?")
            yield Doubt(table="service", row=service, field="always_open", says=says)


def crisis_line_is_no_office(content: Content) -> Iterator[Doubt]:
    """Find crisis lines whose only numbers are those of an office."""
    for service in _crisis_lines(content):
        lines = _lines(content, service)
        if lines and not any(_is_for_crises(line) for line in lines):
            says = Sentence(
                "its only number is not marked as a crisis line: is it the office?"
            )
            yield Doubt(table="service", row=service, says=says)


def _crisis_lines(content: Content) -> Iterator[Row]:
    for service in content.active_services():
        is_own = text(service, "role") == "provision"
        if is_own and "crisis_line" in content.codes_of(service):
            yield service


def _lines(content: Content, service: Row) -> list[Row]:
    return [p for p in content.phones_of(service) if text(p, "type") != "fax"]


def _is_for_crises(line: Row) -> bool:
    return (
        text(line, "type") in {"crisis", "text"}
        or text(line, "number") in _FOR_CRISES
        or line.values["always_open"] is True
    )


def crisis_number_is_sure(content: Content) -> Iterator[Doubt]:
    """Find crisis numbers that rest on one page, or an old one, of somebody else."""
    for row in content.of("phone"):
        if text(row, "type") != "crisis" or text(row, "basis") == "own_page":
            continue
        links = [s for s in text(row, "source").split(" ; ") if s.startswith("http")]
        if len(links) < _SOURCES_WANTED or is_old(row):
            says = Sentence("is not from a page of its own, nor from two recent others")
            yield Doubt(table="phone", row=row, field="source", says=says)


RULES = (
    error(
        "crisis_number",
        crisis_line_has_number,
        "Find its number, or leave the term crisis_line out.",
    ),
    warning(
        "crisis_hours",
        crisis_line_has_hours,
        "Say when somebody answers, or call and ask.",
    ),
    warning(
        "crisis_office",
        crisis_line_is_no_office,
        "Find the crisis number, which is seldom that of the office.",
    ),
    warning(
        "crisis_source",
        crisis_number_is_sure,
        "Find a page of the body itself, or call.",
    ),
)
