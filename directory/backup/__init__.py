"""Backups: made while the site is served, checked, and put back."""

from directory.backup.archive import BackupError, Label
from directory.backup.contents import Stamp, key_mark
from directory.backup.making import make_backup
from directory.backup.restoring import Order, Restored, look_into, restore

__all__ = [
    "BackupError",
    "Label",
    "Order",
    "Restored",
    "Stamp",
    "key_mark",
    "look_into",
    "make_backup",
    "restore",
]
