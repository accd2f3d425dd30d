"""Measures everything: `python -m tests.benchmarks [SIZE...]`; without, two sizes."""

import sys

from tests.benchmarks import matching, searching
from tests.benchmarks.world import shipped_world

SIZES = (10_000, 100_000)
SEARCHED_UP_TO = 100_000
"""A text index of more than that is not what one state needs."""


def main() -> None:
    """Measure at the sizes that are given."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    world = shipped_world()
    matching.measure(world, sizes)
    searching.measure(world, [size for size in sizes if size <= SEARCHED_UP_TO])


if __name__ == "__main__":
    main()
