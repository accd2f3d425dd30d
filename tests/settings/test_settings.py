"""What settings are taken from an environment, and what is refused."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from directory.errors import SettingsError
from directory.settings import load_settings

KEY = "k" * 32
# A whole environment, so that a test names only what it changes.
USUAL = {"AFTERCARE_SECRET_KEY": KEY}


def refusal(name: str, value: str) -> str:
    """Return the sentence with which a setting is refused."""
    with pytest.raises(SettingsError) as caught:
        load_settings({**USUAL, name: value})
    return str(caught.value)


def test_defaults_need_no_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert settings.data_dir == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/aftercare.db"
    assert (settings.workers, settings.https, settings.trusted_hosts) == (2, False, ())


def test_the_data_folder_holds_database_and_index(tmp_path: Path) -> None:
    settings = load_settings({**USUAL, "AFTERCARE_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/aftercare.db"
    assert settings.index_dir == tmp_path / "index"


def test_variables_of_others_are_ignored() -> None:
    assert load_settings({**USUAL, "PATH": "/bin", "CARE": "1"}).secret_key == KEY


def test_an_unknown_name_is_refused_and_the_known_are_listed() -> None:
    sentence = refusal("AFTERCARE_WORKER", "2")
    assert "AFTERCARE_WORKER is not a setting" in sentence
    assert "AFTERCARE_WORKERS" in sentence


def test_a_made_key_is_for_the_owner_only(tmp_path: Path) -> None:
    load_settings({"AFTERCARE_DATA_DIR": str(tmp_path)})
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_made_key_is_long_and_used_again(tmp_path: Path) -> None:
    made, again = (
        load_settings({"AFTERCARE_DATA_DIR": str(tmp_path)}).secret_key
        for _ in range(2)
    )
    assert made == again
    assert len(made) >= 32


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = {
        load_settings({"AFTERCARE_DATA_DIR": str(tmp_path / name)}).secret_key
        for name in ("one", "two")
    }
    assert len(keys) == 2


# Several rounds, each begun by all processes at one moment: a race is not always lost.
PRINT_KEYS = """
import pathlib, sys, time
from directory.settings import load_settings
folder = pathlib.Path(sys.argv[1])
print("ready", flush=True)
while not (folder / "go").exists():
    pass
start = (folder / "go").stat().st_mtime + 0.1
for number in range(30):
    while time.time() < start + number * 0.01:
        pass
    data = folder / str(number)
    print(load_settings({"AFTERCARE_DATA_DIR": str(data)}).secret_key)
"""


def test_processes_that_start_at_once_have_one_key(
    tmp_path: Path, checkout: Path
) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PRINT_KEYS, tmp_path],
            cwd=checkout,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert [p.stdout and p.stdout.readline() for p in started] == ["ready\n"] * 2
    (tmp_path / "go").touch()
    one, other = (process.communicate(timeout=180)[0] for process in started)
    assert one == other
    assert {file.name for file in tmp_path.glob("*/*")} == {"secret_key"}


@pytest.mark.parametrize("key", ["", "hunter2", "k" * 31])
def test_a_short_key_is_refused_and_not_shown(key: str) -> None:
    sentence = refusal("AFTERCARE_SECRET_KEY", key)
    assert "AFTERCARE_SECRET_KEY is too short" in sentence
    assert not key or key not in sentence


def test_a_key_is_measured_in_bytes() -> None:
    assert load_settings({"AFTERCARE_SECRET_KEY": "ñ" * 16}).secret_key == "ñ" * 16


def test_a_kept_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(SettingsError, match="too short"):
        load_settings({"AFTERCARE_DATA_DIR": str(tmp_path)})


def test_a_kept_key_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(b"\xff" * 40)
    with pytest.raises(SettingsError, match="secret_key"):
        load_settings({"AFTERCARE_DATA_DIR": str(tmp_path)})


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be used"):
        load_settings({"AFTERCARE_DATA_DIR": str(tmp_path / "file")})


@pytest.mark.parametrize(
    "number", ["0", "65", "-1", "two", "2.5", "²", "٣", "9" * 5000]
)
def test_a_number_of_workers_that_makes_no_sense_is_refused(number: str) -> None:
    assert "AFTERCARE_WORKERS must be" in refusal("AFTERCARE_WORKERS", number)


@pytest.mark.parametrize(("number", "workers"), [("1", 1), ("64", 64)])
def test_the_number_of_workers_is_taken(number: str, workers: int) -> None:
    assert load_settings({**USUAL, "AFTERCARE_WORKERS": number}).workers == workers


@pytest.mark.parametrize("number", ["-1", "10", "one", "", "1.0"])
def test_a_number_of_proxies_that_makes_no_sense_is_refused(number: str) -> None:
    assert "AFTERCARE_PROXIES must be" in refusal("AFTERCARE_PROXIES", number)


@pytest.mark.parametrize(("number", "proxies"), [("0", 0), ("1", 1), ("9", 9)])
def test_the_number_of_proxies_is_taken(number: str, proxies: int) -> None:
    assert load_settings({**USUAL, "AFTERCARE_PROXIES": number}).proxies == proxies


def test_nobody_is_believed_and_everybody_counted_unless_it_is_said() -> None:
    settings = load_settings(USUAL)
    assert (settings.proxies, settings.limits) == (0, True)
    assert not load_settings({**USUAL, "AFTERCARE_LIMITS": "no"}).limits


FLAGS = [("1", True), ("yes", True), ("True", True), ("0", False), ("no", False)]


@pytest.mark.parametrize(("word", "meant"), [*FLAGS, ("false", False), ("", False)])
def test_a_flag_is_taken(word: str, meant: bool) -> None:  # noqa: FBT001
    assert load_settings({**USUAL, "AFTERCARE_HTTPS": word}).https is meant


@pytest.mark.parametrize("word", ["on", "2", "maybe"])
def test_a_flag_that_says_neither_is_refused(word: str) -> None:
    assert "AFTERCARE_HTTPS must be yes or no" in refusal("AFTERCARE_HTTPS", word)


def test_hosts_are_split_at_commas_and_spaces() -> None:
    hosts = {"AFTERCARE_TRUSTED_HOSTS": "a.org, b.org  c.org"}
    assert load_settings({**USUAL, **hosts}).trusted_hosts == (
        "a.org",
        "b.org",
        "c.org",
    )


@pytest.mark.parametrize(
    "url",
    [
        "no address",
        "mysql://host/db",
        "postgres://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://host:port/db",
        "postgresql+nonesuch://host/db",
        "sqlite+nonesuch:///file.db",
    ],
)
def test_a_database_that_cannot_be_meant_is_refused(url: str) -> None:
    assert "AFTERCARE_DATABASE_URL" in refusal("AFTERCARE_DATABASE_URL", url)


URLS = [
    ("sqlite:////srv/a.db", "sqlite:////srv/a.db"),
    ("postgresql://me:pw@host/db", "postgresql+psycopg://me:pw@host/db"),
    ("postgresql+psycopg://host/db", "postgresql+psycopg://host/db"),
]


@pytest.mark.parametrize(("url", "used"), URLS)
def test_a_database_is_taken(url: str, used: str) -> None:
    assert load_settings({**USUAL, "AFTERCARE_DATABASE_URL": url}).database_url == used


def test_a_refused_address_does_not_show_its_password() -> None:
    sentence = refusal("AFTERCARE_DATABASE_URL", "mysql://me:hunter2@host/db")
    assert "hunter2" not in sentence


def test_settings_show_neither_key_nor_password() -> None:
    url = {"AFTERCARE_DATABASE_URL": "postgresql://me:hunter2@host/db"}
    shown = repr(load_settings({**USUAL, **url}))
    assert KEY not in shown
    assert "hunter2" not in shown
