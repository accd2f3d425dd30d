"""Every text of the site stands in the Spanish catalogue, whole."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

# What `make texts` reads, as `pyproject.toml` words it.
SOURCES = [("directory/web/**.py", "python"), ("templates/**.html", "jinja2")]
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
        method_map=SOURCES,
        keywords={"_": None, "gettext": None, "ngettext": (1, 2)},
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
