"""Compile the message catalogues when the project is installed or packed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "directory/translations/*/LC_MESSAGES/messages.po"


class CatalogueHook(BuildHookInterface[Any]):
    """Write a .mo beside every .po, for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each catalogue; a tree without any is no error."""
        for source in sorted(Path(self.root).glob(CATALOGUES)):
            compile_catalogue(source)


def compile_catalogue(source: Path) -> Path:
    """Compile one .po file and return the .mo file that stands beside it."""
    locale = source.parent.parent.name
    with source.open("rb") as messages:
        catalogue = read_po(messages, locale=locale)
    target = source.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return target
