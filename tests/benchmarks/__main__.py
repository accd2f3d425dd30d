"""Measures everything: `python -m tests.benchmarks [SIZE...]`; without, two sizes."""

import sys

from tests.benchmarks import matching
from tests.benchmarks.world import shipped_world

SIZES = (10_000, 100_000)


def main() -> None:
    """Measure at the sizes that are given."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    world = shipped_world()
    matching.measure(world, sizes)


if __name__ == "__main__":
    main()
