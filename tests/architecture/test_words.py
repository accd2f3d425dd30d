"""What the project's files may not say, and what they must."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# What git ignores, and git itself.
LEFT_OUT = {
    ".git",
    ".venv",
    "instance",
    "build",
    "dist",
    "htmlcov",
    "__pycache__",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
}

# A folder straight under the root of some machine, not a part of a web address.
MACHINE = re.compile(r"(?<![\w.~/-])/(?:work|(?:home|Users)/\w+)/")

REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org"
    r"|unpkg\.com|jsdelivr\.net"
)

# An unfinished note stands in what people write by hand; data may spell such a word.
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
WRITTEN = {".py", ".html", ".css", ".js", ".sh", ".toml", ".md", ".txt", ".json", ""}

SHAPELESS_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}


def test_no_file_names_a_folder_of_one_machine(checkout: Path) -> None:
    here = re.compile(rf"{re.escape(str(checkout))}\b|{MACHINE.pattern}")
    assert lines_with(here, checkout) == []


def test_no_file_names_a_package_registry(checkout: Path) -> None:
    assert lines_with(REGISTRIES, checkout) == []


def test_no_file_is_left_unfinished(checkout: Path) -> None:
    assert lines_with(UNFINISHED, checkout, kinds=WRITTEN) == []


@pytest.mark.parametrize("package", ["directory", "matcher"])
def test_every_module_is_named_for_what_it_holds(package: str, checkout: Path) -> None:
    modules = (checkout / package).rglob("*.py")
    assert [path for path in modules if path.stem in SHAPELESS_NAMES] == []


@pytest.mark.parametrize("name", ["CHANGELOG.md", "LICENSE", "README.md"])
def test_the_project_says_what_it_is(name: str, checkout: Path) -> None:
    assert (checkout / name).read_text().strip()


def lines_with(
    pattern: re.Pattern[str], checkout: Path, *, kinds: set[str] | None = None
) -> list[str]:
    """Return every line in which the pattern is found, with its place."""
    return [
        f"{path.relative_to(checkout)}:{number} {line.strip()[:80]}"
        for path in texts(checkout)
        if kinds is None or path.suffix in kinds
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def texts(folder: Path) -> Iterator[Path]:
    """Yield every file of the project that holds text, but for this one."""
    for path in sorted(folder.iterdir()):
        if path.name in LEFT_OUT or path == Path(__file__):
            continue
        if path.is_dir():
            yield from texts(path)
        elif path.is_file() and b"\0" not in path.read_bytes()[:4096]:
            yield path
