"""What a text engine is: it keeps the index of one snapshot after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from typing_extensions import override

from directory.index.document import Document
from directory.index.text_index import TextIndex
from directory.index.whoosh_index import open_whoosh_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an index is made from.

    `digest` is that of the texts; `again` makes the `documents` anew, for an engine
    that would rather not hold them. `vocabulary` are words of the field, which may be
    mistyped though no listing has them.
    """

    digest: str
    documents: Sequence[Document]
    again: Callable[[], Sequence[Document]]
    vocabulary: frozenset[str] = frozenset()


class TextEngine(Protocol):
    """Opens indexes."""

    def open(self, source: Source, *, anew: bool = False) -> TextIndex:
        """Return the index of `source`, built if it is not kept or `anew`."""
        ...


class WhooshEngine(TextEngine):
    """Keeps indexes in files below a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep indexes below `folder`, which need not be there."""
        self._folder = folder

    @override
    def open(self, source: Source, *, anew: bool = False) -> TextIndex:
        return open_whoosh_index(
            self._folder, source.digest, source.documents, anew=anew
        )
