"""The commands as a person runs them: a process, its words, its exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from directory.paths import shipped


def run(*words: str, data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `aftercare` with `words` over the data folder `data`."""
    return subprocess.run(
        [sys.executable, "-c", "from directory.cli import main; main()", *words],
        env={**os.environ, "AFTERCARE_DATA_DIR": str(data), **environ},
        capture_output=True,
        text=True,
        check=False,
        # More than any of them takes, on a busy machine as well.
        timeout=300,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder after `aftercare init`."""
    folder = tmp_path_factory.mktemp("made")
    done = run("init", data=folder)
    assert done.returncode == 0, done.stderr
    assert "Ready: " in done.stdout
    return folder


def test_init_again_changes_nothing(made: Path) -> None:
    done = run("init", data=made)
    assert done.returncode == 0
    assert "Loading" not in done.stderr


def test_load_again_changes_nothing(made: Path) -> None:
    done = run("load", data=made)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0 records made, 0 changed")


def test_the_shipped_data_passes_its_check(tmp_path: Path) -> None:
    done = run("check", "--json", data=tmp_path)
    assert done.returncode == 0, done.stdout
    assert {f["severity"] for f in json.loads(done.stdout)} <= {"warning", "info"}


def test_a_check_that_finds_an_error_ends_with_one(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(shipped("seed_data"), folder)
    phones = folder / "phones.csv"
    phones.write_text(phones.read_text().replace("+19198287740", "+1919"))
    done = run("check", str(folder), data=tmp_path)
    assert done.returncode == 1
    assert "errors" in done.stdout
    refused = run("load", str(folder), data=tmp_path / "data")
    assert refused.returncode == 1
    assert "Nothing was changed." in refused.stderr


@pytest.mark.parametrize("words", [["export", "out"], ["report", "coverage"]])
def test_an_empty_directory_is_not_an_answer(words: list[str], tmp_path: Path) -> None:
    done = run(*words, data=tmp_path / "data")
    assert done.returncode == 1
    assert "is empty: run `aftercare init`" in done.stderr


def test_coverage_counts_and_names_the_holes(made: Path) -> None:
    done = run("report", "coverage", "--json", data=made)
    shelter = next(
        row for row in json.loads(done.stdout) if row["need"] == "emergency_shelter"
    )
    assert shelter["counties"]["37183"]["services"] > 0
    assert not set(shelter["counties"]) & set(shelter["holes"])
    assert len(shelter["counties"]) + len(shelter["holes"]) == 100
    county = run("report", "coverage", "--county", "wake county", data=made)
    assert "Emergency shelter" in county.stdout


def test_an_export_can_be_loaded_elsewhere(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    assert run("export", str(folder), data=made).returncode == 0
    done = run("load", str(folder), data=tmp_path / "other")
    assert done.returncode == 0, done.stderr
    assert (folder / "datapackage.json").is_file()


def test_a_broken_row_is_named_and_nothing_changes(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    text = (shipped("seed_data") / "organizations.csv").read_text()
    broken = text.replace("public_agency", "public_nuisance", 1)
    (folder / "organizations.csv").write_text(broken)
    done = run("load", str(folder), data=made)
    assert done.returncode == 1
    assert "organizations.csv, row " in done.stderr
    assert "kind" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert run("load", data=made).stdout.startswith("0 records made, 0 changed")


# The moment is said: who is open would else be another at the next command.
WANTED = """{
    "needs": [{"code": "emergency_shelter"}],
    "county": "Wake",
    "at": "2026-12-02T14:00:00-05:00"
}"""


def test_match_answers_in_json_and_as_a_table(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "needs.json"
    file.write_text(WANTED)
    done = run("match", str(file), data=made)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["options"]
    assert "InterAct" in run("match", str(file), "--table", data=made).stdout


def test_explain_says_why_a_service_is_in_or_out(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "needs.json"
    file.write_text(WANTED)
    first = json.loads(run("match", str(file), data=made).stdout)["options"][0]
    done = run("match", str(file), "--explain", first["service_id"], data=made)
    account = json.loads(done.stdout)
    assert account["place"] == 1
    points = sum(part["points"] for part in account["parts"])
    assert points == pytest.approx(first["score"], abs=0.001)
    shown = run(
        "match", str(file), "--explain", first["service_id"], "--table", data=made
    )
    assert "eligibility" in shown.stdout
    absent = run("match", str(file), "--explain", "nobody", data=made)
    assert absent.returncode == 1
    assert "no service 'nobody'" in absent.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "file: is not JSON"),
        ('{"needs": [{"code": "a_pony"}]}', "needs.0.code: is not a code"),
        ('{"needs": [{"code": "food"}], "zip": "27000"}', "zip: is not a ZIP code"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(
    made: Path, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "needs.json"
    file.write_text(content)
    done = run("match", str(file), data=made)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_reindex_builds_anew(made: Path) -> None:
    done = run("reindex", data=made)
    assert done.returncode == 0
    assert done.stdout.startswith("Indexed ")


@pytest.mark.parametrize("words", [["dance"], ["serve", "--port", "0"], ["match"]])
def test_wrong_usage_ends_with_two(words: list[str], tmp_path: Path) -> None:
    done = run(*words, data=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"AFTERCARE_SECRET_KEY": "short"}, "too short"),
        ({"AFTERCARE_WORKERS": "many"}, "whole number"),
        ({"AFTERCARE_COLOUR": "red"}, "is not a setting"),
        ({"AFTERCARE_DATABASE_URL": "mysql://x/y"}, "must name SQLite or PostgreSQL"),
    ],
)
def test_an_unsafe_setting_is_refused_with_a_sentence(
    environ: dict[str, str], words: str, tmp_path: Path
) -> None:
    done = run("init", data=tmp_path, **environ)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    done = run("load", str(tmp_path), data=tmp_path / "data")
    assert done.returncode == 1
    assert "this is no data package" in done.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = run("init", data=file / "data")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
