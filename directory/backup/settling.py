"""Makes a backup fit to be put back: what has ended since does not come alive again."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from directory.backup.archive import Label
from directory.backup.letters import settle_letters, settle_links
from directory.backup.people import settle_people
from directory.backup.since import hide_again
from directory.curation.actor import PROGRAM
from directory.curation.history import Action, Deed, record
from directory.curation.history.chain import head
from directory.database import last_change, reading, writing
from directory.hsds import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was settled.

    - `compared`: a database was replaced, which knew what ended since.
    - `hidden_again`: places that were hidden since the backup was made.
    - `people`, `made_since`: accounts in the backup, and those that are newer than it.
    - `not_sent`, `closed`: letters that waited and are not sent, links that are closed.
    """

    compared: bool
    hidden_again: int
    people: int
    made_since: int
    not_sent: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms a backup is put back: when, and whether hidden places stay so."""

    now: dt.datetime
    bring_back_hidden: bool = False


def settle(
    backup: Engine, replaced: Engine | None, label: Label, terms: Terms
) -> Settled:
    """Settle a copy that is about to take the place of another, all or nothing."""
    if replaced is None:
        with writing(backup) as new:
            return _settle(new, None, label, terms)
    with reading(replaced) as old, writing(backup) as new:
        return _settle(new, old, label, terms)


def _settle(new: Session, old: Session | None, label: Label, terms: Terms) -> Settled:
    hidden = 0
    if old is not None and not terms.bring_back_hidden:
        hidden = hide_again(new, old, now=terms.now)
    accounts = settle_people(new, old, now=terms.now)
    settled = Settled(
        compared=old is not None,
        hidden_again=hidden,
        people=accounts.people,
        made_since=accounts.made_since,
        not_sent=settle_letters(new, old),
        closed=settle_links(new, old, now=terms.now),
    )
    _note(new, old, label, terms)
    return settled


def _note(new: Session, old: Session | None, label: Label, terms: Terms) -> None:
    """Write into the history what was put back, and which history it takes away."""
    last = head(old) if old is not None else None
    deed = Deed(
        actor=PROGRAM,
        action=Action.RESTORE,
        subject="directory",
        facts={
            "backup": label.made_at.isoformat(),
            "replaced": "" if last is None else f"{last.seq} {last.hash}",
            "brought_back_hidden": terms.bring_back_hidden,
        },
    )
    record(new, deed, now=terms.now)
    _count_past(new, old, terms.now)


def _count_past(new: Session, old: Session | None, now: dt.datetime) -> None:
    """Let changes count on from the higher number: whoever follows them notices."""
    last = max(last_change(new), 0 if old is None else last_change(old))
    change = Change(
        seq=last + 1, at=now, entity="directory", record_id="", action="restore"
    )
    new.add(change)
