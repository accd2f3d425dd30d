"""The file of a backup: what is in it, sealed by the digest in its first line.

The first line names the format and the SHA-256 of all that follows; the second is the
label, in JSON; the rest is a SQLite database, packed by gzip. Without this program,
`tail -n +3 FILE | gunzip` takes it out.
"""

import datetime as dt
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from directory.errors import AftercareError

_NAME = b"aftercare backup "
_FORMAT = b"1 "
_DIGEST_LENGTH = 64
_FIRST_LINE = len(_NAME) + len(_FORMAT) + _DIGEST_LENGTH + 1
_PIECE = 1 << 20
_PACKING = 6

Progress = Callable[[int], None]
"""Is told how many bytes of the database were dealt with."""

Watch = Callable[[str, int], AbstractContextManager[Progress]]
"""Gives what is told of the progress of a step, which has a name and a size."""


class BackupError(AftercareError):
    """A backup cannot be made, read or put back; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is said of a backup in its second line.

    - `revision`: the version of its tables.
    - `key_mark`: which key of the site its codes are kept under.
    - `size`: bytes of the database; `rows`: how many each table has.
    - `head`: the number and the hash of the newest event, empty if there is none.
    """

    made_at: dt.datetime
    revision: str
    key_mark: str
    size: int
    rows: Mapping[str, int]
    head: str


def is_backup(file: Path) -> bool:
    """Tell whether a file calls itself a backup, of whatever format."""
    with file.open("rb") as reader:
        return reader.read(len(_NAME)) == _NAME


def pack(database: Path, label: Label, file: Path, *, progress: Progress) -> None:
    """Write a backup of the SQLite file `database` into `file`, which is new."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as raw:
        raw.write(b"0" * (_FIRST_LINE - 1) + b"\n")
        sealing = _Sealing(raw)
        sealing.write(_written(label))
        with (
            gzip.GzipFile("", "wb", _PACKING, sealing, mtime=0) as packed,
            database.open("rb") as reader,
        ):
            while piece := reader.read(_PIECE):
                packed.write(piece)
                progress(len(piece))
        raw.seek(0)
        raw.write(_NAME + _FORMAT + sealing.digest + b"\n")
        raw.flush()
        os.fsync(raw.fileno())


def read_label(file: Path) -> Label:
    """Read a backup to its end, and return its label.

    Raises `BackupError` for a file that is none, or not as it was written.
    """
    with file.open("rb") as reader:
        _check(file, reader)
        reader.seek(_FIRST_LINE)
        return _label(reader.readline())


def unpack(file: Path, database: Path, *, progress: Progress) -> None:
    """Write the SQLite file of a backup whose label was read into `database`."""
    handle = os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as writer, file.open("rb") as reader:
        reader.seek(_FIRST_LINE)
        left = _label(reader.readline()).size
        with gzip.GzipFile(fileobj=reader) as packed:
            while piece := packed.read(min(_PIECE, left)):
                writer.write(piece)
                left -= len(piece)
                progress(len(piece))


class _Sealing:
    """Writes what it is given, and keeps the digest of it."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        return self._raw.write(data)

    def flush(self) -> None:
        self._raw.flush()

    @property
    def digest(self) -> bytes:
        """The digest of all that was written."""
        return self._sum.hexdigest().encode()


def _check(file: Path, reader: BufferedReader) -> None:
    """Read a file to its end; raise `BackupError` if it is no backup, or damaged."""
    first = reader.read(_FIRST_LINE)
    if not first.startswith(_NAME):
        msg = f"{file} is no backup of Aftercare NC."
        raise BackupError(msg)
    found = hashlib.file_digest(reader, "sha256").hexdigest().encode()
    if first == _NAME + _FORMAT + found + b"\n":
        return
    if _is_newer(first):
        msg = f"{file} was made by a newer version of this program."
    else:
        msg = f"{file} is damaged: it was cut off or changed since it was made."
    raise BackupError(msg)


def _is_newer(first: bytes) -> bool:
    number = first.removeprefix(_NAME).partition(b" ")[0]
    return number.isdigit() and int(number) > int(_FORMAT)


def _written(label: Label) -> bytes:
    cells = {**asdict(label), "made_at": label.made_at.isoformat()}
    return json.dumps(cells, sort_keys=True).encode() + b"\n"


def _label(line: bytes) -> Label:
    cells = json.loads(line)
    return Label(**{**cells, "made_at": dt.datetime.fromisoformat(cells["made_at"])})
