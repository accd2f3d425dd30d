"""Whether the site is being served from a data folder: a lock that servers share."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from directory.errors import AftercareError

_LOCK = "served"


@contextmanager
def being_served(data_dir: Path) -> Iterator[None]:
    """Say that the site is served; the processes that are forked meanwhile say it too.

    Raises `AftercareError` while a backup is being put back.
    """
    msg = "A backup is being put back. Serve the site when that is done."
    with _locked(data_dir, fcntl.LOCK_SH, msg):
        yield


@contextmanager
def not_served(data_dir: Path) -> Iterator[None]:
    """Keep the site from being served; raise `AftercareError` if it is."""
    msg = "The site is being served, or a backup is being put back. Stop that first."
    with _locked(data_dir, fcntl.LOCK_EX, msg):
        yield


@contextmanager
def _locked(data_dir: Path, how: int, refusal: str) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AftercareError(refusal) from error
        yield
    finally:
        os.close(handle)
