"""Makes a backup, while the site is served and written to."""

import os
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from directory.backup.archive import BackupError, Label, Watch, is_backup, pack
from directory.backup.contents import Stamp, check, cleanse, label_of
from directory.backup.copying import copy_of, opened
from directory.backup.workshop import sync_folder, workshop
from directory.database import is_current


def make_backup(
    engine: Engine,
    file: Path,
    stamp: Stamp,
    *,
    watch: Watch,
    force: bool = False,
) -> Label:
    """Write all that the database holds into `file`, whole or not at all.

    A file that is there is overwritten by force only, and only if it is a backup. What
    could not be put back is kept as well, and `BackupError` says what is wrong with it;
    it never takes the place of another.
    """
    _refuse_to_overwrite(file, force=force)
    if not is_current(engine):
        msg = (
            "The tables are not of this version of the program. Make the backup with"
            " the version that they are of, or run `aftercare init` first."
        )
        raise BackupError(msg)
    with workshop(file.parent) as place:
        copy = place / "copy.db"
        copy_of(engine, copy)
        fault = _fault(copy)
        if fault and file.exists():
            msg = f"{fault} {file} stays as it was."
            raise BackupError(msg)
        packed, label = packed_copy(copy, stamp, watch=watch)
        _put(packed, file, force=force)
    if fault:
        msg = f"{file} was written, and cannot be put back as it is. {fault}"
        raise BackupError(msg)
    return label


def packed_copy(copy: Path, stamp: Stamp, *, watch: Watch) -> tuple[Path, Label]:
    """Make a backup of a copy beside it, and take away the copy."""
    with opened(copy) as engine:
        cleanse(engine)
        label = label_of(engine, stamp)
    label = replace(label, size=copy.stat().st_size)
    packed = copy.with_suffix(".packed")
    with watch("Writing the backup", label.size) as progress:
        pack(copy, label, packed, progress=progress)
    copy.unlink()
    return packed, label


def _fault(copy: Path) -> str | None:
    """Return why a copy could not be put back, if it could not."""
    try:
        with opened(copy) as engine:
            check(engine, copy.parent)
    except BackupError as error:
        return str(error)
    return None


def _refuse_to_overwrite(file: Path, *, force: bool) -> None:
    if file.is_dir():
        msg = f"{file} is a folder: name a file."
    elif not file.parent.is_dir():
        msg = f"There is no folder {file.parent}."
    elif not file.exists():
        return
    elif not force:
        msg = f"{file} is there already: name another file, or give --force."
    elif not is_backup(file):
        msg = f"{file} is no backup, and stays as it is."
    else:
        return
    raise BackupError(msg)


def _put(packed: Path, file: Path, *, force: bool) -> None:
    """Give a backup its name; it is there whole, or not at all."""
    if force:
        packed.replace(file)
    else:
        _put_anew(packed, file)
    sync_folder(file.parent)


def _put_anew(packed: Path, file: Path) -> None:
    try:
        # Unlike a new name this never takes the place of a file.
        os.link(packed, file)
    except FileExistsError:
        _refuse_to_overwrite(file, force=False)
    except OSError:
        # Some file systems know one name for a file only.
        _refuse_to_overwrite(file, force=False)
        packed.rename(file)
