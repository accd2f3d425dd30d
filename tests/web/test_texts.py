"""Every text of the site stands in the Spanish catalogue, whole."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from directory import accounts, curation
from directory.errors import AftercareError, RefusedError

# What `make texts` looks for: functions, and the class of what is said below the pages.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "Sentence": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


@pytest.fixture(scope="module")
def spanish(checkout: Path) -> Catalog:
    """Return the Spanish catalogue."""
    file = checkout / "directory/translations/es/LC_MESSAGES/messages.po"
    with file.open("rb") as messages:
        return read_po(messages, locale="es")


def test_every_text_is_in_the_catalogue(checkout: Path, spanish: Catalog) -> None:
    found = extract_from_dir(
        checkout,
        method_map=sources(checkout),
        keywords=KEYWORDS,
        directory_filter=lambda path: not Path(path).name.startswith("."),
    )
    said = {
        text if isinstance(text, str) else text[0] for _f, _n, text, _c, _x in found
    }
    assert len(said) > 500
    assert sorted(text for text in said if text not in spanish) == []


def test_every_text_is_translated_with_its_placeholders(spanish: Catalog) -> None:
    wrong = []
    for message in spanish:
        english, translated = forms(message.id), forms(message.string)
        placeholders = sorted(PLACEHOLDER.findall(english[-1]))
        if message.id and (
            not all(translated)
            or message.fuzzy
            or sorted(PLACEHOLDER.findall(translated[-1])) != placeholders
        ):
            wrong.append(message.id)
    assert wrong == []


def sources(checkout: Path) -> list[tuple[str, str]]:
    """Return the files that `make texts` reads, with how they are read."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text())
    return [
        (pattern, found["method"])
        for found in project["tool"]["babel"]["mappings"]
        for pattern in found["pattern"]
    ]


def forms(text: object) -> list[str]:
    """Return the singular and, if there is one, the plural of a text."""
    return (
        [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]
    )


def test_a_survivor_is_never_called_a_victim_in_a_text(spanish: Catalog) -> None:
    allowed = re.compile(
        r"crime victim compensation|victim compensation", re.IGNORECASE
    )
    texts = [m.id if isinstance(m.id, str) else m.id[0] for m in spanish]
    assert [t for t in texts if "victim" in allowed.sub("", t).lower()] == []


def test_every_sentence_is_a_literal_and_has_its_values(checkout: Path) -> None:
    found = list(calls(checkout / "directory", "Sentence"))
    assert len(found) > 100
    assert [where for where, call in found if not is_whole(call)] == []


def test_what_is_wrong_with_a_record_is_said_in_a_sentence(checkout: Path) -> None:
    found = list(calls(checkout / "directory/curation", "FieldError"))
    messages = [
        (w, k.value) for w, c in found for k in c.keywords if k.arg == "message"
    ]
    assert len(messages) == len(found) > 0
    bare = (ast.Constant, ast.JoinedStr, ast.BinOp)
    assert [where for where, message in messages if isinstance(message, bare)] == []


def test_whatever_refuses_says_why_in_a_sentence() -> None:
    for room in (curation, accounts):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            import_module(module.name)
    rooms = (f"{curation.__name__}.", f"{accounts.__name__}.")
    ours = [e for e in below(AftercareError) if e.__module__.startswith(rooms)]
    assert len(ours) > 10
    assert [error for error in ours if not issubclass(error, RefusedError)] == []


def calls(folder: Path, name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call of `name` in the modules of a folder, with where it stands."""
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text()
        if f"{name}(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield f"{file.relative_to(folder)}:{node.lineno}", node


def is_whole(call: ast.Call) -> bool:
    """Tell whether a call of `Sentence` can be collected, and put into words."""
    match call.args:
        case [ast.Constant(value=str() as template)]:
            wanted = set(re.findall(r"%\((\w+)\)s", template))
            return wanted == {keyword.arg for keyword in call.keywords}
    return False


def below(error: type[AftercareError]) -> Iterator[type[AftercareError]]:
    """Yield the classes that are made from `error`, and those made from them."""
    for one in error.__subclasses__():
        yield one
        yield from below(one)
