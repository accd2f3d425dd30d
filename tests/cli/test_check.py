"""`aftercare check` as a coordinator works through it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli.check import check
from tests.builders.packages import (
    organization,
    phone,
    service,
    whole,
    write_folder,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a package with errors, two warnings of one rule, and a plain link."""
    return write_folder(
        tmp_path,
        whole(
            organizations=[organization(website="http://example.org")],
            services=[service(area_note="Call 919-828-7741.", alert="Or 828-7742.")],
            phones=[phone(number="+1919")],
        ),
    )


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(check, [str(folder), *words])


def test_findings_stand_under_their_rule_with_what_to_do(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 1
    assert "error phone_dialled (1)\nNobody can dial this number." in done.output
    assert "warning number_in_text (2)" in done.output
    assert "services.csv:1 area_note" in done.output
    assert "Harbor House: Advocacy" in done.output


def test_counts_stand_at_the_end(folder: Path) -> None:
    lines = [line.split() for line in run(folder).output.splitlines() if line.strip()]
    assert ["warning", "number_in_text", "2"] in lines[-5:]
    assert " ".join(lines[-1]) == "2 errors, 3 warnings, 1 to note."


def test_one_rule_can_be_worked_through(folder: Path) -> None:
    done = run(folder, "--rule", "number_in_text")
    assert "number_in_text" in done.output
    assert "phone_dialled" not in done.output


def test_one_severity_can_be_worked_through(folder: Path) -> None:
    done = run(folder, "--severity", "info", "--json")
    assert [f["rule"] for f in json.loads(done.stdout)] == ["https"]


def test_an_error_that_is_not_shown_still_counts(folder: Path) -> None:
    done = run(folder, "--severity", "info")
    assert done.exit_code == 1
    assert "2 errors, " in done.output


def test_a_rule_that_is_none_is_a_wrong_usage(folder: Path) -> None:
    done = run(folder, "--rule", "shoe_size")
    assert done.exit_code == 2
    assert "'shoe_size' is not one of: answered_by, " in done.output


def test_no_name_is_taken_for_markup(tmp_path: Path) -> None:
    named = [
        organization(name="[red]Harbor[/red] :house:", website="http://example.org")
    ]
    folder = write_folder(tmp_path, whole(organizations=named))
    assert "[red]Harbor[/red] :house:" in run(folder, "--rule", "https").output
