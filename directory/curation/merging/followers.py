"""Lets all that points at a listing that goes point at the one that stays.

The patch of a merge holds what somebody chose, and may wait for days. Room,
confirmations, doubts, reports, letters, accounts and proposals change meanwhile, so
they move at the moment of the merge, whichever they are then.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import UniqueConstraint, tuple_
from sqlmodel import Session, col, select

from directory.curation.merging.merger import Merger
from directory.curation.records.cells import BY_NAME
from directory.curation.records.moving import Move, models, move, take_away
from directory.curation.records.patch import Patch
from directory.hsds import Doubt, Phone, Record, Verification
from directory.hsds.row import Row

R = TypeVar("R", bound=Row)

_LEFT_AS_THEY_ARE = frozenset({"event", "event_detail", "change"})
"""What was written stays written."""

_BY_THEIR_OWN_RULES = frozenset({"doubt", "verification"})

_CHANGE_MEANWHILE = frozenset({"capacity", "verification"})
"""Tables that a patch may know, and that are no part of one that merges."""


def follow(session: Session, merger: Merger, patch: Patch) -> list[Move]:
    """Move everything that `patch` leaves behind; return how to put it back."""
    return [
        *_doubts(session, merger),
        *_doubts_of_phones(session, patch),
        *_verifications(session, merger),
        *(m for model in _followers(merger) for m in _moved(session, model, merger)),
        *_subjects(session, merger),
    ]


def left_behind(
    session: Session, merger: Merger, patch: Patch
) -> Iterator[tuple[Record, str]]:
    """Yield records that hang on what goes, and of which `patch` does not know.

    Somebody has added them since it was made. The column that points comes with each.
    """
    known = {(change.table, change.id) for change in patch}
    for name, table in BY_NAME.items():
        if name in _CHANGE_MEANWHILE:
            continue
        for field in _pointing(table.model, merger):
            for record in _of(session, table.model, field, merger.gone_id):
                if (name, record.id) not in known:
                    yield record, field


def _followers(merger: Merger) -> Iterable[type[Row]]:
    """Return the tables that point at a listing and that no patch moves."""
    for name, model in sorted(models().items()):
        elsewhere = _LEFT_AS_THEY_ARE | _BY_THEIR_OWN_RULES
        patched = name in BY_NAME and name not in _CHANGE_MEANWHILE
        if name not in elsewhere and not patched and merger.owner in _columns(model):
            yield model


def _moved(session: Session, model: type[Row], merger: Merger) -> Iterator[Move]:
    for row in _of(session, model, merger.owner, merger.gone_id):
        if _is_there(session, row, merger):
            yield take_away(session, row)
        else:
            yield move(session, row, **{merger.owner: merger.kept_id})


def _is_there(session: Session, row: Row, merger: Merger) -> bool:
    """Tell whether what stays has such a row, and may have it once."""
    table = type(row).metadata.tables[str(row.__tablename__)]
    uniques = [table.primary_key.columns] + [
        c.columns for c in table.constraints if isinstance(c, UniqueConstraint)
    ]
    for columns in uniques:
        names = [column.name for column in columns]
        if merger.owner not in names:
            continue
        wanted = tuple(
            merger.kept_id if name == merger.owner else getattr(row, name)
            for name in names
        )
        found = select(type(row)).where(tuple_(*columns) == wanted)
        if session.exec(found).first() is not None:
            return True
    return False


def _doubts(session: Session, merger: Merger) -> Iterator[Move]:
    for doubt in _of(session, Doubt, merger.owner, merger.gone_id):
        yield from _doubt(session, doubt, merger.owner, merger.kept_id)


def _doubts_of_phones(session: Session, patch: Patch) -> Iterator[Move]:
    """Move the doubts about a number that goes to the same number that stays."""
    for change in patch:
        if change.table != "phone" or change.after is not None:
            continue
        doubts = _of(session, Doubt, "phone_id", change.id)
        phone_id = _same_number(session, change.id, patch)
        if phone_id is not None:
            for doubt in doubts:
                yield from _doubt(session, doubt, "phone_id", phone_id)


def _doubt(session: Session, doubt: Doubt, owner: str, kept_id: str) -> Iterator[Move]:
    """Move a doubt; of two of one kind the graver stays."""
    own = session.exec(
        select(Doubt)
        .where(Doubt.kind == doubt.kind)
        .where(Doubt.metadata.tables["doubt"].c[owner] == kept_id)
    ).first()
    if own is not None and own.count >= doubt.count:
        yield take_away(session, doubt)
        return
    if own is not None:
        yield take_away(session, own)
    yield move(session, doubt, **{owner: kept_id})


def _same_number(session: Session, phone_id: str, patch: Patch) -> str | None:
    """Return the id of the phone that stays instead of one that goes."""
    gone = session.get(Phone, phone_id)
    if gone is None:
        return None
    merger = {
        c.id: (c.after or {}).get("to_id") for c in patch if c.table == "redirect"
    }
    organization_id = merger.get(gone.organization_id or "")
    service_id = merger.get(gone.service_id or "")
    return session.exec(
        select(Phone.id)
        .where(Phone.organization_id == organization_id)
        .where(Phone.service_id == service_id)
        .where(Phone.number == gone.number, Phone.extension == gone.extension)
        .where(Phone.type == gone.type)
        .order_by(col(Phone.id))
    ).first()


def _verifications(session: Session, merger: Merger) -> Iterator[Move]:
    """Let a fact be confirmed as of the day on which it was for both.

    Where only one was ever confirmed, that holds: two people have looked at both.
    """
    if merger.owner != "service_id":
        return
    ours = _newest(_of(session, Verification, "service_id", merger.kept_id))
    for row in _of(session, Verification, "service_id", merger.gone_id):
        own = ours.get(row.fact)
        if own is not None and own.verified_on <= row.verified_on:
            yield take_away(session, row)
        else:
            if own is not None:
                yield take_away(session, own)
            ours[row.fact] = row
            yield move(session, row, service_id=merger.kept_id)


def _newest(rows: Sequence[Verification]) -> dict[str, Verification]:
    ordered = sorted(rows, key=lambda row: (row.verified_on, row.id))
    return {row.fact: row for row in ordered}


def _subjects(session: Session, merger: Merger) -> Iterator[Move]:
    """Let proposals about the one be proposals about the other."""
    for name, model in sorted(models().items()):
        if name not in _LEFT_AS_THEY_ARE and "subject" in _columns(model):
            for row in _of(session, model, "subject", str(merger.gone)):
                yield move(session, row, subject=str(merger.kept))


def _pointing(model: type[Row], merger: Merger) -> Iterator[str]:
    names = {merger.owner, f"parent_{merger.owner}"}
    if str(model.__tablename__) == "redirect":
        names = {"to_id"}
    yield from sorted(names & _columns(model))


def _of(session: Session, model: type[R], field: str, identifier: str) -> Sequence[R]:
    table = model.metadata.tables[str(model.__tablename__)]
    query = select(model).where(table.c[field] == identifier)
    return session.exec(query.order_by(*table.primary_key.columns)).all()


def _columns(model: type[Row]) -> set[str]:
    return {*model.metadata.tables[str(model.__tablename__)].columns.keys()}
