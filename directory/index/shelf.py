"""Keeps built indexes on disk, so that a start need not build them.

A folder bears the digest of what it was built from, is written aside and then renamed,
and carries the digests of its files. What is missing, cut off or garbled is as if it
were not there, and a disk that cannot be written is no more than a slower start.
"""

import contextlib
import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

KEPT = 3
"""Folders that stay: other processes may still be about to open the last ones."""

_MANIFEST = "manifest.json"
_KEY = re.compile(r"[0-9a-f]{32}")
_ASIDE = ".aside-"
_FORGOTTEN_AFTER = 3600


class Shelf:
    """A folder of indexes, by key."""

    def __init__(self, folder: Path) -> None:
        """Keep indexes below `folder`, which need not be there."""
        self._folder = folder

    def load(self, key: str) -> dict[str, bytes] | None:
        """Return the files kept under `key`, `None` unless all are as they were."""
        folder = self._folder / key
        try:
            digests = json.loads((folder / _MANIFEST).read_bytes())
            files = {name: (folder / name).read_bytes() for name in sorted(digests)}
        except (OSError, ValueError, TypeError):
            return None
        intact = all(_digest(data) == digests[name] for name, data in files.items())
        return files if files and intact else None

    def save(self, key: str, files: Mapping[str, bytes]) -> bool:
        """Keep `files` under `key`; return whether that could be done.

        Another process may do the same at the same time; one of both wins.
        """
        aside = self._folder / f"{_ASIDE}{secrets.token_hex(8)}"
        try:
            aside.mkdir(parents=True)
            for name, data in files.items():
                (aside / name).write_bytes(data)
            digests = {name: _digest(data) for name, data in files.items()}
            (aside / _MANIFEST).write_text(json.dumps(digests), encoding="utf-8")
            self.drop(key)
            aside.rename(self._folder / key)
        except OSError:
            shutil.rmtree(aside, ignore_errors=True)
            return False
        self._tidy(key)
        return True

    def drop(self, key: str) -> None:
        """Take away what is kept under `key`, if anything is."""
        folder = self._folder / key
        aside = self._folder / f"{_ASIDE}{secrets.token_hex(8)}"
        with contextlib.suppress(OSError):
            folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
        with contextlib.suppress(OSError):
            aside.unlink()

    def _tidy(self, key: str) -> None:
        """Take away old folders, and what a killed process left aside."""
        with contextlib.suppress(OSError):
            found = {path: path.stat().st_mtime for path in self._folder.iterdir()}
            kept = [p for p in found if _KEY.fullmatch(p.name) and p.name != key]
            kept.sort(key=lambda path: -found[path])
            dead = time.time() - _FORGOTTEN_AFTER
            left = (p for p, at in found.items() if p.name.startswith(_ASIDE))
            forgotten = [path for path in left if found[path] < dead]
            for path in (*kept[KEPT - 1 :], *forgotten):
                shutil.rmtree(path, ignore_errors=True)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
