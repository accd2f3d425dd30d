"""Puts a backup back: checked before anything is touched, whole or not at all."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from directory.backup.archive import BackupError, Label, Watch, read_label, unpack
from directory.backup.contents import Stamp, bring_up, check
from directory.backup.copying import count_rows, opened, told
from directory.backup.home import Home, UnreadableError
from directory.backup.making import packed_copy
from directory.backup.people import with_authenticators
from directory.backup.postgresql_home import postgresql_home
from directory.backup.settling import Settled, Terms, settle
from directory.backup.sqlite_home import sqlite_home
from directory.backup.workshop import sync_folder, workshop
from directory.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be put back, where, and what may be lost by that.

    - `url`: the database; `folder`: where what it replaces is kept.
    - `replace`: it may take the place of a database that is not empty.
    - `bring_back_hidden`: what was hidden since may be public again.
    - `other_key`: the codes of authenticators may be lost.
    """

    file: Path
    url: str
    folder: Path
    stamp: Stamp
    watch: Watch
    replace: bool = False
    bring_back_hidden: bool = False
    other_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, what was settled before, and where the old database is kept.

    `codes` are the people whose authenticators need the key of another site.
    """

    label: Label
    settled: Settled
    codes: int
    kept: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """What is in the place of a backup; `copy` is missing where it cannot be read."""

    is_empty: bool
    copy: Path | None = None


def look_into(order: Order) -> Label:
    """Check a backup as for putting it back, and return its label."""
    with workshop(order.folder) as place:
        return _taken_out(order, place / "new.db")


def restore(order: Order) -> Restored:
    """Put a backup in the place of the database, whose index must be built after that.

    Raises `BackupError`, `InUseError` and `DatabaseUnavailableError`; nothing was
    changed then.
    """
    with workshop(order.folder) as place:
        new = place / "new.db"
        label = _taken_out(order, new)
        codes = _refuse_other_key(order, label, new)
        with _held_home(order.url) as home:
            here = _look(home, place)
            _refuse_loss(order, here)
            settled = _settle(order, label, new, here)
            kept = _keep(order, home, here)
            with order.watch("Putting it in place", new.stat().st_size) as progress:
                home.put(new, progress=progress)
    return Restored(label=label, settled=settled, codes=codes, kept=kept)


@contextmanager
def _held_home(url: str) -> Iterator[Home]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with sqlite_home(Path(address.database or "")) as file:
            yield file
    else:
        with postgresql_home(address) as tables:
            yield tables


def _taken_out(order: Order, new: Path) -> Label:
    label = read_label(order.file)
    with order.watch("Reading the backup", label.size) as progress:
        unpack(order.file, new, progress=progress)
    with opened(new) as backup:
        check(backup, new.parent)
    return label


def _refuse_other_key(order: Order, label: Label, new: Path) -> int:
    """Return how many people have codes that the key of this site cannot read."""
    if label.key_mark == order.stamp.key_mark:
        return 0
    with opened(new) as backup, reading(backup) as session:
        codes = with_authenticators(session)
    if codes and not order.other_key:
        msg = (
            "The key of this site is not the one that the backup was made under:"
            f" {codes} people could not sign in with their codes. Put the right key in"
            " place, or give --other-key."
        )
        raise BackupError(msg)
    return codes


def _look(home: Home, place: Path) -> _Here:
    copy = place / "old.db"
    try:
        if not home.copy_to(copy):
            return _Here(is_empty=True)
        with opened(copy) as old:
            bring_up(old)
            with told(), old.connect() as connection:
                is_empty = not any(count_rows(connection).values())
    except UnreadableError:
        return _Here(is_empty=False)
    return _Here(is_empty=is_empty, copy=copy)


def _refuse_loss(order: Order, here: _Here) -> None:
    if here.is_empty:
        return
    if not order.replace:
        msg = (
            "There is a database here already. To put the backup in its place, give"
            " --replace; it is kept in a file."
        )
        raise BackupError(msg)
    if here.copy is None and not order.bring_back_hidden:
        msg = (
            "The database here cannot be read, so it is not known what was hidden since"
            " the backup was made. To have all of that public again, give"
            " --bring-back-hidden."
        )
        raise BackupError(msg)


def _settle(order: Order, label: Label, new: Path, here: _Here) -> Settled:
    terms = Terms(now=order.stamp.made_at, bring_back_hidden=order.bring_back_hidden)
    with ExitStack() as stack:
        old: Engine | None = None
        if here.copy is not None and not here.is_empty:
            old = stack.enter_context(opened(here.copy))
        return settle(stack.enter_context(opened(new)), old, label, terms)


def _keep(order: Order, home: Home, here: _Here) -> Path | None:
    """Keep what is replaced, and return where: as a backup, or as it is."""
    if here.is_empty:
        return None
    if here.copy is None:
        kept = _free(order, "db")
        home.set_aside(kept)
        return kept
    kept = _free(order, "backup")
    packed, _label = packed_copy(here.copy, order.stamp, watch=order.watch)
    packed.rename(kept)
    sync_folder(order.folder)
    return kept


def _free(order: Order, kind: str) -> Path:
    """Return a dated name that no file has; two can be replaced in one second."""
    day = f"replaced-{order.stamp.made_at:%Y%m%dT%H%M%SZ}"
    names = chain([f"{day}.{kind}"], (f"{day}-{n}.{kind}" for n in count(2)))
    return next(f for name in names if not (f := order.folder / name).exists())
