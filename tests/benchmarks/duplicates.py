"""Finding duplicates, measured: how right against a labelled set, how fast at a size.

`python -m tests.benchmarks.duplicates FILE` takes a table of bodies. With a column
`True Id` it prints precision and recall; with a column `name` it prints the time.
"""

import csv
import gzip
import hashlib
import io
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from directory.curation.duplicates import Body, among
from directory.curation.duplicates.body import web_domain
from directory.curation.duplicates.weights import SHOWN_FROM
from directory.projection import Place
from tests.benchmarks.timing import once

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
LABEL = "True Id"
AREA_CODE = "+1312"
LOCAL = 7
NATIONAL = 10

Row = Mapping[str, str]
Scored = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Quality:
    """How many of what was said are right, and how many of the right were said."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        """Return the three numbers in columns."""
        return f"{self.precision:6.3f} {self.recall:6.3f} {self.f1:6.3f}"


def main() -> None:
    """Measure each file that is named."""
    for file in sys.argv[1:]:
        measure(Path(file))


def measure(file: Path) -> None:
    """Print quality or speed, as the columns of `file` allow."""
    rows = list(_rows(file))
    if LABEL in rows[0]:
        _measure_quality(rows)
    else:
        _measure_speed(rows)


# --- Quality -----------------------------------------------------------------


def _measure_quality(rows: Sequence[Row]) -> None:
    halves: dict[bool, list[Row]] = {True: [], False: []}
    for row in rows:
        halves[_for_tuning(row[LABEL])].append(row)
    _say(f"\nduplicates: {len(rows):,} labelled rows; scores from {SHOWN_FROM} count")
    _measure_half("tuning half", halves[True])
    _measure_half("measuring half", halves[False])
    _measure_half("both", rows)


def _for_tuning(label: str) -> bool:
    """Tell whether an entity is one that weights may be chosen by."""
    return hashlib.sha256(label.encode()).digest()[0] % 2 == 0


def _measure_half(title: str, rows: Sequence[Row]) -> None:
    labels = {row["Id"]: row[LABEL] for row in rows}
    found = among([_labelled(row) for row in rows], shown_from=0.0)
    scored = {(one.left, one.right): one.score for one in found}
    same = _pairs_in(labels)
    all_pairs = len(rows) * (len(rows) - 1) // 2
    _say(
        f"\n{title}: {len(rows):,} rows, {len(set(labels.values())):,} entities,"
        f" {len(same):,} true pairs; compared {len(scored):,} of {all_pairs:,} pairs,"
        f" among them {len(same & scored.keys()) / len(same):.1%} of the true ones"
    )
    _say(
        "  from     pairs: prec. recall F1      rows: prec. recall F1   exact entities"
    )
    for threshold in sorted({*THRESHOLDS, SHOWN_FROM}):
        said = {pair for pair, value in scored.items() if value >= threshold}
        by_rows, exact = _by_entity(labels, said)
        mark = "*" if threshold == SHOWN_FROM else " "
        _say(
            f" {mark}{threshold:5.2f}       {_by_pair(said, same)}"
            f"       {by_rows}   {exact:6.1%}"
        )


def _by_pair(said: set[tuple[str, str]], same: set[tuple[str, str]]) -> Quality:
    right = len(said & same)
    return Quality(right / len(said) if said else 1.0, right / len(same))


def _by_entity(
    labels: Mapping[str, str], said: Iterable[tuple[str, str]]
) -> tuple[Quality, float]:
    """Return B-cubed quality, and the share of the entities that came out whole.

    Rows that are joined by any chain of pairs count as one entity.
    """
    joined = _joined(labels, said)
    sizes, groups = Counter(labels.values()), Counter(joined.values())
    both = Counter((joined[row], label) for row, label in labels.items())
    parts = [(n, groups[group], sizes[label]) for (group, label), n in both.items()]
    quality = Quality(
        sum(n * n / group for n, group, _ in parts) / len(labels),
        sum(n * n / size for n, _, size in parts) / len(labels),
    )
    exact = sum(n == group == size for n, group, size in parts)
    return quality, exact / len(sizes)


def _joined(
    labels: Mapping[str, str], said: Iterable[tuple[str, str]]
) -> Mapping[str, str]:
    leader = {row: row for row in labels}

    def first(row: str) -> str:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for left, right in said:
        leader[first(left)] = first(right)
    return {row: first(row) for row in labels}


def _pairs_in(labels: Mapping[str, str]) -> set[tuple[str, str]]:
    members: Mapping[str, list[str]] = defaultdict(list)
    for row in sorted(labels):
        members[labels[row]].append(row)
    return {pair for rows in members.values() for pair in combinations(rows, 2)}


def _labelled(row: Row) -> Body:
    place = Place(
        visibility="public",
        county=None,
        region=None,
        street=row["Address"].strip() or None,
        postal_code=row["Zip"].strip() or None,
    )
    return Body(
        id=row["Id"],
        names=(row["Site name"],),
        phones=_numbers(row["Phone"]),
        places=(place,),
        web_domains=_domains(row["Website"]),
    )


# --- Speed -------------------------------------------------------------------


def _measure_speed(rows: Sequence[Row]) -> None:
    bodies = [_listed(number, row) for number, row in enumerate(rows)]
    start = time.process_time()
    found, seconds = once(lambda: among(bodies))
    busy = time.process_time() - start
    _say(
        f"\nduplicates: {len(bodies):,} bodies in {seconds:.1f} s ({busy:.1f} s of the"
        f" processor): {len(found):,} candidates"
    )


def _listed(number: int, row: Row) -> Body:
    # Counties of different states bear the same names.
    county = f"{row['state']} {row['county']}" if row["county"] else None
    place = Place(
        visibility="public",
        county=county,
        region=None,
        city=f"{row['city']} {row['state']}" if row["city"] else None,
        street=row["address1"] or None,
        postal_code=row["zip"] or None,
    )
    return Body(
        id=f"{number:06d}",
        names=tuple(name for name in (row["name"], row["name2"]) if name),
        phones=_numbers(row["phone"]),
        web_domains=_domains(row["website"]),
        places=(place,),
        counties=frozenset({county} if county else ()),
    )


def _numbers(text: str) -> frozenset[str]:
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == LOCAL:
        return frozenset({AREA_CODE + digits})
    return frozenset({"+1" + digits} if len(digits) == NATIONAL else ())


def _domains(text: str) -> frozenset[str]:
    if "." not in text:
        return frozenset()
    domain = web_domain(text if "//" in text else f"http://{text}")
    return frozenset({domain} if domain else ())


def _rows(file: Path) -> Iterator[Row]:
    data = file.read_bytes()
    plain = gzip.decompress(data) if file.suffix == ".gz" else data
    yield from csv.DictReader(io.StringIO(plain.decode(errors="replace"), newline=""))


def _say(text: str) -> None:
    print(text)  # noqa: T201


if __name__ == "__main__":
    main()
