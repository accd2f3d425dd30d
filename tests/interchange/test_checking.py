"""Each check fires on what it is for, and not on what looks alike."""

import re
import time
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from directory.interchange.check import RULES, check_package
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import read_package
from directory.paths import shipped
from directory.places import Gazetteer
from directory.vocabulary import read_terms
from tests.builders.packages import CODES, language, organization, read, rule, service
from tests.interchange.cases import (
    answering,
    areas,
    contact,
    crisis,
    eligibility,
    identity,
    languages,
    lines,
    places,
    secrecy,
    sources,
    terms,
)
from tests.interchange.cases.scenes import Tables, second_owner, shelter

GAZETTEER = Gazetteer.load(shipped("seed_data") / "gazetteer")
_SUBJECTS = (
    *(answering, areas, contact, crisis, eligibility, identity, languages),
    *(lines, places, secrecy, sources, terms),
)
FIRES = list(chain.from_iterable(subject.FIRES for subject in _SUBJECTS))
SILENT = list(chain.from_iterable(subject.SILENT for subject in _SUBJECTS))


def check(folder: Path, tables: Tables) -> list[Finding]:
    """Return what the checks find in one good package with `tables` put in."""
    given = {"languages": [language()], **tables}
    filled = {name: rows for name, rows in given.items() if rows}
    return check_package(read(folder, **filled), gazetteer=GAZETTEER, codes=CODES)


def said(finding: Finding) -> str:
    """Return rule, place and severity of a finding as one text."""
    where = f"{finding.file} {finding.row} {finding.field}".strip()
    return f"{finding.severity.value} {finding.rule}: {where}"


@pytest.mark.parametrize(("tables", "found"), FIRES)
def test_fires(tmp_path: Path, tables: Tables, found: str) -> None:
    assert [said(finding) for finding in check(tmp_path, tables)] == [found]


@pytest.mark.parametrize(("rule", "tables"), SILENT)
def test_is_silent(tmp_path: Path, rule: str, tables: Tables) -> None:
    assert rule in RULES
    assert check(tmp_path, tables) == []


def test_each_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    assert {re.split("[ :]", found)[1] for _, found in FIRES} == set(RULES)
    assert {rule for rule, _ in SILENT} == set(RULES)


def test_errors_stand_before_warnings_and_those_before_what_can_wait(
    tmp_path: Path,
) -> None:
    tables = {
        **second_owner(),
        "organizations": [
            organization(website="http://example.org"),
            organization(id="o2", name="Haven", source_date="soon"),
        ],
    }
    found = [finding.severity for finding in check(tmp_path, tables)]
    assert found == [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_a_finding_names_the_record_as_people_know_it(tmp_path: Path) -> None:
    [finding] = check(tmp_path, {"eligibility_rules": [rule(attribute="shoe_size")]})
    assert finding.record == "Harbor House: Advocacy"
    assert finding.id == "r"


def test_beds_without_a_place_are_taken_for_hidden(tmp_path: Path) -> None:
    tables: Tables = {
        **shelter(),
        "services": [service(description="Beds in Hendersonville.")],
        "locations": [],
        "service_at_location": [],
    }
    found = {said(finding) for finding in check(tmp_path, tables)}
    assert "error hidden_place: services.csv 1 description" in found


def found_in_what_ships() -> list[Finding]:
    """Return what the checks find in the directory that ships."""
    seed_data = shipped("seed_data")
    codes = {term.id: term.code for term in read_terms(seed_data).values()}
    return check_package(read_package(seed_data), gazetteer=GAZETTEER, codes=codes)


def test_what_ships_has_no_error_and_every_warning_is_explained() -> None:
    counts = Counter((f.severity.value, f.rule) for f in found_in_what_ships())
    sources = (shipped("seed_data") / "SOURCES.md").read_text(encoding="utf-8")
    explained = re.findall(
        r"^\| (error|warning|info) \| (\w+) \| (\d+) \|", sources, re.MULTILINE
    )
    assert {(s, r): int(n) for s, r, n in explained} == counts
    assert all(severity != "error" for severity, _ in counts)


def test_it_is_quick_enough_to_run_after_each_edit() -> None:
    started = time.process_time()
    found_in_what_ships()
    assert time.process_time() - started < 3
