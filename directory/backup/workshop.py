"""A private folder for what is half-made; nothing of it stays."""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".aftercare-"


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Make a folder in `folder` that only its owner may open, and take it away again.

    What a killed process has left there is taken away as well.
    """
    with _held(folder):
        _sweep(folder)
        place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        handle = os.open(place, os.O_RDONLY)
        _lock(handle, fcntl.LOCK_EX)
    try:
        with _told_to_stop():
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Let nobody sweep `folder` until what is made in it has its lock."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_PREFIX}*"):
        # Its maker may take it away at this very moment.
        with suppress(OSError):
            _sweep_one(left)


def _sweep_one(left: Path) -> None:
    handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, how: int) -> bool:
    """Tell whether a folder could be locked; some file systems cannot do it."""
    try:
        fcntl.flock(handle, how)
    except OSError:
        return False
    return True


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Clear away before ending when the system asks this process to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(
        signal.SIGTERM, lambda number, _frame: sys.exit(128 + number)
    )
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
