"""`aftercare report`."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from directory.cli.setup import the_settings, the_snapshot
from directory.paths import shipped
from directory.places import Gazetteer
from directory.referral.coverage import Count, NeedCoverage, coverage_of
from directory.vocabulary import Term, read_terms

if TYPE_CHECKING:
    from rich.table import Table

_NAMED = 6


@click.group()
def report() -> None:
    """Count what there is, and show where it is missing."""


@report.command()
@click.option("--county", help="Show one county only.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def coverage(county: str | None, *, as_json: bool) -> None:
    """Count services by need and county: verified or not, and the holes."""
    seed_data = shipped("seed_data")
    gazetteer = Gazetteer.load(seed_data / "gazetteer")
    terms = read_terms(seed_data)
    fips = None if county is None else _fips(county, gazetteer)
    snapshot = the_snapshot(the_settings())
    rows = coverage_of(snapshot, gazetteer, terms)
    if as_json:
        data = [_json(row, fips) for row in rows]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif fips is None:
        _show_state(rows, gazetteer, terms)
    else:
        _show_county(rows, fips, terms)


def _fips(name: str, gazetteer: Gazetteer) -> str:
    found = gazetteer.county(name)
    if found is None:
        msg = f"{name!r} is not a county of North Carolina."
        raise click.BadParameter(msg, param_hint="--county")
    return found.fips


def _json(row: NeedCoverage, fips: str | None) -> dict[str, object]:
    counties = {
        code: _count(count)
        for code, count in row.counties.items()
        if fips is None or code == fips
    }
    holes = [code for code in row.holes if fips is None or code == fips]
    return {
        "need": row.code,
        "counties": counties,
        "statewide": _count(row.statewide),
        "holes": holes,
    }


def _count(count: Count) -> dict[str, int]:
    return {"services": count.services, "verified": count.verified}


def _show_state(
    rows: Sequence[NeedCoverage], gazetteer: Gazetteer, terms: Mapping[str, Term]
) -> None:
    table = _table("need", "counties with it", "statewide", "verified", "holes")
    for row in rows:
        names = [gazetteer.by_fips(fips).name for fips in row.holes]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        verified = sum(c.verified > 0 for c in row.counties.values())
        table.add_row(
            terms[row.code].name_en,
            f"{len(row.counties)} of {len(gazetteer.counties)}",
            str(row.statewide.services),
            str(verified),
            ", ".join(names[:_NAMED]) + more,
        )
    _print(table)


def _show_county(
    rows: Sequence[NeedCoverage], fips: str, terms: Mapping[str, Term]
) -> None:
    table = _table("need", "in the county", "verified", "statewide")
    for row in rows:
        here = row.counties.get(fips, Count())
        table.add_row(
            terms[row.code].name_en,
            str(here.services) if here.services else "none known",
            str(here.verified),
            str(row.statewide.services),
        )
    _print(table)


def _table(*columns: str) -> "Table":
    from rich.table import Table

    return Table(*columns)


def _print(table: "Table") -> None:
    from rich.console import Console

    Console().print(table)
