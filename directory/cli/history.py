"""`aftercare history`."""

import json
from dataclasses import dataclass

import click

from directory.cli.setup import make_tables, the_settings
from directory.curation.history.chain import Broken, first_broken, head, holds_head
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.records.patch import to_json
from directory.database import reading
from directory.errors import AftercareError

_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head that was written down: the number of an event, and its hash."""

    seq: int
    hash: str


class HeadType(click.ParamType[Head]):
    """Reads what `aftercare history head` has printed."""

    name = "head"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """Return the head that `value` is."""
        number, _, sealed = value.strip().partition(" ")
        if not number.isdigit() or not sealed:
            self.fail("is a number, a space and a hash", param, ctx)
        return Head(seq=int(number), hash=sealed)


@click.group()
def history() -> None:
    """Look at who changed what, and check that nobody rewrote it."""


@history.command()
@click.option(
    "--head", "known", type=HeadType(), help="What `head` printed at an earlier time."
)
def check(known: Head | None) -> None:
    """Check the whole chain; say which event is the first that was tampered with."""
    engine = make_tables(the_settings())
    with reading(engine) as session:
        broken = first_broken(session)
        if broken is None and known is not None:
            broken = _against(known, holds=holds_head(session, known.seq, known.hash))
        last = None if broken else head(session)
        count = 0 if last is None else last.seq
    if broken is not None:
        msg = f"Event {broken.seq}: {broken.says}."
        raise AftercareError(msg)
    click.echo(f"{count} events, and the chain is whole.")


@history.command(name="head")
def show_head() -> None:
    """Print the newest event's number and hash; keep them in another place.

    `aftercare history check --head "…"` then notices if all was written anew.
    """
    engine = make_tables(the_settings())
    with reading(engine) as session:
        last = head(session)
        line = None if last is None else f"{last.seq} {last.hash}"
    if line is None:
        msg = "Nothing has happened yet."
        raise AftercareError(msg)
    click.echo(line)


@history.command()
@click.option("--organization", "organization_id", help="Only of one organization.")
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=50,
    show_default=True,
    help="How many.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, with what changed.")
def show(organization_id: str | None, limit: int, *, as_json: bool) -> None:
    """List what was done, newest first."""
    engine = make_tables(the_settings())
    asked = Asked(organization_id=organization_id, limit=limit)
    with reading(engine) as session:
        found = entries(session, asked)
    if as_json:
        told = [_json(entry) for entry in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for entry in found:
        click.echo(_line(entry))


def _against(known: Head, *, holds: bool) -> Broken | None:
    says = "it is not the event whose hash was written down"
    return None if holds else Broken(seq=known.seq, says=says)


def _line(entry: Entry) -> str:
    """Return one event as a line: number, when, who, what, to what, fields, why."""
    moment = entry.at.strftime("%Y-%m-%d %H:%M:%SZ")
    words = [str(entry.seq), moment, entry.actor, entry.action.value, entry.subject]
    fields = sorted({f"{c.table}.{f}" for c in entry.told.patch for f in c.fields})
    if fields:
        words.append(", ".join(fields))
    facts = entry.told.facts.items()
    words.extend(f"{n}={x}" for n, x in facts if isinstance(x, int | str))
    if entry.told.why:
        words.append(entry.told.why)
    return _printable("  ".join(words))


def _printable(line: str) -> str:
    """Return `line` without what would begin another, or command a terminal."""
    return "".join(c if c.isprintable() else " " for c in line)


def _json(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action.value,
        "subject": entry.subject,
        "organization_id": entry.organization_id,
        "why": entry.told.why,
        "facts": dict(entry.told.facts),
        "patch": to_json(entry.told.patch),
        "redacted": entry.told.redacted,
    }
