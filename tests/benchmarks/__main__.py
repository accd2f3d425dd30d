"""Measures everything: `python -m tests.benchmarks [SIZE...] [FILE...]`.

Without sizes there are two. The finding of duplicates is measured on files that are
named, and then nothing else is unless a size is given as well.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import duplicates, matching, searching
from tests.benchmarks.world import shipped_world

SIZES = (10_000, 100_000)
SEARCHED_UP_TO = 100_000
"""A text index of more than that is not what one state needs."""


def main() -> None:
    """Measure at the sizes and on the files that are given."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    files = [Path(word) for word in sys.argv[1:] if not word.isdigit()]
    for file in files:
        duplicates.measure(file)
    if sizes or not files:
        measure(sizes or SIZES)


def measure(sizes: Sequence[int]) -> None:
    """Measure matching and searching at `sizes`."""
    world = shipped_world()
    matching.measure(world, sizes)
    searching.measure(world, [size for size in sizes if size <= SEARCHED_UP_TO])


if __name__ == "__main__":
    main()
