"""`aftercare match`."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from directory.cli.setup import the_settings, the_snapshot
from directory.errors import AftercareError, FieldError, InvalidRequestError
from directory.paths import shipped
from directory.places import Gazetteer
from directory.referral.answer import answer_json, answer_of
from directory.referral.engine import Engine
from directory.referral.request import ZONE, read_request
from directory.vocabulary import read_terms


@click.command()
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--table", "as_table", is_flag=True, help="Write a table for people.")
@click.option(
    "--explain",
    "service_id",
    metavar="SERVICE_ID",
    help="Say instead why one service is in or out, component by component.",
)
def match(file: Path, *, as_table: bool, service_id: str | None) -> None:
    """Answer the request in FILE (JSON, - for standard input) in JSON.

    It is the same JSON that POST /api/match takes and gives.
    """
    seed_data = shipped("seed_data")
    gazetteer = Gazetteer.load(seed_data / "gazetteer")
    terms = read_terms(seed_data)
    try:
        request = read_request(
            _read(file), terms=terms, gazetteer=gazetteer, now=dt.datetime.now(ZONE)
        )
    except InvalidRequestError as error:
        raise AftercareError(_sentences(error)) from None
    snapshot = the_snapshot(the_settings())
    engine = Engine(gazetteer, terms)
    if service_id is not None:
        account = engine.explain(request, snapshot, service_id)
        if account is None:
            msg = f"There is no service {service_id!r} that the public may see."
            raise AftercareError(msg)
        _write_account(account, as_table=as_table)
        return
    referral = engine.match(request, snapshot)
    codes = tuple(need.code for need in request.needs.needs)
    answer = answer_json(answer_of(referral, codes))
    if as_table:
        _show(answer)
    else:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def _write_account(account: dict[str, Any], *, as_table: bool) -> None:
    if not as_table:
        click.echo(json.dumps(account, ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    facts = Table("", "", show_header=False)
    for name, value in account.items():
        if name not in {"rulings", "parts"}:
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            facts.add_row(name, "" if shown is None else str(shown))
    rulings = Table("attribute", "verdict", "said", "rules")
    for ruling in account["rulings"]:
        said, rules = ", ".join(ruling["held"]), "\n".join(ruling["rules"])
        rulings.add_row(ruling["attribute"], ruling["verdict"], said, rules)
    parts = Table("part", "weight", "value", "points")
    for part in account["parts"]:
        parts.add_row(*(str(part[k]) for k in ("name", "weight", "value", "points")))
    for table in (facts, rulings, parts):
        console.print(table)


def _read(file: Path) -> object:
    with click.open_file(str(file), "rb") as source:
        content: bytes = source.read()
    try:
        return json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        problem = FieldError(field="file", message="is not JSON in UTF-8")
        raise InvalidRequestError([problem]) from None


def _sentences(error: InvalidRequestError) -> str:
    return "\n".join(
        f"{e.field}: {e.message}"
        + (f". Allowed: {', '.join(e.allowed)}" if e.allowed else "")
        for e in error.errors
    )


def _show(answer: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "service", show_lines=True)
    # Half a number is none: the other columns give way.
    table.add_column("phones", no_wrap=True, min_width=len("+10000000000"))
    for name in ("covers", "why", "ask"):
        table.add_column(name)
    for place, option in enumerate(answer["options"], start=1):
        table.add_row(
            f"{place}. {option['eligibility']}",
            f"{option['organization_name']}\n{option['service_name']}",
            "\n".join(phone["number"] for phone in option["phones"]),
            "\n".join(option["covers"]),
            "\n".join(reason["text"] for reason in option["reasons"]),
            "\n".join(question["text"] for question in option["ask"]),
        )
    console = Console()
    console.print(table)
    if answer["plan"]["uncovered"]:
        console.print("Nobody covers:", ", ".join(answer["plan"]["uncovered"]))
